"""What a person reads instead of the short names by which a link and the code know settings and choices."""

from collections.abc import Mapping
from typing import Any

from thermofit.config.settings import SETTINGS
from thermofit.data.dataset import Dataset
from thermofit.data.registry import DATASETS
from thermofit.data.scaling import SCALINGS
from thermofit.errors import Number
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


def label_of(name: str) -> str:
    """The label of a setting or hyperparameter."""
    if name in SETTINGS:
        return SETTINGS[name].label
    owned = [entry.hyper for entry in OPTIMIZERS.values()] + [entry.hyper for entry in SCHEDULES.values()]
    return next(hyper.label for own in owned for hyper in own if hyper.name == name)


def value_label(name: str, value: str | Number | Dataset | None) -> str | Number | None:
    """The value of a setting or hyperparameter as a person reads it; numbers, and None, stay as they are."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, Dataset):
        return value.label
    if name in REGISTRIES:
        return str(REGISTRIES[name][str(value)].label)
    return value
