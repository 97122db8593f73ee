"""All splits at once against a run for each split, which sets there are, and how to cancel."""

import itertools
import math
import time

import pandas as pd
import pytest
import torch

from thermofit import Config, Run, Status
from thermofit.config.config import ConfigError
from thermofit.data.dataset import Dataset
from thermofit.data.registry import THERMOMETER
from thermofit.data.scaling import SCALINGS
from thermofit.data.split import split
from thermofit.experiments import split_luck
from thermofit.experiments.split_luck import SLICE, luck, measure
from thermofit.experiments.together import can_train_together
from thermofit.experiments.validation_sets import MOST, validation_sets
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS

SHARES = {1: 0.1, 2: 0.2, 3: 0.3, 4: 0.4, 5: 0.46}  # of eleven readings


def same_as_single_runs(config, step=17):
    outcomes = measure(config)
    for outcome in outcomes[::step]:
        run = Run(config.replace(split_seed=outcome.seed))
        run.advance(epochs=config.epochs)
        assert tuple(sorted(run.split.validation.tolist())) == outcome.held_out
        assert outcome.diverged_at == run.diverged_at
        if run.status in (Status.DIVERGED, Status.FAILED):
            assert outcome.train_loss is None and outcome.val_loss is None
        else:
            row = run.history.row(run.epoch)
            assert outcome.train_loss == pytest.approx(row["train_loss"], rel=1e-5)
            assert outcome.val_loss == pytest.approx(row["val_loss"], rel=1e-5, abs=1e-5)
    return outcomes


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_each_split_ends_as_its_own_run(optimizer, scaling, loss):
    lr = 1e-4 if scaling == "none" else 0.01
    epochs = 5 if OPTIMIZERS[optimizer].closure else 40  # of LBFGS, each is twenty evaluations
    config = Config(optimizer=optimizer, scaling=scaling, loss=loss, lr=lr, val=0.1, epochs=epochs)
    same_as_single_runs(config, step=5)


@pytest.mark.parametrize("gradient", ["manual", "autograd"])
def test_all_splits_of_the_default_set_up_end_as_their_own_runs(gradient):
    outcomes = same_as_single_runs(Config(gradient=gradient))
    assert len(outcomes) == 55


def test_not_one_of_the_splits_differs():
    same_as_single_runs(Config(gradient="manual", optimizer="by-hand", epochs=300), step=1)


HYPERS = [
    ("SGD", {"momentum": 0.9, "nesterov": True}),
    ("SGD", {"momentum": 0.8, "dampening": 0.3, "weight_decay": 0.01}),
    ("Adam", {"amsgrad": True, "beta1": 0.5}),
    ("RMSprop", {"centered": True, "momentum": 0.5}),
    ("ASGD", {"lambd": 0.1, "alpha": 0.5}),
]


@pytest.mark.parametrize(("optimizer", "hyper"), HYPERS)
def test_hyperparameters_count_in_a_batch(optimizer, hyper):
    config = Config(optimizer=optimizer, hyper=hyper, lr=0.005, epochs=60)
    assert can_train_together(config)
    same_as_single_runs(config)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_only_coupled_optimizers_train_one_by_one(optimizer):
    assert can_train_together(Config(optimizer=optimizer)) == (optimizer not in ("Adafactor", "LBFGS"))


@pytest.mark.parametrize(("lr", "epochs"), [(0.05, 300), (0.05, 1200), (1.0, 60)])
def test_a_split_that_diverges_tells_the_epoch_of_its_own_run(lr, epochs):
    outcomes = same_as_single_runs(Config(lr=lr, epochs=epochs), step=6)
    assert len({outcome.diverged_at for outcome in outcomes}) > 1


@pytest.mark.parametrize("tolerance", [0.01, 0.5, 1.0])
def test_each_split_stops_where_its_own_run_converges(tolerance):
    config = Config(scaling="standardize", lr=0.3, epochs=100, tolerance=tolerance)
    same_as_single_runs(config)


def test_slices_change_no_digit():
    same_as_single_runs(Config(optimizer="by-hand", gradient="manual", epochs=2 * SLICE + 1))


@pytest.mark.parametrize("mistake", [name for name in MISTAKES if name != "none"])
def test_a_mistake_is_made_on_every_split(mistake):
    config = Config(optimizer="by-hand", mistake=mistake, val=0.1, epochs=20, lr=0.001)
    assert not can_train_together(config)
    same_as_single_runs(config, step=3)


