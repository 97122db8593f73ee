"""Branches: the line never jumps, the past stays, and the numbers are those of a fresh run."""

from itertools import product
from threading import Thread

import pytest
import torch

from tests.training.test_rewind import PAIRS, SMALL, everything, state
from thermofit import Config, Run, Status
from thermofit.data.dataset import Dataset
from thermofit.data.scaling import SCALINGS
from thermofit.data.split import split
from thermofit.inspection.step import graph, inspect_step
from thermofit.loop.checkpoints import LIMIT, SPACING
from thermofit.model.losses import LOSSES
from thermofit.training.assembly import prepared
from thermofit.training.branch import branch
from thermofit.training.segment import new_segment

EPOCHS = SPACING + 72
AT = SPACING + 9
BASE = Config(epochs=EPOCHS, lr=0.01, scaling="tenth")


def trained(config=BASE, epochs=EPOCHS):
    run = Run(config)
    run.advance(epochs=epochs)
    return run


def numbers(run):
    """All recorded numbers, comparable bit for bit."""
    return everything(run).nan_to_num(nan=-1.0)


def original(run, epoch):
    """Slope and intercept at a recorded epoch, in float64."""
    w, b = run.history.rows(epoch, epoch + 1, columns=("w", "b")).double()[0].tolist()
    return run.scale.original(w, b)


def fresh(config, start):
    """A run of `config` from the point `start` = [w, b] that is not a branch."""
    run = Run(config)
    data = prepared(config)
    run._follow(new_segment(config, data, start=start), run.history)
    run.history.truncate(-1)
    room = run.history.room(1)
    room[0, :2] = start
    run._take(room, 0)
    return run


def assert_goes_on_as_a_fresh_run(old, config, at=AT):
    """The rows after the branch are those of a run of `config` that starts at the point of the branch."""
    before, memory = numbers(old), state(old)
    new = branch(old, at, config)
    assert original(new, at) == pytest.approx(original(old, at), rel=1e-5, abs=1e-5)
    new.advance(epochs=config.epochs)
    start = new.history.rows(at, at + 1, columns=("w", "b"))[0]
    straight = fresh(config.replace(epochs=config.epochs - at), start)
    straight.advance(epochs=config.epochs)
    assert torch.equal(numbers(new)[at + 1 :], numbers(straight)[1:])
    assert (new.status, new.epoch) == (straight.status, straight.epoch + at)
    assert torch.equal(numbers(old), before) and state(old) == memory
    return new


@pytest.mark.parametrize("gradient, optimizer", PAIRS)
def test_another_optimizer_begins_at_the_line(gradient, optimizer):
    old = trained(BASE.replace(optimizer="Adam" if optimizer != "Adam" else "Adagrad"))
    config = Config(gradient=gradient, optimizer=optimizer, epochs=EPOCHS, hyper=SMALL.get(optimizer, {}))
    new = assert_goes_on_as_a_fresh_run(old, config)
    assert torch.equal(numbers(new)[: AT + 1], numbers(old)[: AT + 1])


@pytest.mark.parametrize("old, new", list(product(SCALINGS, repeat=2)))
def test_another_scaling_tells_the_same_lines_in_its_own_units(old, new):
    first = trained(BASE.replace(scaling=old, lr=1e-4))
    second = assert_goes_on_as_a_fresh_run(first, BASE.replace(scaling=new, lr=2e-4, val=0.3))
    for epoch in range(0, AT + 1, 17):
        assert original(second, epoch) == pytest.approx(original(first, epoch), rel=1e-5, abs=1e-4)
    assert torch.equal(numbers(second)[: AT + 1, 4:], numbers(first)[: AT + 1, 4:])


