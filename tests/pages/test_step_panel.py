"""What the look inside a step says in words."""

import pytest

from tests.pages.test_lab import assert_calm, lab
from thermofit import Config, Run
from thermofit.inspection.step import inspect_step
from thermofit.ui.inspector.step_tables import pair


def inside(epochs: int = 0, **query: str) -> str:
    """What is said of the step after so many epochs."""
    at = lab(**query)
    live = at.session_state["live runs"]["lab"]
    live.run.advance(epochs=max(0, epochs - live.run.epoch))
    live.shown = epochs
    at.toggle(key="look inside").set_value(True).run()
    assert_calm(at)
    return "\n".join(text.value for text in at.markdown)


def test_a_leak_is_told_with_its_gradient() -> None:
    leaked = inspect_step(Run(Config(mistake="validation-leak")), 0).leaked
    assert leaked
    assert f"the gradient of the validation loss, {pair(leaked)}" in inside(mistake="validation-leak")
    assert "Added by mistake" not in inside()


def test_a_step_that_changes_nothing_is_explained() -> None:
    assert "It takes no step" in inside(20, preset="lbfgs")
    assert "It takes no step" not in inside(preset="lbfgs")
    crawls = {"lr": "1e-6", "val": "0", "w0": "5.36772", "b0": "-17.304785"}  # at the minimum
    assert "too small to change numbers of this size" in inside(**crawls)


@pytest.mark.parametrize("optimizer", ["Adam", "LBFGS"])
def test_what_is_remembered_is_told_in_words(optimizer: str) -> None:
    shown = inside(optimizer=optimizer, lr="1")
    for memory in inspect_step(Run(Config(optimizer=optimizer, lr=1.0)), 0).memory:
        assert f"`{memory.name}` ({memory.words})" in shown
