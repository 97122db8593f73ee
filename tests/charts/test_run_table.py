"""Each figure of a run offers the run as a table, of columns that the browser has."""

from collections.abc import Iterator
from typing import Any

import pytest

from thermofit import Config
from thermofit.charts.bindings import column, table
from thermofit.config.race import Race
from thermofit.config.view import View
from thermofit.stage.scene import Scene
from thermofit.ui.lab.chart_tabs import lab_scene
from thermofit.ui.race.picture import race_scene
from thermofit.ui.scenes import fit_and_loss

VIEWS = (View(), View(axis="evaluations"), View("landscape"), View("landscape", shape="surface"))


def scenes() -> Iterator[dict[str, Any]]:
    base = Config(val=0.0)
    for config in (Config(), base):
        yield from (lab_scene(config, view, "max", "light", ()).as_json() for view in VIEWS)
    yield fit_and_loss.lesson(Config(), "10", "dark").as_json()
    race = Race(base, (base, base.replace(lr=0.003)))
    scene: Scene = race_scene(race, "trained", "epochs", "epochs", "max", "light")
    yield scene.as_json()


def test_every_figure_has_one_and_the_browser_has_its_columns() -> None:
    for scene in scenes():
        for figure in scene["figures"]:
            told = figure["layout"]["meta"]["table"]
            headings = [each["label"] for each in told["columns"]]
            assert told["caption"] and headings and len(set(headings)) == len(headings)
            for each in told["columns"]:
                known = {*scene["columns"], *scene["derived"], *scene["tracks"].get(each.get("track"), ())}
                assert each["column"] in known, (told["caption"], each)


@pytest.mark.parametrize("held_out", [True, False])
def test_the_validation_loss_is_there_only_if_rows_are_held_out(held_out: bool) -> None:
    scene = fit_and_loss.lab(Config() if held_out else Config(val=0.0), "max", "light")
    headings = [each["label"] for each in scene.figures[1].layout.meta["table"]["columns"]]
    assert headings == ["Training loss (°C²)", "Validation loss (°C²)"][: 1 + held_out]


def test_headings_are_plain_text() -> None:
    """Units are written for Plotly, which reads markup."""
    assert table("Words", [("Loss (&lt;a&gt;)", column("train_loss"))])["columns"][0]["label"] == "Loss (<a>)"
