"""Exported code with a DataLoader and a scheduler gives the numbers of the run."""

import contextlib
import io
from itertools import product

import pytest
import torch

from tests.training.test_batches_and_schedules import SETTINGS, config_of
from thermofit import Run
from thermofit.export.script import notebook, script
from thermofit.optim.schedules import SCHEDULES
from thermofit.training.average import average


def left_by(config):
    left = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(script(config).split("# Picture:")[0], "exported.py", "exec"), left)
    return left


def agree(config, rel=1e-5):
    run = Run(config)
    run.advance(epochs=config.epochs)
    left, row = left_by(config), run.history.row(run.update)
    assert left["params"].tolist() == pytest.approx([row["w"], row["b"]], rel=rel, abs=1e-7)
    assert left["train_loss"].item() == pytest.approx(row["train_loss"], rel=rel)
    return run, left


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("optimizer", ["by-hand", "SGD", "Adam", "LBFGS"])
def test_the_script_gives_the_runs_numbers(optimizer, schedule):
    for gradient, batch, val in product(("manual", "autograd"), (0, 4), (0.0, 0.2)):
        agree(config_of(optimizer, schedule, batch, val, gradient=gradient))


@pytest.mark.parametrize("name", [f"{owner} {name}" for owner, own in SETTINGS.items() for name in own])
def test_settings_at_their_default_are_not_written(name):
    schedule, setting = name.split()
    own = {setting: SETTINGS[schedule][setting]}
    config = config_of("SGD", schedule, 4, 0.2).replace(schedule_hyper=own)
    agree(config)


@pytest.mark.parametrize("batch", [0, 4])
def test_the_average_is_exported(batch):
    config = config_of("SGD", "none", batch, 0.2, average=2)
    run, left = agree(config)
    assert left["average"].tolist() == pytest.approx(average(run), rel=1e-5)


def test_a_short_last_batch_is_dropped_and_a_tolerance_stops_within_an_epoch():
    config = config_of("SGD", "none", 4, 0.2, drop_last=True)
    assert "drop_last=True" in script(config)
    agree(config)
    calm = config.replace(tolerance=1.0, epochs=200, lr=0.05)
    run, left = agree(calm)
    assert run.ended and left["epoch"] == run.update // run.updates_per_epoch + 1


def test_the_code_uses_torchs_own_classes():
    code = script(config_of("SGD", "OneCycleLR", 4, 0.2))
    assert "torch.utils.data.DataLoader(" in code
    assert "OneCycleLR(optimizer, max_lr=learning_rate, total_steps=n_epochs * len(batches)" in code
    assert notebook(config_of("SGD", "OneCycleLR", 4, 0.2))
    assert isinstance(
        left_by(config_of("Adam", "StepLR", 4, 0.2))["scheduler"], torch.optim.lr_scheduler.StepLR
    )
