"""The landscape's page without a browser: every set-up, both units, each experiment."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.messages import unpack
from tests.pages.test_lab import control, lab
from thermofit import numbers
from thermofit.config.config import Config
from thermofit.config.presets import PRESETS
from thermofit.data.scaling import SCALINGS
from thermofit.live.protocol import Question
from thermofit.model.losses import LOSSES
from thermofit.ui import navigation
from thermofit.ui.controls.stability_hint import forecast_of
from thermofit.ui.scenes import landscape as landscape_scenes
from thermofit.ui.scenes.kept import _kept
from thermofit.ui.state import keys

APP = Path(__file__).parents[2] / "thermofit" / "ui" / "main.py"


def landscape(**query: str) -> AppTest:
    return lab(**query).switch_page(str(navigation.LANDSCAPE.file)).run()


def stages(at: AppTest) -> list[dict[str, Any]]:
    assert not at.exception
    return [unpack(found.proto.bytes)[0] for found in at.get("bidi_component")]


def titles(header: dict[str, Any]) -> list[str]:
    return [figure["layout"]["xaxis"]["title"]["text"] for figure in header["scene"]["figures"]]


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_opens_in_both_units(preset: str) -> None:
    at = landscape(preset=preset)
    assert titles(stages(at)[0])[0].startswith("Weight w")
    control(at, "units").set_value("original").run()
    assert titles(stages(at)[0])[0].startswith("Slope")


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("loss", LOSSES)
def test_every_experiment_opens(scaling: str, loss: str) -> None:
    at = landscape(scaling=scaling, loss=loss)
    assert len(stages(at)) == 1
    for name in ("Try sixty learning rates", "Before and after scaling"):
        at.button_group(key="experiment").set_value(name).run()
        found = stages(at)
        assert [each["scene"]["bare"] for each in found] == [True, False]  # its result is seen first


@pytest.mark.parametrize("shape", landscape_scenes.SHAPES)
def test_a_second_visitor_finds_everything_computed(shape: str) -> None:
    def visit() -> list[int]:
        at = landscape()
        control(at, "shape").set_value(shape).run()
        assert stages(at)
        known = (_kept, landscape_scenes.heights, landscape_scenes.marks)
        return [function.cache_info().misses for function in known]

    assert visit() == visit()


def test_by_hand_the_errors_are_drawn_until_another_experiment_is_chosen() -> None:
    def on(at: AppTest) -> set[str]:
        fit = stages(at)[-1]["scene"]["figures"][1]
        return {toggle["label"] for toggle in fit["layout"]["meta"]["toggles"] if toggle["on"]}

    at = landscape()
    assert on(at) == {"Residuals", "Squares"}
    at.button_group(key="experiment").set_value("Before and after scaling").run()
    assert on(at) == set()


def test_the_set_up_comes_along_from_the_lab_and_goes_back() -> None:
    at = landscape(optimizer="Adam", lr="0.05", epochs="77")
    assert stages(at)[0]["scene"]["epochs"] == 77
    move_by_hand(at, 1.0, -5.0)
    assert control(at, "b0").value == pytest.approx(-5.0, abs=0.1)
    at.switch_page(str(navigation.LAB.file)).run()
    assert control(at, "b0").value == pytest.approx(-5.0, abs=0.1)
    assert control(at, "optimizer").value == "Adam"
    assert at.query_params["b0"] and not at.exception


def move_by_hand(at: AppTest, w: float, b: float) -> None:
    """What the stage asks when the line was moved by hand."""
    at.session_state[keys.question(keys.LANDSCAPE_STAGE)] = Question(start=(w, b), at=9)
    at.run()


def test_a_line_moved_by_hand_is_the_start_of_a_run_that_does_not_play() -> None:
    at = landscape(epochs="77")
    before = stages(at)[0]
    move_by_hand(at, 2.5, -17.25)
    (after,) = stages(at)
    assert after["run"] != before["run"] and not after["play"] and after["seq"] == 0
    assert after["note"] == "New run from w = 2.5, b = -17.25."
    assert (control(at, "w0").value, control(at, "b0").value) == (2.5, -17.25)
    assert (at.query_params["w0"], at.query_params["b0"]) == ("2.5", "-17.25")
    move_by_hand(at, 1e8, -1e8)
    assert (control(at, "w0").value, control(at, "b0").value) == (1000.0, -1000.0)


def test_only_fit_by_hand_has_controls_on_the_stage() -> None:
    at = landscape()
    assert stages(at)[0]["scene"]["hand"]["controls"]
    at.button_group(key="experiment").set_value("Before and after scaling").run()
    second, first = stages(at)
    assert not first["scene"]["hand"]["controls"] and second["scene"]["hand"] is None


def test_the_lab_has_a_tab_and_its_rows_serve_both() -> None:
    at = AppTest.from_file(APP, default_timeout=60).run()
    before = stages(at)[0]
    control(at, "chart").set_value("landscape").run()
    after = stages(at)[0]
    assert titles(before)[1] == "Epoch" and titles(after)[1].startswith("Weight w")
    assert after["run"] == before["run"] and after["columns"] == before["columns"]
    control(at, "units").set_value("original").run()
    assert titles(stages(at)[0])[1].startswith("Slope")


def captions(at: AppTest) -> str:
    return " ".join(caption.value for caption in at.sidebar.caption).replace("\\", "")


@pytest.mark.parametrize("scaling", SCALINGS)
def test_the_largest_rate_stands_beside_the_rate(scaling: str) -> None:
    known = forecast_of(Config(scaling=scaling))
    assert known and known.curvature
    assert f"Stable below {numbers.rate(known.curvature.largest_rate)}" in captions(
        landscape(scaling=scaling)
    )


def test_where_no_limit_is_known_none_is_told() -> None:
    assert "Stable below" not in captions(landscape(optimizer="Adam"))
    assert "no curvature" in captions(landscape(loss="mae"))


def test_rates_of_other_optimizers_are_tried_on_request() -> None:
    at = landscape(optimizer="Adam", gradient="manual")
    at.button_group(key="experiment").set_value("Try sixty learning rates").run()
    at.select_slider(key="epochs of each rate").set_value(10).run()
    assert len(stages(at)) == 1
    next(button for button in at.button if button.label.startswith("Try")).click().run()
    assert len(stages(at)) == 2


def test_a_run_with_a_mistake_is_marked_here_too() -> None:
    assert "contains a mistake" in landscape(mistake="no-zero-grad").warning[0].value
    assert not landscape().warning


@pytest.mark.parametrize("loss", LOSSES)
def test_each_valley_says_once_how_its_inputs_are_scaled(loss: str) -> None:
    at = landscape(loss=loss)
    at.button_group(key="experiment").set_value("Before and after scaling").run()
    figures = stages(at)[0]["scene"]["figures"]
    shown = [figure["layout"]["title"]["text"] for figure in figures]
    assert shown == ["Inputs: As they are", "Inputs: Times 0.1"]
    assert not any("Inputs" in text.value for text in at.main.markdown)
    told = [figure["layout"]["title"]["subtitle"]["text"] for figure in figures]
    assert all("largest stable rate" in text for text in told) is (loss == "mse")
