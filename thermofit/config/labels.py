"""What a person reads instead of the short names by which a link and the code know settings and choices.

The tables hold English; the functions answer in the language of whoever reads.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from thermofit.config.link import UNKNOWN_KEY
from thermofit.config.presets import PRESETS
from thermofit.config.settings import SETTINGS
from thermofit.config.view import Axis, Chart, Shape, Units
from thermofit.data.dataset import Dataset
from thermofit.data.own import LABEL
from thermofit.data.registry import DATASETS
from thermofit.data.scaling import SCALINGS
from thermofit.errors import Number, Problem, Text
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.gradients import GRADIENTS
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.words import mark, tr

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
    "preset": mark("Preset"),
    "speed": mark("Epochs per second"),
    "play": mark("Play at once"),
    "epoch": mark("Epoch shown"),
    "readings": mark("Own readings"),
    "pins": mark("Pinned runs"),
    "chart": mark("Chart beside the fit"),
    "units": mark("Units"),
    "shape": mark("Shape"),
    "axis": mark("x-axis"),
    "chapter": mark("Chapter"),
    "lineup": mark("Line-up"),
    "runners": mark("Runners"),
    "rank_by": mark("Rank by"),
    # Translators: whether everything is drawn larger, for a projector.
    "large": mark("Large"),
    "lang": mark("Language"),
}
CHARTS: dict[Chart, str] = {"loss": mark("Loss"), "landscape": mark("Landscape")}
SHAPES: dict[Shape, str] = {"contours": mark("Contours"), "surface": mark("3-D surface")}
UNITS: dict[Units, str] = {"trained": mark("As trained"), "original": mark("Original")}
AXES: dict[Axis, str] = {"epochs": mark("Epochs"), "evaluations": mark("Evaluations"), "time": mark("Time")}
NAMES: dict[str, Mapping[str, str]] = {
    name: {key: str(entry.label) for key, entry in entries.items()} for name, entries in REGISTRIES.items()
}
NAMES |= {"chart": CHARTS, "shape": SHAPES, "units": UNITS, "axis": AXES}  # type: ignore[dict-item]
NAMES["preset"] = {name: preset.label for name, preset in PRESETS.items()}


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
    return tr(SETTINGS[name].label if name in SETTINGS else _OWNED[name])


def value_label(name: str, value: str | Number | Dataset | None) -> str | Number | None:
    """The value of a setting or hyperparameter as a person reads it; numbers, and None, stay as they are."""
    if isinstance(value, bool):
        # Translators: of a switch.
        return tr("on") if value else tr("off")
    if isinstance(value, Dataset):
        return tr(LABEL) if value.label == LABEL else value.label
    if name in REGISTRIES:
        return tr(REGISTRIES[name][str(value)].label)
    return value


def key_label(key: str) -> str:
    """What a key of a link is called; the key itself where there is no such key."""
    if is_known(key):
        return label_of(key)
    return tr(REST[key]) if key in REST else key


def labelled(problem: Problem) -> Problem:
    """The problem with labels in place of the short names of settings and choices.

    Which keys there are at all is left out: they are too many to be of help.
    """
    names = NAMES.get(problem.field, {})
    choices = () if problem.why == UNKNOWN_KEY else problem.choices
    return replace(
        problem,
        about=_about(problem.about),
        limits="" if problem.why == UNKNOWN_KEY else problem.limits,
        hint=_called(problem.hint, names),
        choices=tuple(_quoted(name, names) for name in choices),
    )


def _about(text: Text) -> Text:
    return key_label(text) if isinstance(text, str) else text


def _called(name: str, names: Mapping[str, str]) -> str:
    """The label of a choice, or of a setting."""
    return tr(names[name]) if name in names else key_label(name)


def _quoted(name: str, names: Mapping[str, str]) -> str:
    """The same among others: a choice's label may be several words."""
    return tr("“{label}”", label=tr(names[name])) if name in names else key_label(name)
