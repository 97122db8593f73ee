"""What the look inside a step says in words."""

import pytest

from tests.pages.test_lab import assert_calm, lab
from thermofit import Config, Run
from thermofit.inspection.step import inspect_step
from thermofit.ui.inspector.step_tables import number, pair


def inside(epochs: int = 0, **query: str) -> str:
    """What is said of the step after so many updates."""
    at = lab(**query)
    live = at.session_state["live runs"]["lab"]
    live.run.advance(updates=max(0, epochs - live.run.update))
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


@pytest.mark.parametrize("size", [1, 4])
def test_the_sums_go_over_the_batch_which_is_named(size: int) -> None:
    shown, run = inside(2, batch=str(size), val="0"), Run(Config(batch=size, val=0.0))
    run.advance(updates=2)
    (batch,) = run.batches(2, 3)
    assert batch is not None
    assert f"point{'s' * (size > 1)} {', '.join(str(row + 1) for row in batch.tolist())}." in shown
    report = inspect_step(run, 2)
    assert pair(report.grad_by_hand) in shown
    assert "From update 2 to 3, at epoch" in shown
    assert shown.count("\n| ") - 1 >= size
    for row in batch.tolist():
        assert f"| {number(run.scale.apply(run.t_u[row : row + 1]).item(), 5)} |" in shown


def test_the_rate_of_the_step_is_told_with_what_made_it() -> None:
    shown = inside(30, schedule="StepLR", step_size="10", gamma="0.5")
    assert "learning rate 0.00125" in shown
    assert "The schedule StepLR has made its learning rate 0.00125 of the 0.01 that is set." in shown
    assert "schedule" not in inside()
