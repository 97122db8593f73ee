"""A run's whole set-up as one frozen value: two equal configs give the same numbers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, NoReturn

from thermofit.config.settings import RANGED, SETTINGS, Setting, settings_for
from thermofit.data.batches import batches_per_epoch
from thermofit.data.dataset import Dataset
from thermofit.data.registry import named, readings
from thermofit.data.split import train_count
from thermofit.errors import ConfigError, Number, Problem, collected, shorten, told, unknown
from thermofit.loop.mistakes import MISTAKES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.words import mark

MOST_UPDATES = 1_000_000  # of a run

__all__ = ["SETTINGS", "Config", "ConfigError", "Problem", "Setting"]


class FrozenMap(Mapping[str, Number]):
    """A mapping that can't change, so that a Config can be hashed and shared."""

    def __init__(self, items: Mapping[str, Number] | None = None) -> None:
        self._items = dict(items or {})

    def __getitem__(self, name: str) -> Number:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)


@dataclass(init=False, unsafe_hash=True)  # the hash is safe, since a Config can't change
class Config:
    """What to train, and how. Defaults, ranges, labels and helps are in SETTINGS, field by field.

    `data` is the name of a data set or, for readings of one's own, a Dataset; a Dataset that comes with
    thermofit is turned into its name. `hyper` holds the optimizer's own hyperparameters, only those that
    differ from its default, and `schedule_hyper` the schedule's own settings in the same way.

    Settings that change nothing get their default, so that set-ups of the same numbers are equal: a batch is
    at most as large as there are training rows, without batches their seed is 0, and so on.
    Raises ConfigError, a ValueError that says for each field why it was refused and what is allowed.
    """

    model_fields: ClassVar[tuple[str, ...]]  # the names of all fields

    data: str | Dataset
    gradient: str
    optimizer: str
    lr: float
    scaling: str
    val: float
    split_seed: int
    epochs: int
    w0: float
    b0: float
    loss: str
    tolerance: float
    mistake: str
    hyper: Mapping[str, Number]
    batch: int
    batch_seed: int
    drop_last: bool
    schedule: str
    average: int
    schedule_hyper: Mapping[str, Number]

    def __init__(self, **settings: Any) -> None:
        vars(self).update(_checked(settings))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        copy = mark("a copy made by replace()")
        raise ConfigError(Problem(name, shorten(value), mark("a Config can't change"), copy))

    def __delattr__(self, name: str) -> NoReturn:
        raise ConfigError(Problem(name, "", mark("a Config can't lose a setting")))

    @property
    def dataset(self) -> Dataset:
        """What to learn from."""
        return readings(self.data)

    def model_dump(self) -> dict[str, Any]:
        """All fields by name, in plain values; only readings of one's own stay a Dataset.

        `Config(**config.model_dump())` equals `config`.
        """
        return vars(self) | {"hyper": dict(self.hyper), "schedule_hyper": dict(self.schedule_hyper)}

    @property
    def updates_per_epoch(self) -> int:
        """How many steps an epoch has: one for each of its batches."""
        return batches_per_epoch(train_count(len(self.dataset), self.val), self.batch, self.drop_last)

    @property
    def updates(self) -> int:
        """How many steps a whole run has."""
        return self.epochs * self.updates_per_epoch

    def replace(self, **changes: Any) -> "Config":
        """A validated copy with these changes.

        A new optimizer keeps the hyperparameters it knows and allows; the others are dropped, and so are
        the settings of another schedule. So is a mistake that can no longer be made.
        """
        settings = vars(self) | changes
        if "mistake" not in changes and self._rights_mistake(changes):
            settings["mistake"] = "none"
        if "optimizer" in changes and "hyper" not in changes:
            settings["hyper"] = _allowed(str(changes["optimizer"]), self.hyper)
        if "schedule" in changes and "schedule_hyper" not in changes:
            kept = changes["schedule"] == self.schedule  # the settings of another one mean something else
            settings["schedule_hyper"] = self.schedule_hyper if kept else {}
        return Config(**settings)

    def _rights_mistake(self, changes: Mapping[str, Any]) -> bool:
        """Whether, after these changes, the present mistake can't be made."""
        asked = {name: changes.get(name, getattr(self, name)) for name in ("gradient", "optimizer", "val")}
        return MISTAKES[self.mistake].refusal(**asked) is not None


Config.model_fields = tuple(field.name for field in fields(Config))