@pytest.mark.parametrize("old, new", list(product(SCALINGS, repeat=2)))
def test_gradients_of_the_past_are_those_of_its_lines_in_the_new_units(old, new):
    first = trained(BASE.replace(scaling=old, lr=1e-4))
    second = branch(first, AT, BASE.replace(scaling=new, optimizer="Adam"))
    row = second.history.row(AT - 5)
    params = torch.tensor([row["w"], row["b"]], dtype=torch.float64, requires_grad=True)
    t_p = params[0] * second.data.train_scaled.double() + params[1]
    LOSSES["mse"].value(t_p, second.data.train_targets.double()).backward()
    scale = max(1.0, *params.grad.abs().tolist())
    assert [row["grad_w"], row["grad_b"]] == pytest.approx(params.grad.tolist(), abs=1e-4 * scale)


@pytest.mark.parametrize(
    "changes",
    [{"loss": loss} for loss in LOSSES if loss != "mse"]
    + [{"val": val, "split_seed": seed} for val in (0.0, 0.2, 0.5) for seed in (1, 2)]
    + [{"mistake": "no-zero-grad"}, {"hyper": {"momentum": 0.9}}],
)
def test_another_loss_split_mistake_or_hyperparameter(changes):
    old = trained()
    new = assert_goes_on_as_a_fresh_run(old, BASE.replace(**changes))
    assert torch.equal(numbers(new)[: AT + 1, 4:], numbers(old)[: AT + 1, 4:])


@pytest.mark.parametrize("gradient, optimizer", PAIRS)
@pytest.mark.parametrize("at", [1, AT, EPOCHS - 1])
def test_a_new_rate_is_what_rewinding_and_changing_it_gives(gradient, optimizer, at):
    config = Config(gradient=gradient, optimizer=optimizer, epochs=EPOCHS, hyper=SMALL.get(optimizer, {}))
    old, straight = trained(config), Run(config)
    before, memory = numbers(old), state(old)
    new = branch(old, at, config.replace(lr=0.003))
    straight.advance(epochs=at), straight.change_rate(0.003)
    assert state(new) == state(straight) and new.lr == 0.003
    new.advance(epochs=EPOCHS), straight.advance(epochs=EPOCHS)
    assert torch.equal(numbers(new), numbers(straight)) and state(new) == state(straight)
    assert torch.equal(numbers(old), before) and state(old) == memory


def test_more_epochs_go_on_as_if_they_had_been_planned():
    config = BASE.replace(optimizer="Adam")
    new = branch(trained(config), EPOCHS, config.replace(epochs=3 * EPOCHS))
    assert new.status is Status.RUNNING
    new.advance(epochs=3 * EPOCHS)
    assert torch.equal(numbers(new), numbers(trained(config.replace(epochs=3 * EPOCHS), 3 * EPOCHS)))


def test_a_lower_tolerance_goes_on_after_the_end():
    config = Config(scaling="standardize", lr=0.1, optimizer="Adam", tolerance=1e-2, epochs=5000)
    old = trained(config, 5000)
    assert old.status is Status.CONVERGED
    new = branch(old, old.epoch, config.replace(tolerance=1e-4))
    new.advance(epochs=5000)
    assert torch.equal(numbers(new), numbers(trained(config.replace(tolerance=1e-4), 5000)))
    assert branch(old, old.epoch, config.replace(optimizer="SGD")).status is Status.CONVERGED


def test_a_diverged_run_goes_on_before_the_end():
    old = trained(Config(scaling="none", lr=0.01, epochs=2000), 2000)
    assert old.status is Status.DIVERGED
    new = branch(old, 3, old.config.replace(scaling="standardize"))
    assert new.advance(epochs=2000) is Status.FINISHED
    assert old.status is Status.DIVERGED


def twice():
    """SGD, then Adam on other inputs, then LBFGS."""
    first = trained(BASE)
    second = branch(first, 60, BASE.replace(optimizer="Adam", scaling="standardize"))
    second.advance(epochs=EPOCHS)
    third = branch(second, AT, second.config.replace(optimizer="LBFGS", hyper=SMALL["LBFGS"]))
    third.advance(epochs=20)
    return first, second, third


