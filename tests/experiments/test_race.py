"""Each runner is its own single run, judged against the closed form, and ranked as anybody would."""

import math

import pandas as pd
import pytest
import torch

from tests.training.test_rewind import SMALL
from thermofit import Config, Run, train
from thermofit.experiments import race
from thermofit.experiments.arrival import CHUNK, WITHIN, Arrival, minimum
from thermofit.experiments.explosion import GROWN, exploded_at, grown_at
from thermofit.experiments.race import Result, differing, result, standing
from thermofit.experiments.standing import Finish, ranking, winners
from thermofit.live.companion import Companion
from thermofit.live.live_race import LiveRace
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.theory.least_squares import mse_at
from thermofit.ui.lesson.chapters.optimizers import ADAM, EPOCHS, _outcome

BASE = Config(epochs=400, scaling="standardize", lr=0.1)
FIELDS = ["epochs", "evaluations", "final_train_loss", "best_train_loss", "final_val_loss"]
FIELDS += ["best_val_loss"]
FIELDS += ["epochs_to_1_percent", "evaluations_to_1_percent", "diverged_at", "exploded_at"]
LINE_UP = {
    name: BASE.replace(optimizer=name, hyper=SMALL.get(name, {}), epochs=60 if name == "LBFGS" else 400)
    for name in OPTIMIZERS
}


def arrived(config):
    """The first epoch within 1 % of the smallest mean squared error, found row by row."""
    run, best = Run(config), minimum(Run(config))
    for epoch, (w, b) in enumerate(train(config).rows(columns=("w", "b")).tolist()):
        if mse_at((w, b), run.data.train_scaled, run.data.train_targets) <= WITHIN * best:
            return epoch
    return None


@pytest.fixture(scope="module")
def everybody():
    return race(LINE_UP)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_runner_has_the_digits_of_its_own_single_run(everybody, optimizer):
    (row,) = everybody[everybody["name"] == optimizer].to_dict("records")
    history = train(LINE_UP[optimizer])
    last = history.row(len(history) - 1)
    assert (row["epochs"], row["final_train_loss"]) == (last["epoch"], last["train_loss"])
    assert row["final_val_loss"] == last["val_loss"]
    for name in ("train_loss", "val_loss"):
        assert row[f"best_{name}"] == min(history.rows(columns=(name,))[:, 0].tolist())
    evaluations = history.rows(columns=("evaluations",))[:, 0].tolist()
    assert row["evaluations"] == evaluations[-1]
    reached = arrived(LINE_UP[optimizer])
    if reached is None:
        assert pd.isna(row["epochs_to_1_percent"]) and pd.isna(row["evaluations_to_1_percent"])
    else:
        assert row["epochs_to_1_percent"] == reached
        assert row["evaluations_to_1_percent"] == evaluations[reached]


def test_the_same_line_up_on_a_playhead_arrives_at_the_same_epochs(everybody):
    live = LiveRace(dict(list(LINE_UP.items())[:16]))
    live.runners.advance()
    found = {name: each["reached_epoch"] for name, each in live.results().items()}
    table = everybody.set_index("name")["epochs_to_1_percent"]
    assert found == {name: None if pd.isna(table[name]) else table[name] for name in found}


@pytest.mark.parametrize("loss", LOSSES)
def test_whatever_it_descends_a_runner_is_judged_by_its_mean_squared_error(loss):
    config = BASE.replace(loss=loss, lr=0.3)
    run = Run(config)
    run.advance(epochs=400)
    assert result(run).epochs_to_1_percent == arrived(config)


@pytest.mark.parametrize("step", [1, 7, 400])
def test_an_arrival_is_found_in_slices_and_looks_at_each_row_once(step):
    run, seen, expected = Run(BASE), [], arrived(BASE)
    arrival, rows = Arrival(run), run.history.rows
    run.history.rows = lambda start, stop, **more: (
        seen.extend(range(start, stop)),
        rows(start, stop, **more),
    )[1]
    while not run.ended:
        run.advance(epochs=step)
        found = arrival.look()
        assert found == (expected if run.epoch >= expected else None)
    assert seen == list(range(len(seen)))


