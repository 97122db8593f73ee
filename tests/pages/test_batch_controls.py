"""The controls of mini-batches and schedules: where they have an effect, and named where refused."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_lab import assert_calm, control, header, lab, param
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES


def shown(at: AppTest) -> set[str]:
    """The names of the settings that have a widget."""
    found = [widget.key or "" for kind in (at.number_input, at.toggle, at.selectbox) for widget in kind]
    return {re.sub(r"^set (.*?)( \d+)?$", r"\1", key) for key in found}


def test_seed_and_last_batch_are_offered_where_they_change_something() -> None:
    at = lab(val="0")
    assert "batch" in shown(at)
    assert not {"batch_seed", "drop_last"} & shown(at)
    control(at, "batch").set_value(4.0).run()
    assert {"batch_seed", "drop_last"} <= shown(at)  # of 11, the last batch has three
    control(at, "batch").set_value(1.0).run()
    assert "batch_seed" in shown(at) and "drop_last" not in shown(at)
    assert_calm(at)


def test_what_is_chosen_stands_in_the_link_and_comes_back_from_it() -> None:
    at = lab(val="0")
    control(at, "batch").set_value(4.0).run()
    control(at, "batch_seed").set_value(7.0).run()
    control(at, "drop_last").set_value(True).run()
    control(at, "schedule").set_value("StepLR").run()
    control(at, "StepLR gamma").set_value(0.5).run()
    control(at, "average").set_value(50.0).run()
    wanted = {"batch": "4", "batch_seed": "7", "drop_last": "1", "schedule": "StepLR", "gamma": "0.5"}
    assert {name: param(at, name) for name in wanted} == wanted
    again = lab(val="0", average="50", **wanted)
    assert control(again, "batch_seed").value == 7
    assert control(again, "drop_last").value is True
    assert control(again, "StepLR gamma").value == 0.5
    control(again, "batch").set_value(0.0).run()
    assert "batch_seed" not in again.query_params  # it has no effect any more
    control(again, "batch").set_value(4.0).run()
    assert_calm(again)


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_schedule_shows_its_own_settings_and_what_is_special_about_it(name: str) -> None:
    at = lab(optimizer="by-hand", schedule=name)
    assert_calm(at)
    own = {f"{name} {item.name}" for item in SCHEDULES[name].hyper_for(OPTIMIZERS["by-hand"])}
    found = {each for each in shown(at) if each.startswith(f"{name} ")}
    assert found == own
    captions = " ".join(caption.value for caption in at.caption)
    assert SCHEDULES[name].caveat in captions


def test_a_wrong_value_is_named_by_its_label_and_the_run_stays() -> None:
    at = lab(schedule="StepLR")
    before = header(at)["setup"]
    control(at, "StepLR gamma").set_value(7.0).run()
    assert any(error.value.startswith("**Gamma**") for error in at.error)
    control(at, "StepLR gamma").set_value(0.1).run()
    control(at, "batch").set_value(2.5).run()
    assert any(error.value.startswith("**Batch size**") for error in at.error)
    assert header(at)["setup"] == before


def test_an_optimizer_that_suits_no_batches_says_why() -> None:
    at = lab(optimizer="LBFGS", lr="1", batch="4")
    assert any(caption.value == OPTIMIZERS["LBFGS"].on_batches for caption in at.caption)
    at = lab(optimizer="Rprop", schedule="StepLR")
    assert any(caption.value == OPTIMIZERS["Rprop"].after_start for caption in at.caption)


@pytest.mark.parametrize("chart", ["loss", "landscape"])
@pytest.mark.parametrize("preset", ["mini-batches", "single-readings", "single-average", "warm-up-cosine"])
def test_the_presets_open_on_every_tab(preset: str, chart: str) -> None:
    at = lab(preset=preset, chart=chart, epoch="100")
    assert_calm(at)
    assert not at.warning
