"""A run trained again from its plan has the rows of the run that was planned, however it came about."""

from contextlib import suppress
from itertools import product

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.test_rewind import PAIRS, SMALL, everything
from thermofit import Config, Run, Status
from thermofit.data.dataset import Dataset
from thermofit.data.scaling import SCALINGS
from thermofit.loop.checkpoints import SPACING
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.branch import branch
from thermofit.training.plan import Plan, plan_of

EPOCHS = SPACING + 72
BASE = Config(epochs=EPOCHS, lr=0.01, scaling="standardize")


def retraced(plan, seconds=0.0):
    """The run of a plan, trained in the shortest slices, or in longer ones."""
    run = plan.begin()
    while run.epoch < plan.epoch and not run.ended:
        run = plan.go_on(run, seconds)
    return run


def trained(config=BASE, epochs=EPOCHS):
    run = Run(config)
    run.advance(epochs=epochs)
    return run


def with_optimizer(config, optimizer, **changes):
    return config.replace(optimizer=optimizer, hyper=SMALL.get(optimizer, {}), **changes)


def numbers(run, upto):
    """All rows with their evaluations, comparable bit for bit."""
    rows = torch.cat([everything(run), run.history.rows(columns=("evaluations",))], dim=1)
    return rows[: upto + 1].nan_to_num(nan=-1.0)


def assert_retraced(run, epoch=None, seconds=0.0):
    epoch = run.epoch if epoch is None else epoch
    plan = plan_of(run, epoch)
    again = retraced(plan, seconds)
    assert again.epoch == epoch and hash(plan) == hash(plan_of(run, epoch))
    assert torch.equal(numbers(again, epoch), numbers(run, epoch))
    assert torch.equal(numbers(retraced(plan_of(again, epoch)), epoch), numbers(run, epoch))
    if not any(config.tolerance for _, config in plan.segments):
        assert plan_of(again, epoch) == plan
    return plan


@pytest.mark.parametrize("gradient, optimizer", PAIRS)
@pytest.mark.parametrize("epoch", [0, 1, SPACING, EPOCHS])
def test_a_run_of_one_config_has_a_plan_of_one_config(gradient, optimizer, epoch):
    config = with_optimizer(BASE, optimizer, gradient=gradient)
    assert assert_retraced(trained(config), epoch, seconds=1.0) == Plan(((0, config),), epoch)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_changed_rates_are_changed_again_and_the_memory_stays(optimizer):
    config = with_optimizer(BASE, optimizer)
    run = Run(config)
    run.advance(epochs=20), run.change_rate(0.02)
    run.advance(epochs=SPACING), run.change_rate(0.005)
    run.advance(epochs=20)
    slower = [(20, config.replace(lr=0.02)), (20 + SPACING, config.replace(lr=0.005))]
    assert assert_retraced(run).segments == ((0, config), *slower)
    assert assert_retraced(run, 20 + SPACING).segments == ((0, config), *slower)
    assert assert_retraced(run, 20).segments == ((0, config), slower[0])
    assert assert_retraced(run, 19).segments == ((0, config),)


def test_another_optimizer_begins_where_it_began():
    first = trained()
    second = branch(first, 60, with_optimizer(BASE, "Adam"))
    second.advance(epochs=30), second.change_rate(0.1), second.advance(epochs=30)
    third = branch(second, 100, with_optimizer(BASE, "LBFGS"))
    third.advance(epochs=40)
    assert [epoch for epoch, _ in assert_retraced(third).segments] == [0, 60, 90, 100]
    for epoch in (30, 60, 61, 95, 100):
        assert_retraced(third, epoch)


@pytest.mark.parametrize("optimizer", ["SGD", "Adam", "LBFGS"])
def test_settings_that_are_left_before_they_trained_are_no_part_of_it(optimizer):
    run = trained(with_optimizer(BASE, optimizer))
    other = branch(branch(run, 60, BASE.replace(loss="mae")), 60, run.config)  # there and back
    other.advance(epochs=50)
    assert torch.equal(everything(other), everything(run)[:111])
    assert assert_retraced(other) == Plan(((0, run.config),), 110)


@pytest.mark.parametrize("old, new", list(product(SCALINGS, repeat=2)))
def test_the_line_goes_on_with_the_same_digits_in_other_units(old, new):
    """Even where it left units in which it never trained, or had been told in other ones since."""
    first = trained(BASE.replace(scaling=old, lr=1e-4))
    second = branch(first, 60, first.config.replace(scaling="min-max", optimizer="Adam"))
    here = branch(second, 60, first.config.replace(scaling=new, optimizer="RMSprop"))
    second.advance(epochs=40)
    back = branch(second, 50, first.config.replace(scaling=new, optimizer="RMSprop"))
    for run, at in ((here, 60), (back, 50)):
        run.advance(epochs=30)
        again = retraced(plan_of(run, run.epoch))
        assert torch.equal(everything(again)[at + 1 :], everything(run)[at + 1 :])
        assert torch.equal(everything(again)[at, :2], everything(run)[at, :2])
        assert torch.allclose(everything(again)[:, :2], everything(run)[:, :2], rtol=1e-5, atol=1e-4)


def test_a_diverged_run_goes_on_from_its_last_row():
    run = trained(Config(scaling="none", lr=0.01, epochs=500))
    assert run.status is Status.DIVERGED
    assert_retraced(run)
    run.change_rate(1e-6)
    run.advance(epochs=5)
    assert_retraced(run)


