"""The luck of a split without a browser: its sliders, its words, a click, and what is remembered."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.messages import unpack
from tests.pages.test_lab import lab, param
from thermofit import Config
from thermofit.experiments.split_luck import measure
from thermofit.live.protocol import Question
from thermofit.numbers import number
from thermofit.ui import navigation
from thermofit.ui.luck import results, words
from thermofit.ui.state import keys

APP = Path(__file__).parents[2] / "thermofit" / "ui" / "main.py"


def luck(**query: str) -> AppTest:
    return lab(**query).switch_page(str(navigation.LUCK.file)).run()


def scene(at: AppTest) -> dict[str, Any]:
    assert not at.exception
    (found,) = at.get("bidi_component")
    return unpack(found.proto.bytes)[0]["scene"]


def said(at: AppTest) -> str:
    return " ".join(text.value for text in [*at.markdown, *at.info])


def test_every_split_has_a_column_and_the_words_name_the_extremes() -> None:
    at = luck(epochs="100")
    columns, _ = scene(at)["figures"]
    assert len(columns["data"][2]["y"]) == 55
    ranked = words.arrived(measure(Config(epochs=100)))
    assert f"from {number(ranked[0].val_loss)} to {number(ranked[-1].val_loss)}" in said(at)
    place = next(k for k, outcome in enumerate(ranked) if outcome.seed == 58)
    assert columns["data"][0]["x"][0] == place + 1
    assert f"better: {place}. " in said(at) and f"worse: {54 - place}." in said(at)


def test_sliders_change_the_set_up_in_the_address_and_the_lab_takes_it_over() -> None:
    at = luck(epochs="77")
    share, epochs = at.select_slider
    assert "2 of 11 (20%)" in share.options and epochs.value == 77
    share.set_value(0.1).run()
    assert param(at, "val") == "0.1" and len(scene(at)["figures"][0]["data"][2]["y"]) == 11
    at.select_slider[1].set_value(30).run()
    assert param(at, "epochs") == "30" and param(at, "val") == "0.1"
    at.switch_page(str(navigation.LAB.file)).run()
    assert at.session_state["live runs"]["lab"].config == Config(val=0.1, epochs=30)


def test_without_validation_rows_it_says_what_to_do() -> None:
    at = luck(val="0")
    assert not at.exception and not at.get("bidi_component")
    assert words.NO_READING in said(at)


def test_a_click_takes_the_split_to_the_lab() -> None:
    at = luck(epochs="100")
    ranked = words.arrived(measure(Config(epochs=100)))
    at.session_state[keys.question(keys.LUCK_STAGE)] = Question(click=(3.2, 1.0), at=9)
    at.run()
    assert not at.exception
    assert at.session_state["live runs"]["lab"].config == Config(epochs=100, split_seed=ranked[2].seed)


@pytest.mark.parametrize("optimizer", ["LBFGS", "Adafactor"])
def test_what_can_t_be_batched_is_trained_on_request(optimizer: str) -> None:
    at = luck(optimizer=optimizer, val="0.1", epochs="11")
    assert not at.get("bidi_component")
    next(button for button in at.button if button.label == "Train all 11 splits").click().run()
    assert scene(at)
    again = luck(optimizer=optimizer, val="0.1", epochs="11")
    assert scene(again)  # remembered for every visitor


def test_a_rate_that_explodes_everywhere_is_told() -> None:
    at = luck(lr="1", epochs="100")
    assert words.ALL_DIVERGED in said(at) and not at.get("bidi_component")


def test_a_mistake_that_torch_refuses_is_told() -> None:
    at = luck(optimizer="by-hand", mistake="no-no_grad", val="0.1", epochs="9")
    next(button for button in at.button if button.label.startswith("Train all")).click().run()
    assert words.REFUSED in said(at)


def test_a_wrong_link_is_told() -> None:
    at = AppTest.from_file(APP, default_timeout=60).run()
    at.query_params.update({"val": "2", "colour": "red"})
    at.switch_page(str(navigation.LUCK.file)).run()
    assert "**Validation share, colour**" in at.warning[0].value


def test_what_is_remembered_is_bounded() -> None:
    for epochs in range(1, results.KEPT + 6):
        results.keep(Config(epochs=epochs), ())
    assert len(results._known) == results.KEPT and results.known(Config(epochs=1)) is None
    results._known.clear()


def test_of_many_readings_some_splits_are_drawn() -> None:
    at = luck(data="gapminder", scaling="standardize", lr="0.2", epochs="400")
    next(button for button in at.button if button.label == "Train 500 splits, drawn at random").click().run()
    assert not at.exception and "over 500 splits" in said(at)