def test_rewinding_within_the_branch_gives_the_same_numbers_again():
    _, second, third = twice()
    before = numbers(second)
    for epoch in (EPOCHS - 1, SPACING + 1, 60):
        second.rewind(epoch)
        second.advance(epochs=EPOCHS)
        assert torch.equal(numbers(second), before)
    with pytest.raises(ValueError, match=f"belongs to the run before; allowed: {AT} to"):
        third.rewind(AT - 1)


def test_from_before_the_branch_one_goes_on_as_the_run_before():
    first, second, third = twice()
    again = branch(third, 40, BASE.replace(lr=0.02))
    straight = branch(first, 40, BASE.replace(lr=0.02))
    again.advance(epochs=EPOCHS), straight.advance(epochs=EPOCHS)
    assert torch.equal(numbers(again)[40:, :2], numbers(straight)[40:, :2])
    assert again.past == () and len(third.past) == 2
    middle = branch(third, AT - 1, second.config.replace(lr=0.02))
    straight = branch(second, AT - 1, second.config.replace(lr=0.02))
    assert state(middle) == state(straight) and len(middle.past) == 1


def test_looking_inside_a_step_shows_the_step_that_was_made():
    first, second, third = twice()
    for epoch, run in ((10, first), (59, first), (60, second), (AT - 1, second), (AT, third)):
        assert inspect_step(third, epoch) == inspect_step(run, epoch)
        assert graph(third, epoch) == graph(run, epoch)


def test_a_branch_of_a_branch_at_the_same_epoch_leaves_no_empty_segment():
    second = branch(trained(), 60, BASE.replace(optimizer="Adam"))
    third = branch(second, 60, BASE.replace(optimizer="RMSprop"))
    assert [segment.first_epoch for segment in third.past] == [0] and third.first_epoch == 60


def test_checkpoints_of_a_long_branch_stay_few_and_reach_its_beginning():
    new = branch(trained(), 60, Config(gradient="manual", optimizer="by-hand", epochs=60_000))
    new.advance(epochs=2 * LIMIT * SPACING)
    assert len(new.timeline.checkpoints) <= LIMIT + 1
    before = numbers(new)[:100]
    new.rewind(60)
    new.advance(epochs=39)
    assert torch.equal(numbers(new), before)


@pytest.mark.parametrize("epoch", [-1, EPOCHS + 1])
def test_an_epoch_that_is_not_recorded_is_refused(epoch):
    with pytest.raises(ValueError, match=f"0 to {EPOCHS}"):
        branch(trained(), epoch, BASE.replace(epochs=10 * EPOCHS))


def test_no_epoch_left_to_do_is_refused():
    with pytest.raises(ValueError, match="61 or more"):
        branch(trained(), 60, BASE.replace(epochs=60))


def test_what_leaves_float32_is_refused():
    data = Dataset("huge", torch.tensor([2e-38, 5e-38, 1e6, 1e6]), torch.zeros(4))
    tiny_ones_train = next(
        seed for seed in range(99) if split(4, 0.5, seed).train.tolist() in ([0, 1], [1, 0])
    )
    old = Run(Config(data=data, scaling="none", val=0.5, split_seed=tiny_ones_train, lr=1e-6))
    old.advance(epochs=3)
    with pytest.raises(ValueError, match="loss at epoch 3 is too large for float32"):
        branch(old, 3, old.config.replace(scaling="min-max"))


def test_a_run_that_is_being_trained_in_another_thread_can_be_left():
    config = Config(gradient="manual", optimizer="Adam", epochs=20_000)
    run, straight = Run(config), Run(config)
    run.advance(epochs=AT)
    straight.advance(epochs=AT)
    straight.change_rate(0.02)
    straight.advance(epochs=50)
    trainer = Thread(target=run.advance, kwargs={"epochs": config.epochs})
    trainer.start()
    while trainer.is_alive():
        new = branch(run, AT, config.replace(lr=0.02))
        new.advance(epochs=50)
        assert torch.equal(numbers(new), numbers(straight))
    trainer.join()
    assert run.status is Status.FINISHED
