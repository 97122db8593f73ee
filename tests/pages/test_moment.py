"""Links to a moment without a browser: the view and the epoch, on the Lab and on the landscape's page."""

import itertools

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.test_lab import assert_calm, control, header, lab, param
from tests.pages.test_landscape import landscape, titles
from thermofit import Config
from thermofit.charts.x_axis import AXES
from thermofit.config.view import VIEW, Axis, View
from thermofit.ui import navigation
from thermofit.ui.state import address

EVERY_VIEW = list(itertools.product(*VIEW.values()))


def shown(at: AppTest, *names: str) -> tuple[str, ...]:
    return tuple(control(at, name).value for name in names)


def in_address(at: AppTest) -> set[str]:
    """The keys of the view and the moment in the address."""
    return {*VIEW, "epoch"} & {*at.query_params}


@pytest.mark.parametrize(("chart", "units", "shape", "axis"), EVERY_VIEW)
def test_the_lab_shows_the_view_of_its_link(chart: str, units: str, shape: str, axis: Axis) -> None:
    at = lab(chart=chart, units=units, shape=shape, axis=axis)
    assert_calm(at)
    assert not at.warning
    second = header(at)["scene"]["figures"][1]
    if chart == "loss":
        assert shown(at, "chart", "axis") == ("loss", axis)
        assert titles(header(at))[1] == AXES[axis].title
        control(at, "chart").set_value("landscape").run()
        second = header(at)["scene"]["figures"][1]
    assert shown(at, "chart", "units", "shape") == ("landscape", units, shape)
    axes = second["layout"]["scene" if shape == "surface" else "xaxis"]
    title = (axes["xaxis"] if shape == "surface" else axes)["title"]["text"]
    assert title.startswith("Slope" if units == "original" else "Weight w")


@pytest.mark.parametrize("axis", AXES)
def test_another_axis_is_another_chart_of_the_same_run(axis: Axis) -> None:
    at = lab(epochs="700", epoch="300", axis="time" if axis == "epochs" else "epochs")
    before = header(at)
    control(at, "axis").set_value(axis).run()
    after = header(at)
    assert_calm(at)
    assert titles(after)[1] == AXES[axis].title
    assert [after[name] for name in ("run", "setup", "at")] == [
        before[name] for name in ("run", "setup", "at")
    ]
    fit, loss = after["scene"]["figures"]
    assert fit == before["scene"]["figures"][0]
    assert {trace["meta"]["x"] for trace in loss["data"]} == {AXES[axis].column}
    assert in_address(at) == {"axis", "epoch"} - ({"axis"} if axis == "epochs" else set())
    assert axis == "epochs" or param(at, "axis") == axis


def test_an_axis_is_kept_where_it_is_not_shown() -> None:
    at = lab(axis="evaluations")
    control(at, "chart").set_value("landscape").run()
    assert param(at, "axis") == "evaluations"
    for page in (navigation.LANDSCAPE, navigation.RACE, navigation.LAB):
        at.query_params.clear()  # as the navigation does
        at.switch_page(str(page.file)).run()
        control(at, "epochs").set_value(Config().epochs + 1).run()
        assert ("axis" in at.query_params) == (page in (navigation.RACE, navigation.LAB))
        control(at, "epochs").set_value(Config().epochs).run()
    control(at, "chart").set_value("loss").run()
    assert shown(at, "axis") == ("evaluations",) and titles(header(at))[1] == "Gradient evaluations"


@pytest.mark.parametrize(("units", "shape"), list(itertools.product(VIEW["units"], VIEW["shape"])))
def test_the_landscape_shows_the_view_of_its_link(units: str, shape: str) -> None:
    at = landscape()
    for key, value in {"epochs": "700", "units": units, "shape": shape, "chart": "landscape"}.items():
        at.query_params[key] = value
    at.run()
    assert_calm(at)
    assert not at.warning
    assert shown(at, "units", "shape", "epochs") == (units, shape, 700)
    at.switch_page(str(navigation.LAB.file)).run()
    assert shown(at, "chart") == ("loss",)  # the tabs are the Lab's own


def test_a_choice_is_written_into_the_address_and_the_default_is_not() -> None:
    at = lab()
    control(at, "chart").set_value("landscape").run()
    assert param(at, "chart") == "landscape" and in_address(at) == {"chart"}
    control(at, "units").set_value("original").run()
    control(at, "shape").set_value("surface").run()
    assert (param(at, "units"), param(at, "shape")) == ("original", "surface")
    control(at, "units").set_value("trained").run()
    control(at, "chart").set_value("loss").run()
    assert in_address(at) == {"shape"}
    assert_calm(at)


