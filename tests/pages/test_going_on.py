"""The choice of what a changed setting does, and what the Lab says about a run changed on the way."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_lab import assert_calm, control, header, lab
from thermofit.config.presets import PRESETS
from thermofit.live.live_run import NOBODY, LiveRun
from thermofit.live.protocol import Question
from thermofit.ui.controls.sidebar import ANEW, ON


def begun(**query: str) -> tuple[AppTest, LiveRun]:
    """The Lab with a run whose epoch 20 the browser shows."""
    at = lab(epochs="500", **query)
    live: LiveRun = at.session_state["live runs"]["lab"]
    while live.run.epoch < 100:
        answer(live, target_epoch=100)
    answer(live)
    return at, live


def answer(live: LiveRun, **parts: Any) -> None:
    """What a browser that shows epoch 20 would ask."""
    question = Question(run=live.id, newest_row=4, at=20, speed="100", **parts)
    live.handle(question)
    live.respond(question)


@pytest.mark.parametrize("choice, goes_on", [(ANEW, False), (ON, True)])
def test_the_choice_decides(choice: str, goes_on: bool) -> None:
    at, live = begun()
    control(at, "change").set_value(choice).run()
    assert not live.pending
    control(at, "optimizer").select("Adam").run()
    assert_calm(at)
    assert bool(header(at)["change"]) is goes_on
    assert live.config.optimizer == ("SGD" if goes_on else "Adam")
    assert header(at)["scene"] is not None


def test_a_run_changed_on_the_way_is_told_and_marked() -> None:
    at, live = begun(mistake="no-zero-grad")
    control(at, "change").set_value(ON).run()
    control(at, "mistake").select("none").run()
    assert live.pending
    answer(live, change=live.pending.number)
    at.toggle(key="show code").set_value(True).run()
    at.toggle(key="look inside").set_value(True).run()
    assert_calm(at)
    assert "mistake" in at.warning[0].value  # its earlier epochs still contain it
    shown = " ".join(text.value for text in at.markdown)
    assert "Changed on the way: mistake from epoch 20 on." in shown
    live.shown = 10
    at.run()
    assert "Made before the change at epoch 20" in " ".join(text.value for text in at.caption)


def test_a_preset_is_always_a_new_run() -> None:
    at, live = begun()
    control(at, "change").set_value(ON).run()
    other = next(name for name, preset in PRESETS.items() if preset.config != live.config)
    control(at, "preset").select(other).run()
    assert_calm(at)
    assert not live.pending and live.parent == NOBODY and live.shown == 0
    assert live.config == PRESETS[other].config and control(at, "preset").value == other


def test_the_preset_menu_names_the_settings_that_are_shown() -> None:
    at = lab()
    control(at, "lr").set_value("0.02").run()
    assert control(at, "preset").value == "own"
