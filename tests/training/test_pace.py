"""Rates, epochs and plans of runs with batches and schedules that are changed on their way."""

from itertools import product

import pytest
import torch

from tests.training.test_batches_and_schedules import SETTINGS, config_of
from thermofit import Config, Run, Status
from thermofit.experiments.lr_range import measure
from thermofit.experiments.race import race
from thermofit.experiments.split_luck import split_luck
from thermofit.training.branch import branch
from thermofit.training.history import COLUMNS
from thermofit.training.plan import plan_of


def everything(run):
    return run.history.rows(columns=COLUMNS)


def retraced(plan):
    run = plan.begin()
    while run.update < plan.epoch and not run.ended:
        run = plan.go_on(run, 1.0)
    return run


@pytest.mark.parametrize("schedule", SETTINGS)
@pytest.mark.parametrize("row", [0, 4, 7])
def test_a_new_rate_goes_on_as_if_the_schedule_had_begun_at_it(schedule, row):
    config = config_of("SGD", schedule, 4, 0.2)
    run, other = Run(config), Run(config.replace(lr=0.01))
    run.advance(updates=row)
    run.change_rate(0.01)
    other.advance(updates=15)
    assert run.base_lr == 0.01
    if schedule != "ReduceLROnPlateau":
        assert run.rates(range(row, 15)) == other.rates(range(row, 15))
    run.advance(updates=3)
    again = retraced(plan_of(run, run.update))
    assert torch.equal(everything(again), everything(run))
    before = everything(run)
    run.rewind(row)
    run.advance(updates=3)
    assert run.lr == again.lr and torch.equal(everything(run), before)


@pytest.mark.parametrize(("schedule", "batch"), list(product(("none", "StepLR", "OneCycleLR"), (0, 4))))
def test_other_settings_begin_batches_and_schedule_anew(schedule, batch):
    run = Run(config_of("SGD", schedule, batch, 0.2))
    run.advance(updates=4)
    other = branch(run, 4, run.config.replace(optimizer="Adam", batch=1))
    assert other.epoch == run.epoch and other.updates_per_epoch == 9
    assert other.rate_at(4) == Run(other.config).lr or schedule == "OneCycleLR"
    other.advance(epochs=100)
    assert other.status is Status.FINISHED and other.update == other.updates
    assert other.config.epochs <= other.epoch < other.config.epochs + 1
    assert torch.equal(everything(retraced(plan_of(other, other.update))), everything(other))


def test_epochs_are_whole_ones_and_updates_are_rows():
    run = Run(Config(batch=4, epochs=10))
    run.advance(epochs=2)
    assert (run.update, run.epoch, run.updates, run.updates_per_epoch) == (6, 2, 30, 3)
    run.advance(updates=1)
    assert (run.update, run.epoch) == (7, pytest.approx(7 / 3))
    run.advance(epochs=1)  # the rest of the one that has begun
    assert (run.update, run.epoch) == (9, 3)
    frame = run.history.to_frame()
    assert list(frame.columns) == ["update", "epoch", *COLUMNS, "batch_loss"]
    assert frame["epoch"].tolist() == pytest.approx([row / 3 for row in range(10)])


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_the_batch_loss_is_that_which_the_step_saw(loss):
    run = Run(Config(batch=4, epochs=4, loss=loss))
    run.advance(epochs=4)
    rows = run.history.rows(columns=("w", "b", "batch_loss"))
    assert rows[0, 2].isnan()
    for row, seen in enumerate(run.batches(0, run.update)):
        t_p = rows[row, 0] * run.scale.apply(run.t_u[seen]) + rows[row, 1]
        assert rows[row + 1, 2].item() == pytest.approx(run.loss.value(t_p, run.t_c[seen]).item(), rel=1e-5)


def test_all_rows_cost_no_column():
    run = Run(Config(epochs=5))
    run.advance(epochs=5)
    assert not run.history.has_batches and run.history.rows(columns=("batch_loss",)).isnan().all()
    assert run.batches(0, 2) == [None, None]


@pytest.mark.parametrize("more", [{"batch": 4}, {"schedule": "StepLR", "schedule_hyper": {"step_size": 2}}])
def test_experiments_train_such_runs(more):
    config = Config(epochs=5, scaling="standardize", lr=0.1, **more)
    run = Run(config)
    run.advance(epochs=5)
    last = run.history.row(run.update)["train_loss"]
    assert measure(config, 5, (0.05, 0.1))[1].loss == last
    luck = split_luck(config)
    assert luck[luck["present"]]["train_loss"].item() == last
    assert race([config, config.replace(lr=0.05)])["final_train_loss"][0] == last


def test_a_mistake_works_with_batches():
    run = Run(Config(batch=4, mistake="no-zero-grad", optimizer="by-hand", lr=1e-3, epochs=3))
    run.advance(epochs=3)
    right = Run(run.config.replace(mistake="none"))
    right.advance(epochs=3)
    assert torch.equal(everything(run)[1], everything(right)[1]) and run.update == 9
    assert not torch.allclose(everything(run)[-1], everything(right)[-1])