def test_the_landscape_writes_no_tab_of_the_lab() -> None:
    at = lab(chart="landscape")
    at.query_params.clear()  # as the navigation does
    at.switch_page(str(navigation.LANDSCAPE.file)).run()
    control(at, "units").set_value("original").run()
    assert in_address(at) == {"units"}
    at.query_params.clear()
    at.switch_page(str(navigation.LAB.file)).run()
    assert shown(at, "chart", "units") == ("landscape", "original")


def test_a_view_goes_with_another_preset() -> None:
    at = lab(chart="landscape", units="original")
    control(at, "preset").select("raw-inputs").run()
    assert shown(at, "chart", "units") == ("landscape", "original")
    assert in_address(at) == {"chart", "units"} and param(at, "preset") == "raw-inputs"


def test_an_address_without_a_view_brings_the_default_back() -> None:
    at = lab()
    before = dict(at.session_state["query written"])
    control(at, "chart").set_value("landscape").run()
    control(at, "units").set_value("original").run()
    at.query_params.clear()
    for key, values in before.items():
        at.query_params[key] = values
    at.session_state["queries on their way"] = []  # as if somebody came back much later
    at.run()
    assert View(*shown(at, "chart")) == View()
    assert titles(header(at))[1] == "Epoch"


def test_an_address_is_read_even_if_its_first_run_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stage's question may cut short the run that draws the page somebody went back to."""
    at = lab(epochs="700")
    with monkeypatch.context() as patch:
        patch.setattr(address, "apply", lambda _: st.stop())
        at.query_params["epochs"], at.query_params["chart"] = "800", "landscape"
        at.run()
    at.run()
    assert_calm(at)
    assert shown(at, "epochs", "chart") == (800, "landscape")
    assert (param(at, "epochs"), param(at, "chart")) == ("800", "landscape")
    control(at, "epochs").set_value(900).run()  # it is read once
    assert shown(at, "epochs") == (900,)


def test_the_browser_completes_the_address_of_a_page_that_is_entered_and_no_other() -> None:
    """A change makes an entry. A script that came late would put the change over the entry gone back to."""

    def scripts(at: AppTest) -> list[str]:
        return [each.proto.body for each in at.get("html") if "replaceState" in each.proto.body]

    at = lab(epochs="700")
    assert len(scripts(at)) == 1
    control(at, "chart").set_value("landscape").run()
    assert scripts(at) == []


def test_wrong_parts_are_told_with_what_is_allowed() -> None:
    at = lab(chart="lanscape", units="metric", shape="surface", axis="evaluation", epoch="9000", epochs="700")
    assert_calm(at)
    (said,) = (text.value.replace("\\", "") for text in at.markdown if "lanscape" in text.value)
    for part in (
        "Chart beside the fit = lanscape: unknown name (did you mean Landscape?). "
        "Allowed: one of “Loss”, “Landscape”.",
        "Units = metric: unknown name. Allowed: one of “As trained”, “Original”.",
        "x-axis = evaluation: unknown name (did you mean Evaluations?). "
        "Allowed: one of “Epochs”, “Evaluations”, “Time”.",
        "Epoch shown = 9000: too large. Allowed: a whole number from 0 to 700.",
    ):
        assert part in said
    assert "Shape" not in said and header(at)["at"] == 0


@pytest.mark.parametrize("epoch", [1, 300, 700])
def test_the_first_answer_names_the_epoch_and_brings_its_row(epoch: int) -> None:
    at = lab(epoch=str(epoch), epochs="700")
    first = header(at)
    assert first["at"] == epoch and not first["play"]
    assert max(b["from"] + b["stride"] * (b["count"] - 1) for b in first["blocks"]) >= epoch


def test_a_setting_that_changes_drops_the_epoch_for_good() -> None:
    at = lab(epoch="300", epochs="700")
    control(at, "chart").set_value("landscape").run()
    assert in_address(at) == {"chart", "epoch"}  # another view is the same moment
    control(at, "w0").set_value(3.0).run()
    assert in_address(at) == {"chart"} and header(at)["at"] == 0
    control(at, "w0").set_value(1.0).run()
    assert in_address(at) == {"chart"} and header(at)["at"] == 0


def test_another_page_shows_the_run_where_it_stands_and_names_no_epoch() -> None:
    at = lab(epoch="300", epochs="700")
    at.query_params.clear()
    at.switch_page(str(navigation.LANDSCAPE.file)).run()
    assert "epoch" not in at.session_state["query written"]
    assert header(at)["at"] == 300


def test_equal_set_ups_have_equal_names_and_others_do_not() -> None:
    named = header(lab(epochs="700"))["setup"]
    assert header(lab(epochs="700", chart="landscape", epoch="20"))["setup"] == named
    assert header(lab(epochs="700", lr="0.011"))["setup"] != named