def test_a_late_arrival_is_found_beyond_the_first_rows_that_are_looked_at_together():
    config = Config(gradient="manual", optimizer="by-hand", scaling="standardize", lr=1e-4, epochs=40_000)
    run = Run(config)
    run.advance(epochs=40_000)
    reached = Arrival(run).look()
    assert reached is not None and reached > CHUNK
    data = run.data
    before, there = run.history.rows(reached - 1, reached + 1, columns=("w", "b")).tolist()
    errors = [mse_at(tuple(row), data.train_scaled, data.train_targets) for row in (before, there)]
    assert errors[1] <= WITHIN * minimum(run) < errors[0]


def test_who_diverges_is_out_and_the_later_the_better():
    wild = Config(scaling="none", lr=0.01)
    table = race({"soon": wild, "fine": BASE, "late": wild.replace(lr=1e-3)})
    soon, fine, late = table.to_dict("records")
    for row in (soon, late):
        assert row["epochs"] == row["diverged_at"] - 1 and math.isnan(row["final_train_loss"])
        assert row["best_train_loss"] > 0 and pd.isna(row["epochs_to_1_percent"])
    assert soon["epochs"] < late["epochs"] and [soon["rank"], fine["rank"], late["rank"]] == [3, 1, 2]


def test_who_ends_at_an_enormous_number_has_exploded_too():
    """At this rate the loss grows by a constant factor, and the race ends before float32 does."""
    wild = Config(scaling="none", lr=4e-4, epochs=150)
    table = race({"wild": wild, "fine": BASE.replace(epochs=150)}).set_index("name")
    losses = train(wild).rows(columns=("train_loss",))[:, 0].tolist()
    (out,) = [e for e in range(1, 151) if losses[e - 1] <= GROWN * losses[0] < min(losses[e:])]
    assert math.isfinite(table["final_train_loss"]["wild"]) and pd.isna(table["diverged_at"]["wild"])
    assert table["exploded_at"]["wild"] == out > 1 and table["rank"]["wild"] == 2
    assert pd.isna(table["exploded_at"]["fine"])


def test_the_library_the_race_the_table_of_pins_and_the_lesson_have_one_rule():
    configs = {"wild": Config(scaling="none", lr=4e-4, epochs=150), "fine": Config(epochs=150)}
    live = LiveRace(configs)
    live.runners.advance(updates=150)
    table = race(configs).set_index("name")
    outs = {name: told["out_at"] for name, told in live.results().items()}
    assert outs == {"wild": table["exploded_at"]["wild"], "fine": None}
    assert "1 of 2 runners exploded" in live.end()["text"]
    pins = {name: Companion(run).result.exploded_at for name, run in live.runners.runs.items()}
    assert pins == outs
    for name in OPTIMIZERS:
        run = Run(ADAM.replace(optimizer=name, epochs=EPOCHS))
        run.advance(epochs=EPOCHS)
        assert _outcome(name).exploded == (exploded_at(run) is not None)


@pytest.mark.parametrize(
    ("losses", "at"),
    [
        ([1.0, 999.0, 1000.0], None),
        ([1.0, 5000.0, 1000.0, 1001.0, math.inf], 3),
        ([1.0, 2000.0], 1),
        ([0.0, 1e-9], None),
    ],
)
def test_an_explosion_begins_where_the_loss_no_longer_comes_back(losses, at):
    assert grown_at(torch.tensor(losses)) == at


def test_a_runner_whose_step_torch_refuses_is_out():
    failed = BASE.replace(optimizer="by-hand", mistake="no-no_grad")
    _, row = race([BASE, failed]).to_dict("records")
    assert (row["epochs"], row["rank"]) == (0, 2) and pd.isna(row["diverged_at"])
    assert math.isnan(row["final_train_loss"]) and row["best_train_loss"] > 0


@pytest.mark.parametrize("loss", LOSSES)
def test_a_result_is_told_for_an_earlier_epoch_and_by_another_loss(loss):
    config = BASE.replace(lr=0.3)
    run = train(config.replace(epochs=200)).row(60)
    whole = Run(config)
    whole.advance(epochs=400)
    told, shorter = result(whole, 60, loss), Run(config.replace(epochs=60))
    shorter.advance(epochs=60)
    assert told.epochs == 60 and told.diverged_at is None
    assert told.epochs_to_1_percent == result(shorter).epochs_to_1_percent
    line = torch.tensor([run["w"], run["b"]])
    for found, inputs, targets in (
        (told.final_train_loss, whole.data.train_scaled, whole.data.train_targets),
        (told.final_val_loss, whole.data.val_scaled, whole.data.val_targets),
    ):
        predictions = line[0] * inputs + line[1]
        assert found == pytest.approx(LOSSES[loss].value(predictions, targets).item(), rel=1e-5)


