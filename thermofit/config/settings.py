"""Every setting of a run in one table: its default, range, label and help.

Validation, widgets, links and the documentation read this table; none of them repeats it.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache

from thermofit.config.setting import Setting
from thermofit.data.dataset import Dataset
from thermofit.data.ranges import ranges
from thermofit.data.registry import DATASETS
from thermofit.data.scaling import SCALINGS
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.gradients import GRADIENTS
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.words import mark

LARGEST_BATCH = 10_000  # as many readings as a table may have


__all__ = ["LARGEST_BATCH", "RANGED", "SETTINGS", "Setting", "settings_for"]

SETTINGS = {
    setting.name: setting
    for setting in (
        Setting(
            "data",
            mark("Readings"),
            mark("What to learn from: readings, and the target that belongs to each."),
            "choice",
            "thermometer",
            choices=tuple(DATASETS),
        ),
        Setting(
            "gradient",
            mark("Gradient"),
            mark(
                "Who computes the gradient: formulas by hand, or PyTorch's autograd. The numbers "
                "are the same."
            ),
            "choice",
            "autograd",
            choices=tuple(GRADIENTS),
        ),
        Setting(
            "optimizer",
            mark("Optimizer"),
            mark("Who applies the step. By hand is params -= lr * gradient; the others are PyTorch's own."),
            "choice",
            "SGD",
            choices=tuple(OPTIMIZERS),
        ),
        Setting(
            "lr",
            mark("Learning rate"),
            mark("How far to go along the slope in each epoch. Too small crawls, too large explodes."),
            "float",
            0.01,
            minimum=1e-6,
            maximum=10.0,
        ),
        Setting(
            "scaling",
            mark("Input scaling"),
            mark(
                "Change the unit of the readings before training, so that w and b feel slopes of "
                "similar size."
            ),
            "choice",
            "tenth",
            choices=tuple(SCALINGS),
        ),
        Setting(
            "val",
            mark("Validation share"),
            mark("The part of the readings that is held back: never trained on, only judged on."),
            "float",
            0.2,
            minimum=0.0,
            maximum=0.5,
        ),
        Setting(
            "split_seed",
            mark("Split seed"),
            mark("Which readings are held back. The same seed always draws the same ones."),
            "int",
            58,
            minimum=0,
            maximum=2**31 - 1,
        ),
        Setting(
            "epochs",
            mark("Epochs"),
            mark("How often to go through all training readings. Each time is one step, or one per batch."),
            "int",
            3000,
            minimum=1,
            maximum=1_000_000,
        ),
        Setting(
            "w0",
            mark("Start weight"),
            mark("The weight w before the first step."),
            "float",
            1.0,
            minimum=-1000.0,
            maximum=1000.0,
        ),
        Setting(
            "b0",
            mark("Start bias"),
            mark("The bias b before the first step, in the unit of the target."),
            "float",
            0.0,
            minimum=-1000.0,
            maximum=1000.0,
        ),
        Setting(
            "loss",
            mark("Loss"),
            mark("What counts as wrong: how the errors of all readings become one number to make small."),
            "choice",
            "mse",
            choices=tuple(LOSSES),
        ),
        Setting(
            "tolerance",
            mark("Stop at gradient"),
            mark("Stop when the gradient has become shorter than this. 0 never stops early."),
            "float",
            0.0,
            minimum=0.0,
            maximum=1.0,
        ),
        Setting(
            "mistake",
            mark("Mistake"),
            mark("A mistake to make on purpose, and to watch. Such a run is never a right one."),
            "choice",
            "none",
            choices=tuple(MISTAKES),
        ),
        Setting(
            "batch",
            mark("Batch size"),
            mark("How many training readings each step sees. 0 means all of them, without dealing them out."),
            "int",
            0,
            minimum=0,
            maximum=LARGEST_BATCH,
            quiet=True,
        ),
        Setting(
            "batch_seed",
            mark("Batch seed"),
            mark(
                "In which order the training readings are dealt out. The same seed always gives "
                "the same order."
            ),
            "int",
            0,
            minimum=0,
            maximum=2**31 - 1,
            quiet=True,
        ),
        Setting(
            "drop_last",
            mark("Drop the last batch"),
            mark("Leave out the last batch of an epoch where it has fewer readings than the others."),
            "bool",
            False,
            maximum=1,
            quiet=True,
        ),
        Setting(
            "schedule",
            mark("Schedule"),
            mark("How the learning rate changes during the run."),
            "choice",
            "none",
            choices=tuple(SCHEDULES),
            quiet=True,
        ),
        Setting(
            "average",
            mark("Average from epoch"),
            mark(
                "From the end of this epoch on, average the parameters after each epoch. 0 means no average."
            ),
            "int",
            0,
            minimum=0,
            maximum=1_000_000,
            quiet=True,
        ),
    )
}

RANGED = ("lr", "w0", "b0")  # their ranges depend on the readings and on the scaling


def settings_for(data: str | Dataset, scaling: str) -> Mapping[str, Setting]:
    """The settings with the ranges and the default rate for this data set under this scaling."""
    return _of_named(data, scaling) if isinstance(data, str) else _of_own(data, scaling)


@cache
def _of_named(data: str, scaling: str) -> Mapping[str, Setting]:
    return _ranged(DATASETS[data], scaling)


@lru_cache(maxsize=16)  # a set may have 10,000 rows
def _of_own(data: Dataset, scaling: str) -> Mapping[str, Setting]:
    return _ranged(data, scaling)


def _ranged(data: Dataset, scaling: str) -> Mapping[str, Setting]:
    found = ranges(data, SCALINGS[scaling])
    allowed = vars(found)
    ranged = {
        name: replace(SETTINGS[name], minimum=allowed[name][0], maximum=allowed[name][1]) for name in RANGED
    }
    for name, step in (("w0", found.w_step), ("b0", found.b_step)):
        ranged[name] = replace(ranged[name], step=step)
    # The thermometer keeps the rate that the book begins with.
    if data is not DATASETS[str(SETTINGS["data"].default)]:
        ranged["lr"] = replace(ranged["lr"], default=found.rate)
    return SETTINGS | ranged