def test_a_diverged_run_leaves_before_the_end():
    run = trained(Config(scaling="none", lr=0.01, epochs=500))
    other = branch(run, 3, with_optimizer(run.config, "Adam"))
    other.advance(epochs=20)
    assert_retraced(other)


@pytest.mark.parametrize("way", ["planned", "raised", "raised and rewound", "left", "lowered"])
def test_a_tolerance_stops_nothing_before_it_counts(way):
    calm = Config(scaling="standardize", lr=0.1, epochs=400, tolerance=0.5)
    run = Run(calm.replace(tolerance=0.0))
    run.advance(epochs=200)
    if way == "planned":
        run = trained(calm, 400)
    elif way == "lowered":
        run = branch(trained(calm, 400), trained(calm, 400).epoch, calm.replace(tolerance=1e-3))
    else:
        run = branch(run, 150, calm)
        assert run.status is Status.CONVERGED
    if way == "raised and rewound":
        run.rewind(120)
    if way == "left":
        run = branch(run, 140, with_optimizer(calm, "Adam", tolerance=0.0))
    run.advance(epochs=20)
    plan = assert_retraced(run)
    assert plan.segments[-1][1].tolerance == run.config.tolerance
    assert_retraced(run, 1)


def test_another_start_than_that_of_the_copied_rows_is_not_believed():
    run = branch(trained(), 60, BASE.replace(w0=5.0, lr=0.02))
    run.advance(epochs=10)
    assert assert_retraced(run).segments[0][1].w0 == BASE.w0


changes = st.fixed_dictionaries(
    {},
    optional={
        "optimizer": st.sampled_from(["SGD", "Adam", "LBFGS", "Rprop"]),
        "loss": st.sampled_from(list(LOSSES)),
        "val": st.sampled_from([0.0, 0.2, 0.4]),
        "lr": st.sampled_from([0.001, 0.01, 0.1]),
        "epochs": st.integers(250, 600),
        "tolerance": st.sampled_from([0.0, 0.1, 1.0]),
        "mistake": st.sampled_from(["none", "no-zero-grad"]),
    },
)
moves = (
    st.tuples(st.just("rate"), st.sampled_from([0.001, 0.02, 0.3]))
    | st.tuples(st.just("rewind"), st.floats(0, 1))
    | st.tuples(st.sampled_from([0.3, 0.8, 1.0, 1.0]), changes)  # from which share of its epochs
)
walks = st.lists(st.tuples(st.integers(1, 90), moves), min_size=2, max_size=6)


def moved(run, move, amount):
    if move == "rate":
        run.change_rate(amount)
    elif move == "rewind":
        run.rewind(run.first_epoch + int(amount * (run.epoch - run.first_epoch)))
    else:
        at, config = max(1, int(move * run.epoch)), run.config
        config = with_optimizer(config, **{"optimizer": config.optimizer, **amount})
        with suppress(ValueError):  # no epoch left to do, or a line that has exploded
            return branch(run, at, config)
    return run


@settings(max_examples=60, deadline=None)
@given(walks, st.floats(0, 1))
def test_any_walk_is_retraced(walk, where):
    """The inputs are only divided by ten, so that no split changes their units."""
    run = Run(BASE.replace(scaling="tenth", epochs=300))
    for epochs, move in walk:
        run.advance(epochs=epochs)
        run = moved(run, *move)
    run.advance(epochs=20)
    assert_retraced(run, seconds=0.1)
    assert_retraced(run, int(where * run.epoch), seconds=0.1)


# ---- what is refused ----


@pytest.mark.parametrize(
    ("segments", "epoch", "why"),
    [
        ((), 10, "begins with the settings from epoch 0"),
        (((5, BASE),), 10, "begins with the settings from epoch 0"),
        (((0, BASE), (0, BASE)), 10, "ascend"),
        (((0, BASE), (9, BASE), (5, BASE)), 10, "ascend"),
        (((0, BASE), (11, BASE)), 10, "ascend up to its last one, 10"),
        (((0, BASE),), -1, "ascend"),
        (((0, BASE),), EPOCHS + 1, f"up to {EPOCHS}"),
        (((0, BASE), (EPOCHS + 1, BASE.replace(epochs=999))), 900, f"up to {EPOCHS}"),
    ],
)
def test_a_plan_that_can_not_be_is_refused(segments, epoch, why):
    with pytest.raises(ValueError, match=why):
        Plan(segments, epoch)


@pytest.mark.parametrize("epoch", [-1, 31])
def test_an_epoch_that_is_not_recorded_is_refused(epoch):
    with pytest.raises(ValueError, match="allowed: 0 to 30"):
        plan_of(trained(epochs=30), epoch)


def test_a_run_on_readings_of_ones_own_is_planned_like_any_other():
    own = Dataset("mine", torch.arange(5.0), torch.arange(5.0))
    assert_retraced(trained(BASE.replace(data=own), epochs=30))


def test_a_plan_that_diverges_ends_there():
    run = retraced(Plan(((0, Config(scaling="none", lr=0.01)), (50, Config())), 100))
    assert run.status is Status.DIVERGED and run.epoch < 50


def test_settings_under_which_the_line_can_not_go_on_fail_and_say_why(monkeypatch):
    def refuse(*_):
        raise ValueError("too large for float32")

    monkeypatch.setattr("thermofit.training.plan.branch", refuse)
    run = retraced(Plan(((0, BASE), (20, BASE.replace(loss="mae"))), 100))
    assert (run.status, run.epoch, run.error) == (Status.FAILED, 20, "too large for float32")