def _checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """The value of every field; ConfigError with all that is wrong at once."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in (*(name for name in SETTINGS if name not in RANGED), *RANGED):
        setting = _setting(name, values)
        with collected(problems):
            values[name] = _value(setting, given.get(name, setting.default))
    problems.sort(key=lambda problem: list(SETTINGS).index(problem.field))
    with collected(problems):
        _check_mistake(values)
    with collected(problems):
        values["hyper"] = _checked_hyper(given.get("hyper", {}), values.get("optimizer", ""))
    with collected(problems):
        values["schedule_hyper"] = _checked_schedule(given.get("schedule_hyper", {}), values)
    if not problems:
        with collected(problems):
            values |= _batching(values)
    if not problems:
        with collected(problems):
            _check_total(values)
    values = {name: values[name] for name in Config.model_fields if name in values}  # in the fields' order
    problems += [_unknown(name, value) for name, value in given.items() if name not in Config.model_fields]
    if problems:
        raise ConfigError(*problems)
    return values


def _value(setting: Setting, given: object) -> str | Number | Dataset:
    """The value of a setting, or ConfigError; readings of one's own may stand for the name of a data set."""
    if setting.name == "data" and isinstance(given, Dataset):
        return named(given)
    return setting.check(given)


def _setting(name: str, values: Mapping[str, Any]) -> Setting:
    """The setting, with the range that data set and scaling allow; for refused ones, the defaults'."""
    if name not in RANGED:
        return SETTINGS[name]
    data, scaling = (values.get(other, SETTINGS[other].default) for other in ("data", "scaling"))
    return settings_for(data, scaling)[name]


def _check_mistake(values: Mapping[str, Any]) -> None:
    # Where one of them was itself refused, that has been reported; the default stands in.
    asked = {name: values.get(name, SETTINGS[name].default) for name in ("gradient", "optimizer", "val")}
    problem = MISTAKES[values.get("mistake", "none")].refusal(**asked)
    if problem:
        raise ConfigError(problem)


def _checked_hyper(value: object, optimizer: str) -> FrozenMap:
    if not isinstance(value, Mapping):
        raise ConfigError(_no_mapping("hyper", value))
    # An optimizer that was itself refused has been reported; there is nothing to check against.
    return FrozenMap(OPTIMIZERS[optimizer].check(value) if optimizer in OPTIMIZERS else {})


def _no_mapping(name: str, value: object) -> Problem:
    return Problem(name, shorten(value), mark("not a mapping"), mark("names with their numbers"))


def _checked_schedule(value: object, values: Mapping[str, Any]) -> FrozenMap:
    if not isinstance(value, Mapping):
        raise ConfigError(_no_mapping("schedule_hyper", value))
    if not {"schedule", "optimizer"} <= set(values):  # one of them was itself refused, which was reported
        return FrozenMap()
    return FrozenMap(SCHEDULES[values["schedule"]].check(value, OPTIMIZERS[values["optimizer"]]))


def _batching(values: Mapping[str, Any]) -> dict[str, Any]:
    """Batch size, seed and whether the last one is dropped, as far as they change anything."""
    rows = train_count(len(readings(values["data"])), values["val"])
    size = min(values["batch"], rows)
    if size == 0:
        return {"batch": 0, "batch_seed": SETTINGS["batch_seed"].default, "drop_last": False}
    drop_last = values["drop_last"] and rows % size > 0
    return {"batch": size, "drop_last": drop_last}


def _check_total(values: Mapping[str, Any]) -> None:
    """Whether the run is short enough, and not too short for its schedule."""
    rows = train_count(len(readings(values["data"])), values["val"])
    batch, epochs = values["batch"], values["epochs"]
    # Counted with the last batch, even where it is dropped: a link is read setting by setting.
    if (total := epochs * batches_per_epoch(rows, batch, drop_last=False)) > MOST_UPDATES:
        each = total // epochs
        raise ConfigError(_too_many(epochs, batch, each))
    schedule = SCHEDULES[values["schedule"]]
    if schedule.needs_total:
        each = batches_per_epoch(rows, batch, values["drop_last"])
        schedule.build(values["lr"], values["schedule_hyper"], total=epochs * each)


def _too_many(epochs: int, batch: int, each: int) -> Problem:
    """The problem of a run of so many epochs, `each` with so many batches."""
    reason = told(
        mark("with batch = {batch} an epoch has {each} batches, so there would be {total}"),
        batch=batch,
        each=each,
        total=epochs * each,
    )
    allowed = told(mark("at most {most} epochs, or a larger batch"), most=MOST_UPDATES // each)
    return Problem("epochs", str(epochs), reason, allowed)


def _unknown(name: str, value: object) -> Problem:
    return unknown(shorten(name), value, mark("there is no such setting"), name, Config.model_fields)


def _allowed(optimizer: str, hyper: Mapping[str, Number]) -> dict[str, Number]:
    """The hyperparameters that this optimizer would accept, all together."""
    kept: dict[str, Number] = {}
    if optimizer in OPTIMIZERS:
        for name, value in hyper.items():
            if _accepts(OPTIMIZERS[optimizer].check, kept | {name: value}):
                kept[name] = value
    return kept


def _accepts(check: Callable[[Mapping[str, Number]], object], hyper: Mapping[str, Number]) -> bool:
    try:
        check(hyper)
    except ConfigError:
        return False
    return True