def test_the_closed_form_is_that_of_the_train_rows():
    for outcome in measure(Config(scaling="standardize", lr=0.4, epochs=200))[::9]:
        assert outcome.train_loss == pytest.approx(outcome.best_train_mse, rel=1e-4)
        assert outcome.val_loss == pytest.approx(outcome.best_val_mse, rel=1e-3, abs=1e-3)


# ---- which sets --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", SHARES)
def test_every_possible_set_is_there_once_with_a_seed_that_draws_it(count):
    sets = validation_sets(11, SHARES[count], 58)
    assert set(sets) == set(itertools.combinations(range(11), count))
    for rows, seed in sets.items():
        assert tuple(sorted(split(11, SHARES[count], seed).validation.tolist())) == rows
    assert list(sets.values()).count(58) == 1


@pytest.mark.parametrize("seed", [58, 2**31 - 1])
def test_of_very_many_sets_the_same_500_are_chosen_and_the_present_one(seed):
    n, share = 30, 0.2
    assert math.comb(n, 6) > MOST
    sets = validation_sets(n, share, seed)
    assert len(sets) == MOST and seed in sets.values()
    assert sets == validation_sets(n, share, seed)
    assert len({*sets} & {*validation_sets(n, share, 7)}) >= MOST - 2


@pytest.mark.parametrize(("data", "share"), [(THERMOMETER, 0.0), (THERMOMETER, 0.09), (None, 0.5)])
def test_a_share_that_holds_nothing_back_is_refused(data, share):
    data = data or Dataset("one", torch.tensor([1.0]), torch.tensor([2.0]))
    with pytest.raises(ConfigError, match=r"val = .*none of \d+ readings.*at least one reading"):
        luck(Config(data=data, val=share))


def test_many_readings_go_in_several_batches():
    generator = torch.Generator().manual_seed(1)
    t = torch.rand(20_000, generator=generator)
    many = Dataset("many", t, 2 * t + torch.rand(20_000, generator=generator))
    config = Config(data=many, scaling="none", val=0.1, epochs=1)
    reports = list(itertools.islice(luck(config), 2))
    assert 0 < reports[0].done < reports[1].done < 1


# ---- progress and the table --------------------------------------------------------------------------------


@pytest.mark.parametrize("optimizer", ["SGD", "Adafactor"])
def test_reports_grow_up_to_the_whole(optimizer):
    reports = list(luck(Config(optimizer=optimizer, val=0.1, epochs=SLICE + 1, lr=0.001)))
    shares = [report.done for report in reports]
    assert shares == sorted(set(shares)) and shares[-1] == 1.0 and len(shares) > 1
    for report, later in itertools.pairwise(reports):
        assert later.outcomes[: len(report.outcomes)] == report.outcomes
    assert len(reports[-1].outcomes) == 11


def test_who_stops_asking_has_cancelled(monkeypatch):
    started = []
    begin = Run.__init__
    monkeypatch.setattr(Run, "__init__", lambda run, *rest: (started.append(rest), begin(run, *rest))[1])
    reports = luck(Config(optimizer="LBFGS", epochs=10))
    next(reports)
    reports.close()
    assert len(started) == 1


def test_slow_runs_are_reported_on_often(monkeypatch):
    """Others wait while a part is computed: here each reading of the clock is a second later."""
    ticks = itertools.count()
    monkeypatch.setattr(time, "thread_time", lambda: float(next(ticks)))
    first = next(luck(Config(optimizer="LBFGS", val=0.1, epochs=100)))
    assert first.done == pytest.approx(1 / 100 / 11)


def test_the_table_has_a_row_for_each_split_and_marks_the_present_one():
    config = Config(lr=0.05, epochs=100)
    table = split_luck(config)
    assert list(table.columns) == [
        *("held_out", "seed", "train_loss", "val_loss", "best_train_mse", "best_val_mse", "diverged_at"),
        "present",
    ]
    assert len(table) == 55 and table["present"].sum() == 1
    (present,) = table[table["present"]].to_dict("records")
    assert present["held_out"] == tuple(sorted(split(11, 0.2, 58).validation.tolist()))
    assert (table["val_loss"].isna() == table["diverged_at"].notna()).all()
    assert pd.api.types.is_integer_dtype(table["diverged_at"])
