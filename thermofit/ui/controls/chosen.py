"""What the controls say. It is read before they are drawn, so that the picture does not wait for them."""

from collections.abc import Sequence
from typing import Any

from thermofit.config.config import Config, ConfigError
from thermofit.config.settings import SETTINGS, Setting
from thermofit.errors import Number, Problem
from thermofit.optim.hyperparameters import Hyper
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.ui.state import address, keys, memory
from thermofit.ui.state.widgets import key

CHOICES = ("data", "gradient", "optimizer", "scaling", "loss", "mistake", "schedule")
NUMBERS = ("split_seed", "epochs", "w0", "b0", "tolerance", "batch", "batch_seed", "average")
SWITCHES = ("drop_last",)


def chosen() -> tuple[Config, Sequence[Problem]]:
    """The set-up that the controls show; where that is refused, the last valid one and what is wrong."""
    try:
        return Config(**_values()), ()
    except ConfigError as error:
        return address.current().config, error.problems


def _values() -> dict[str, Any]:
    values: dict[str, Any] = {name: memory.recall(key(name)) for name in CHOICES}
    values |= {name: _number(SETTINGS[name]) for name in NUMBERS}
    values |= {name: memory.recall(key(name), SETTINGS[name].default) for name in SWITCHES}
    values["lr"] = rate(memory.recall(key(keys.LEARNING_RATE)))
    values["val"] = share(memory.recall(key(keys.VALIDATION_SHARE)))
    optimizer = values["optimizer"]
    values["hyper"] = {item.name: _hyper(optimizer, item) for item in OPTIMIZERS[optimizer].hyper}
    schedule = values["schedule"]
    own = SCHEDULES[schedule].hyper_for(OPTIMIZERS[optimizer])
    values["schedule_hyper"] = {item.name: _hyper(schedule, item) for item in own}
    return values


def _number(setting: Setting) -> Number | None:
    """What stands in a number's field; the default of one that is not drawn, as it has no effect."""
    value: Number | None = memory.recall(key(setting.name), setting.default)
    return number(setting, value)


def rate(typed: str) -> float | str:
    """The rate that was typed; as it was typed if that is no number."""
    try:
        return float(typed.strip().replace(",", "."))
    except ValueError:
        return typed


def share(percent: float) -> float:
    """The validation share, which is chosen in percent: 29 % is 0.29, not 0.28999…"""
    return round(percent / 100, 12)


def number(item: Setting | Hyper, typed: Number | None) -> Number | None:
    """What stands in a number's field; None where it is empty. Where a whole one is wanted, 2.5 stays 2.5."""
    if typed is None:
        return None
    return int(typed) if item.kind == "int" and float(typed).is_integer() else float(typed)


def _hyper(owner: str, item: Hyper) -> Number | None:
    """A hyperparameter of an optimizer or a schedule; its default if that was chosen just now."""
    value: Number | None = memory.recall(key(f"{owner} {item.name}"), item.default)
    return value if item.kind == "bool" else number(item, value)
