"""The batch against one Run per rate, the axis, and a test that can be cancelled."""

import itertools
import math
import time

import pytest
import torch

from thermofit import Config, Run, Status
from thermofit.config.config import ConfigError
from thermofit.data.dataset import Dataset
from thermofit.data.registry import THERMOMETER
from thermofit.data.scaling import SCALINGS
from thermofit.experiments.lr_range import (
    COUNT,
    SLICE,
    Trial,
    is_plain,
    log_rates,
    measure,
    rate_range,
)
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.theory.curvature import curvature

FEW = log_rates(1e-5, 1.0, 12)
PLAIN = {"by-hand", "SGD"}


def alone(config, lr, epochs):
    run = Run(config.replace(lr=lr, epochs=epochs, tolerance=0.0))
    run.advance(epochs=epochs)
    return None if run.status in (Status.DIVERGED, Status.FAILED) else run.history.row(epochs)["train_loss"]


def same(trials, losses):
    for trial, loss in zip(trials, losses, strict=True):
        assert (trial.loss is None) == (loss is None)
        assert loss is None or trial.loss == pytest.approx(loss, rel=1e-4)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("share", [0.0, 0.2])
def test_the_batch_is_what_runs_one_by_one(loss, scaling, share):
    config = Config(optimizer="by-hand", gradient="manual", loss=loss, scaling=scaling, val=share)
    same(measure(config, epochs=60, rates=FEW), [alone(config, lr, 60) for lr in FEW])


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_gives_what_its_runs_give(optimizer):
    config = Config(optimizer=optimizer, scaling="none", w0=0.5, b0=-3.0, tolerance=0.5)
    rates = (1e-4, 0.01, 1.0)
    same(measure(config, epochs=15, rates=rates), [alone(config, lr, 15) for lr in rates])


def test_slices_change_no_digit():
    config, rates = Config(optimizer="by-hand", gradient="manual"), (0.001, 0.01)
    epochs = 2 * SLICE + 1
    same(measure(config, epochs=epochs, rates=rates), [alone(config, lr, epochs) for lr in rates])


@pytest.mark.parametrize("scaling", SCALINGS)
def test_the_largest_rate_of_theory_divides_the_curve(scaling):
    config = Config(optimizer="by-hand", scaling=scaling)
    largest = curvature(Run(config).data.train_scaled).largest_rate
    start = Run(config).history.row(0)["train_loss"]
    for trial in measure(config, epochs=400, rates=log_rates(largest / 30, min(10.0, 30 * largest), 30)):
        grew = trial.loss is None or trial.loss > start
        assert grew == (trial.lr > largest) or trial.lr == pytest.approx(largest, rel=0.02)


@pytest.mark.parametrize(
    ("hyper", "plain"),
    [({}, True), ({"momentum": 0.9}, False), ({"weight_decay": 0.1}, False), ({"dampening": 0.5}, True)],
)
def test_which_sgd_is_plain(hyper, plain):
    config, rates = Config(optimizer="SGD", hyper=hyper), (0.001, 0.02)
    assert is_plain(config) is plain
    same(measure(config, epochs=30, rates=rates), [alone(config, lr, 30) for lr in rates])


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_only_plain_gradient_descent_is_plain(optimizer):
    assert is_plain(Config(optimizer=optimizer)) == (optimizer in PLAIN)


@pytest.mark.parametrize("mistake", [name for name in MISTAKES if name != "none"])
def test_a_mistake_is_made_at_every_rate(mistake):
    config, rates = Config(optimizer="by-hand", mistake=mistake), (0.001, 0.01)
    assert not is_plain(config)
    same(measure(config, epochs=30, rates=rates), [alone(config, lr, 30) for lr in rates])


# ---- the axis ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ends", [(None, None), (1e-4, 1e-3), (0.0123456, 0.3)])
def test_the_rates_are_even_on_a_log_axis(ends):
    rates = log_rates(*ends)
    low, high = ends[0] or 1e-6, ends[1] or 10.0
    assert len(rates) == COUNT and (rates[0], rates[-1]) == pytest.approx((low, high), rel=5e-3)
    assert all(low <= lr <= high for lr in rates)
    steps = [math.log(b / a) for a, b in itertools.pairwise(rates)]
    assert steps == pytest.approx([math.log(high / low) / (COUNT - 1)] * (COUNT - 1), abs=1.1e-2)


@pytest.mark.parametrize("bad", [(0.0, 1.0, 5), (1.0, 1.0, 5), (1.0, 0.1, 5), (0.1, 1.0, 1)])
def test_an_axis_that_is_none_is_refused(bad):
    with pytest.raises(ValueError, match="rates go"):
        log_rates(*bad)


def test_rates_and_epochs_are_checked_before_anything_runs():
    with pytest.raises(ValueError, match="at least 1 epoch"):
        rate_range(Config(), epochs=0)
    with pytest.raises(ConfigError, match="lr"):
        rate_range(Config(), rates=(0.1, 100.0))


# ---- progress ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("optimizer", ["by-hand", "Adam"])
def test_reports_grow_up_to_the_whole(optimizer):
    reports = list(rate_range(Config(optimizer=optimizer), epochs=SLICE + 1, rates=(0.001, 0.01)))
    shares = [report.done for report in reports]
    assert shares == sorted(set(shares)) and shares[-1] == 1.0 and len(shares) > 1
    for report, later in itertools.pairwise(reports):
        assert later.trials[: len(report.trials)] == report.trials
    assert [trial.lr for trial in reports[-1].trials] == [0.001, 0.01]


def test_slow_runs_are_reported_on_often(monkeypatch):
    """Others wait while a part is computed: here each reading of the clock is a second later."""
    ticks = itertools.count()
    monkeypatch.setattr(time, "thread_time", lambda: float(next(ticks)))
    first = next(rate_range(Config(optimizer="LBFGS"), epochs=100, rates=(0.001, 0.01)))
    assert first.done == pytest.approx(1 / 100 / 2)


def test_many_readings_are_reported_on_more_often():
    many = Dataset("many", THERMOMETER.t_u.repeat(10_000), THERMOMETER.t_c.repeat(10_000))
    reports = list(rate_range(Config(data=many, optimizer="by-hand"), epochs=40, rates=(0.001, 0.01)))
    assert len(reports) > 1 and reports[-1].trials[1].loss is not None


def test_who_stops_asking_has_cancelled(monkeypatch):
    started = []
    begin = Run.__init__
    monkeypatch.setattr(Run, "__init__", lambda run, *rest: (started.append(rest), begin(run, *rest))[1])
    reports = rate_range(Config(optimizer="Adam"), epochs=10, rates=FEW)
    next(reports)
    reports.close()
    assert len(started) == 1


def test_a_diverged_rate_is_a_value():
    assert measure(Config(scaling="none"), epochs=100, rates=(10.0,)) == (Trial(10.0, None),)


def test_it_leaves_config_and_data_alone():
    config, before = Config(), THERMOMETER.t_u.clone()
    measure(config, epochs=5, rates=(0.01, 0.1))
    assert config == Config() and torch.equal(THERMOMETER.t_u, before)