def test_a_run_that_diverged_later_had_not_diverged_before():
    run = Run(Config(scaling="none", lr=0.01))
    run.advance(epochs=3000)
    assert run.diverged_at and result(run).diverged_at == run.diverged_at
    before = result(run, run.epoch - 1)
    assert before.diverged_at is None and before.final_train_loss is not None


def ended(reached, last=100, loss=1.0):
    return Result(last, last, loss, 1.0, None, None, reached, reached, None, None)


def test_ranks_are_shared_by_equals():
    results = [ended(None, 5, None), ended(20), ended(None), ended(10, 30, None)]
    results += [ended(20), ended(None), ended(None, 9, None)]
    assert ranking([standing(each) for each in results]) == [7, 1, 3, 5, 1, 3, 6]


def test_the_winners_are_those_of_the_first_rank_that_have_arrived():
    nobody, both = Finish(None, None, "a"), [Finish(7, None, "b"), Finish(7, None, "c")]
    out = Finish(3, 20, "d")
    assert winners([nobody, *both, Finish(8, None, "e"), out]) == both
    assert winners([nobody, out]) == [] == winners([out])


def test_a_race_is_the_same_by_list_and_by_name():
    configs = [BASE.replace(lr=lr, epochs=20) for lr in (0.1, 0.2)]
    table, named = race(configs), race({"slow": configs[0], "fast": configs[1]})
    assert list(table["name"]) == ["run 1", "run 2"] and list(named["name"]) == ["slow", "fast"]
    assert table.drop(columns="name").equals(named.drop(columns="name"))
    assert list(table.columns) == ["name", "lr", *FIELDS, "rank"]


def test_epochs_that_are_planned_are_not_taken_for_those_that_were_done():
    table = race([BASE, BASE.replace(epochs=5), Config(lr=10.0)])
    assert list(table["epochs_planned"]) == [400, 5, 3000] and list(table["epochs"][:2]) == [400, 5]
    assert table["epochs"][2] < 3000


def test_without_validation_rows_there_is_no_validation_loss():
    table = race([BASE.replace(val=0.0, epochs=5)])
    assert (
        table[["final_val_loss", "best_val_loss"]].isna().all(axis=None)
        and table["final_train_loss"].notna().all()
    )
    assert list(table.columns) == ["name", *FIELDS, "rank"]


def test_only_what_differs_is_told_and_hyperparameters_by_their_defaults():
    adam = BASE.replace(optimizer="Adam")
    configs = [BASE, adam, adam.replace(hyper={"beta1": 0.5}), BASE.replace(lr=0.2)]
    default = {hyper.name: hyper.default for hyper in OPTIMIZERS["Adam"].hyper}["beta1"]
    assert differing(configs) == {
        "optimizer": ["SGD", "Adam", "Adam", "SGD"],
        "lr": [0.1, 0.1, 0.1, 0.2],
        "beta1": [None, default, 0.5, None],
    }
    assert differing([adam, adam]) == {}


def test_ranks_count_epochs_or_evaluations():
    lbfgs = BASE.replace(optimizer="LBFGS", lr=0.05, epochs=100)
    sgd = BASE.replace(lr=0.2)
    by_epochs, by_evaluations = race([lbfgs, sgd]), race([lbfgs, sgd], "evaluations")
    assert by_epochs["epochs_to_1_percent"].is_monotonic_increasing and list(by_epochs["rank"]) == [1, 2]
    evaluations = by_evaluations["evaluations_to_1_percent"]
    assert evaluations.is_monotonic_decreasing and list(by_evaluations["rank"]) == [2, 1]
    assert by_epochs.drop(columns="rank").equals(by_evaluations.drop(columns="rank"))
    with pytest.raises(ValueError, match="by = time: unknown name"):
        race([sgd], "time")


@pytest.mark.parametrize("nobody", [[], {}])
def test_a_race_of_nobody_is_refused(nobody):
    with pytest.raises(ValueError, match="at least one config"):
        race(nobody)
