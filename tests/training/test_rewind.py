"""Back to any epoch, and on as if nothing had happened, bit for bit."""

from itertools import product

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from thermofit import Config, Run, Status
from thermofit.loop.checkpoints import SPACING
from thermofit.model.gradients import GRADIENTS
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.history import COLUMNS

EPOCHS = 2 * SPACING + 44
PAIRS = list(product(GRADIENTS, OPTIMIZERS))
SMALL = {"LBFGS": {"max_iter": 3, "history_size": 5}}  # its defaults take twenty times as long per epoch


def everything(run):
    return run.history.rows(columns=COLUMNS)


def state(run):
    """Parameters, their gradient and the optimizer's memory, as plain values."""
    grad = run.loop.params.grad
    return (
        run.loop.params.tolist(),
        None if grad is None else grad.to_dense().tolist(),
        plain(run.loop.stepper.state_dict()),
    )


def plain(value):
    if isinstance(value, torch.Tensor):
        return value.tolist()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value


@pytest.mark.parametrize("gradient, optimizer", PAIRS)
@pytest.mark.parametrize("epoch", [0, 1, SPACING - 1, SPACING, SPACING + 1, EPOCHS - 1, EPOCHS])
def test_rewind_and_go_on_is_never_having_stopped(gradient, optimizer, epoch):
    config = Config(gradient=gradient, optimizer=optimizer, epochs=EPOCHS, hyper=SMALL.get(optimizer, {}))
    run, straight = Run(config), Run(config)
    run.advance(epochs=EPOCHS)
    straight.advance(epochs=epoch)
    run.rewind(epoch)
    assert (run.epoch, run.status, len(run.history)) == (epoch, straight.status, epoch + 1)
    assert state(run) == state(straight)
    run.advance(epochs=EPOCHS)
    straight.advance(epochs=EPOCHS)
    assert torch.equal(everything(run), everything(straight))
    assert state(run) == state(straight)


@pytest.mark.parametrize(
    "optimizer, hyper",
    [
        ("SGD", {"momentum": 0.9, "nesterov": True}),
        ("Adam", {"amsgrad": True}),
        ("RMSprop", {"momentum": 0.9, "centered": True}),
        ("ASGD", {"t0": 50.0, "lambd": 0.01}),
        ("LBFGS", {"strong_wolfe": True, "history_size": 3, "max_iter": 2}),
        ("NAdam", {"decoupled_weight_decay": True, "weight_decay": 0.1}),
    ],
)
def test_hyperparameters_survive_a_rewind(optimizer, hyper):
    run = Run(Config(optimizer=optimizer, hyper=hyper, epochs=EPOCHS))
    run.advance(epochs=EPOCHS)
    before = everything(run)
    run.rewind(SPACING + 7)
    run.advance(epochs=EPOCHS)
    assert torch.equal(everything(run), before)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_rates_changed_before_are_replayed_and_those_after_forgotten(optimizer):
    config = Config(optimizer=optimizer, epochs=EPOCHS, hyper=SMALL.get(optimizer, {}))
    run, straight = Run(config), Run(config)
    run.advance(epochs=20), run.change_rate(0.02)
    run.advance(epochs=SPACING), run.change_rate(0.005)
    run.advance(epochs=50)
    run.rewind(SPACING + 5)
    assert run.lr == 0.02
    straight.advance(epochs=20), straight.change_rate(0.02)
    run.advance(epochs=EPOCHS), straight.advance(epochs=EPOCHS)
    assert torch.equal(everything(run), everything(straight))


@pytest.mark.parametrize("epoch", [0, 20, SPACING])
def test_a_rate_changed_at_the_epoch_itself_stays(epoch):
    config = Config(optimizer="Adam", epochs=EPOCHS)
    run, straight = Run(config), Run(config)
    for each in (run, straight):
        each.advance(epochs=epoch)
        each.change_rate(0.03)
        each.advance(epochs=EPOCHS)
    run.rewind(epoch)
    assert run.lr == 0.03
    run.advance(epochs=EPOCHS)
    assert torch.equal(everything(run), everything(straight))


def test_a_rewind_behind_every_change_brings_the_first_rate_back():
    run = Run(Config(epochs=EPOCHS))
    run.advance(epochs=50)
    run.change_rate(0.02)
    run.rewind(49)
    assert run.lr == 0.01


@pytest.mark.parametrize("epoch", [-1, 51])
def test_an_epoch_that_is_not_recorded_is_refused(epoch):
    run = Run(Config(epochs=EPOCHS))
    run.advance(epochs=50)
    with pytest.raises(ValueError, match="0 to 50"):
        run.rewind(epoch)


def test_a_rewound_end_is_no_end():
    run = Run(Config(scaling="standardize", lr=0.1, tolerance=1e-3, epochs=5000))
    run.advance(epochs=5000)
    assert run.status is Status.CONVERGED
    end = run.epoch
    run.rewind(end - 1)
    assert (run.status, run.ended) == (Status.RUNNING, False)
    assert run.advance(epochs=1) is Status.CONVERGED and run.epoch == end


def test_a_rewind_to_the_present_changes_nothing():
    run = Run(Config(scaling="none", epochs=100))
    run.advance(epochs=100)
    run.rewind(run.epoch)
    assert run.status is Status.DIVERGED


def test_an_interrupted_run_goes_on_with_the_same_numbers(monkeypatch):
    run, straight = Run(Config(optimizer="Adam", epochs=EPOCHS)), Run(Config(optimizer="Adam", epochs=EPOCHS))
    run.advance(epochs=SPACING - 5)
    epochs = iter(range(20))
    step = run.loop.update
    monkeypatch.setattr(run.loop, "update", lambda: step() if next(epochs) < 15 else interrupt())
    with pytest.raises(KeyboardInterrupt):
        run.advance(epochs=100)
    assert run.epoch == SPACING - 5
    run.advance(epochs=EPOCHS)
    straight.advance(epochs=EPOCHS)
    assert torch.equal(everything(run), everything(straight))


def interrupt():
    raise KeyboardInterrupt


moves = st.tuples(st.just("advance"), st.integers(1, 400)) | st.tuples(st.just("rewind"), st.floats(0, 1))


@settings(max_examples=25)
@given(st.lists(moves, max_size=8))
def test_any_walk_through_time_ends_in_the_same_numbers(walk):
    config = Config(gradient="manual", optimizer="Adam", epochs=1000)
    run, straight = Run(config), Run(config)
    for move, amount in walk:
        if move == "advance":
            run.advance(epochs=amount)
        else:
            run.rewind(int(amount * run.epoch))
    run.advance(epochs=1000), straight.advance(epochs=1000)
    assert torch.equal(everything(run), everything(straight))
