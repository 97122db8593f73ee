"""Scenes in another language: the same pictures with other words, none of which was left out."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.fake_language import BRACKETED
from thermofit import Config
from thermofit.charts.theme import THEMES
from thermofit.config.lineups import LINEUPS
from thermofit.config.pin import Pin
from thermofit.stage.scene import Scene
from thermofit.ui.race.called import called
from thermofit.ui.race.picture import race_scene
from thermofit.ui.scenes import fit_and_loss, landscape
from thermofit.ui.scenes.editable import editable
from thermofit.ui.scenes.guide import glossary
from thermofit.ui.scenes.pinned_board import board
from thermofit.words import speaking

MEANINGS = [term.meaning for term in glossary().values()]  # Markdown, in English where a language lacks it
BATCHED = Config(batch=4, average=5, schedule="ExponentialLR")


def edited(config: Config) -> Scene:
    return editable(landscape.lab(config, "100", "light"), config)


def by_hand(config: Config) -> Scene:
    return landscape.scene(config, "trained", "fit", "100", "light", by_hand=True)


def drawn(scene: Scene) -> Iterator[tuple[list[str], list[int], object]]:
    """What does not depend on words: the kinds of traces, the switches that are on, the points to edit."""
    for figure in scene.figures:
        meta = figure.layout.meta
        on = [place for place, switch in enumerate(meta["toggles"]) if switch["on"]]
        edit = meta.get("edit")
        yield [trace.type for trace in figure.data], on, edit and edit["traces"]


@pytest.mark.parametrize("config", [Config(), BATCHED], ids=["plain", "batches"])
@pytest.mark.parametrize("make", [edited, by_hand])
def test_a_scene_is_the_same_but_for_its_words(make, config: Config) -> None:  # type: ignore[no-untyped-def]
    english = make(config)
    with speaking(BRACKETED):
        other = make(config)
        assert list(drawn(other)) == list(drawn(english))
        own = [each.help for each in other.readouts if not each.help.startswith(tuple(MEANINGS))]
        assert all("⟦" in each.label for each in other.readouts) and all("⟦" in help for help in own)
    assert list(drawn(make(config))) == list(drawn(english))


def test_the_boards_are_translated() -> None:
    pin = Pin("Mine", ((0, Config(lr=1e-3)),), 10)
    race = LINEUPS["same-rate"].race(Config())[0]
    with speaking(BRACKETED):
        tables = (
            board(Config(), [pin], THEMES["light"]),
            race_scene(race, "trained", "epochs", "epochs", "100", "light").board,
        )
    for table in tables:
        assert table and "⟦" in table.title and "⟦" in table.empty
        assert all(
            "⟦" in column.label and (not column.help or "⟦" in column.help) for column in table.columns
        )


def test_runners_are_remembered_by_their_english_names() -> None:
    race = LINEUPS["same-rate"].race(Config())[0]
    english = list(called(race))
    with speaking(BRACKETED):
        assert list(called(race)) == english


def test_units_of_own_readings_are_not_translated() -> None:
    own = replace(Config().dataset, name="own", target_unit="units")
    with speaking(BRACKETED):
        assert "⟦" not in fit_and_loss.loss_unit(Config(data=own))
        assert "⟦" in fit_and_loss.loss_unit(Config())
