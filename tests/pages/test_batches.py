"""What pages show of mini-batches and of a schedule, and that nothing changes without them."""

import csv
import io
import json
from typing import Any

import pytest

from tests.pages.test_lab import assert_calm, lab
from thermofit import Config, Run
from thermofit.config.pin import Pin
from thermofit.experiments.race import result
from thermofit.live.companion import Companion
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.stage.scene import Scene
from thermofit.theory.curvature import curvature
from thermofit.training.assembly import prepared
from thermofit.ui.lab import pin_files
from thermofit.ui.scenes import fit_and_loss, landscape
from thermofit.ui.scenes.rates import DRAWN, rate_plan

BATCHES = Config(batch=4, epochs=60)
PACED = Config(schedule="ExponentialLR", schedule_hyper={"gamma": 0.9}, epochs=60)


def names(scene: Scene) -> list[str | None]:
    return [trace.name for figure in scene.figures for trace in figure.data]


def test_without_batches_and_schedule_nothing_is_drawn_and_sent_of_them() -> None:
    scene = landscape.lab(Config(), "10", "light")
    assert not {"batch_loss", "rate"} & set(scene.columns)
    assert not {"Next batch", "Batch", "Learning rate"} & set(names(scene))
    assert "yaxis2" not in scene.figures[1].to_dict()["layout"]
    assert [readout.label for readout in scene.readouts] == [
        *("Epoch", "Training loss", "Validation loss", "Weight w", "Bias b", "Line")
    ]
    assert scene.readouts[0].below == ["of 3\u202f000"]


def test_each_has_its_own_columns_and_both_charts_of_the_lab_need_the_same() -> None:
    for config, column, trace in ((BATCHES, "batch_loss", "Batch"), (PACED, "rate", "Learning rate")):
        loss = landscape.lab(config, "10", "dark")
        beside = landscape.scene(config, "trained", "landscape", "10", "dark")
        assert loss.columns == beside.columns and trace in names(loss)
        assert [each in loss.columns for each in ("batch_loss", "rate")] == [
            column == "batch_loss",
            column == "rate",
        ]


def test_set_ups_that_differ_in_the_rate_look_different_only_with_a_schedule() -> None:
    def id(config: Config) -> str:
        return fit_and_loss.lab(fit_and_loss.without_rate(config), "10", "light").id

    assert id(BATCHES) == id(BATCHES.replace(lr=0.02))
    assert id(PACED) != id(PACED.replace(lr=0.02))


@pytest.mark.parametrize("schedule", [name for name in SCHEDULES if name != "none"])
@pytest.mark.parametrize("batch", [0, 4])
def test_the_planned_rates_are_those_that_a_run_uses(schedule: str, batch: int) -> None:
    config = Config(schedule=schedule, batch=batch, epochs=150, lr=0.02)
    plan, run = rate_plan(config), Run(config)
    assert plan
    run.advance(epochs=150)
    if SCHEDULES[schedule].watches_loss:
        assert not plan.rates  # nobody knows before
    else:
        assert 0 < len(plan.rates) <= DRAWN
        rows = [round(epoch * config.updates_per_epoch) for epoch in plan.epochs]
        assert plan.rates == pytest.approx(run.rates(rows))
    assert plan.highest >= max(run.rates(range(run.update))) * 0.999
    assert plan.limit == curvature(prepared(config).train_scaled).largest_rate


def test_a_stable_limit_is_drawn_only_where_theory_has_one() -> None:
    for changes in ({"optimizer": "Adam"}, {"loss": "mae"}, {"hyper": {"momentum": 0.9}}):
        plan = rate_plan(PACED.replace(**changes))
        assert plan and plan.limit is None
        figure = fit_and_loss.lab(PACED.replace(**changes), "10", "light").figures[1]
        assert not figure.layout.shapes
    (line,) = fit_and_loss.lab(PACED, "10", "light").figures[1].layout.shapes
    assert line.y0 == line.y1 == rate_plan(PACED).limit  # type: ignore[union-attr]


def test_the_optimizers_that_batches_do_not_suit_are_named_with_the_reason() -> None:
    for optimizer, entry in OPTIMIZERS.items():
        if not entry.on_batches:
            continue
        at = lab(optimizer=optimizer, batch="4", epochs="20")
        assert_calm(at)
        told = f"Mini-batches do not suit {entry.label}."
        assert sum(told == each.value for each in at.warning) == 1
        assert entry.on_batches in [each.value for each in at.markdown]


def test_files_of_pins_tell_epochs_and_updates() -> None:
    run = Run(BATCHES)
    run.advance(updates=50)
    runs = [(Pin("Noisy", ((0, BATCHES),), 50), Companion(run, 50))]
    (row,) = csv.DictReader(io.StringIO(pin_files.table(runs)))
    assert row["epochs"] == "17"  # the last of them was begun
    told: dict[str, Any] = json.loads(pin_files.comparison(runs))["runs"][0]
    assert told["result"] == vars(result(run))
    assert told["settings"][0]["from update"] == 0
    assert told["rows"]["update"][50] == 50 and told["rows"]["epoch"][3] == 1
    assert len(told["rows"]["batch_loss"]) == 51
