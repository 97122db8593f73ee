"""What a person reads instead of the short names by which a link and the code know settings and choices."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from thermofit.config.presets import PRESETS
from thermofit.config.settings import SETTINGS
from thermofit.config.view import Axis, Chart, Shape, Units
from thermofit.data.dataset import Dataset
from thermofit.data.registry import DATASETS
from thermofit.data.scaling import SCALINGS
from thermofit.errors import Number, Problem, one_of
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.gradients import GRADIENTS
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES

# The entries among which a setting chooses; each has a label and a help.
REGISTRIES: Mapping[str, Mapping[str, Any]] = {
    "data": DATASETS,
    "gradient": GRADIENTS,
    "optimizer": OPTIMIZERS,
    "scaling": SCALINGS,
    "loss": LOSSES,
    "mistake": MISTAKES,
    "schedule": SCHEDULES,
}

# What the other keys of a link are called.
REST = {
    "preset": "Preset",
    "speed": "Epochs per second",
    "play": "Play at once",
    "epoch": "Epoch shown",
    "readings": "Own readings",
    "pins": "Pinned runs",
    "chart": "Chart beside the fit",
    "units": "Units",
    "shape": "Shape",
    "axis": "x-axis",
    "chapter": "Chapter",
    "lineup": "Line-up",
    "runners": "Runners",
    "rank_by": "Rank by",
    "large": "Large",
    "lang": "Language",
}
CHARTS: dict[Chart, str] = {"loss": "Loss", "landscape": "Landscape"}
SHAPES: dict[Shape, str] = {"contours": "Contours", "surface": "3-D surface"}
UNITS: dict[Units, str] = {"trained": "As trained", "original": "Original"}
AXES: dict[Axis, str] = {"epochs": "Epochs", "evaluations": "Evaluations", "time": "Time"}
NAMES: dict[str, Mapping[str, str]] = {
    name: {key: str(entry.label) for key, entry in entries.items()} for name, entries in REGISTRIES.items()
}
NAMES |= {"chart": CHARTS, "shape": SHAPES, "units": UNITS, "axis": AXES}  # type: ignore[dict-item]
NAMES["preset"] = {name: preset.label for name, preset in PRESETS.items()}
_HINT = re.compile(r"(?<=\(did you mean )(.+)(?=\?\))")


# Names of hyperparameters and of schedules' settings, with their labels.
_OWNED = {
    hyper.name: hyper.label
    for entries in (SCHEDULES, OPTIMIZERS)
    for entry in entries.values()
    for hyper in entry.hyper
}


def is_known(name: str) -> bool:
    """Whether a setting, a hyperparameter or a setting of a schedule has this name."""
    return name in SETTINGS or name in _OWNED


def label_of(name: str) -> str:
    """The label of a setting, of a hyperparameter or of a schedule's own setting."""
    return SETTINGS[name].label if name in SETTINGS else _OWNED[name]


def value_label(name: str, value: str | Number | Dataset | None) -> str | Number | None:
    """The value of a setting or hyperparameter as a person reads it; numbers, and None, stay as they are."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, Dataset):
        return value.label
    if name in REGISTRIES:
        return str(REGISTRIES[name][str(value)].label)
    return value


def key_label(key: str) -> str:
    """What a key of a link is called; the key itself where there is no such key."""
    return label_of(key) if is_known(key) else REST.get(key, key)


def labelled(problem: Problem) -> Problem:
    """The problem with labels in place of the short names of settings and choices.

    Which keys there are at all is left out: they are too many to be of help.
    """
    names, is_unknown = NAMES.get(problem.field, {}), problem.reason.startswith("unknown key")
    reason = _HINT.sub(lambda found: names.get(found[0]) or key_label(found[0]), problem.reason)
    allowed = "" if is_unknown else problem.allowed
    if allowed.startswith("one of "):
        listed = allowed.removeprefix("one of ").split(", ")
        allowed = one_of(f"“{names[name]}”" if name in names else key_label(name) for name in listed)
    return replace(problem, field=key_label(problem.field), reason=reason, allowed=allowed)
