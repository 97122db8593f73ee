"""The whole set-up as a link, and back: read() takes anything, applies what is valid and reports the rest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from thermofit.config.config import Config
from thermofit.config.own_link import check_readings, read_readings, write_readings
from thermofit.config.pin import Pin
from thermofit.config.pins import read_pins, write_pins
from thermofit.config.presets import PRESETS, preset_of
from thermofit.config.settings import RANGED, SETTINGS, Setting, settings_for
from thermofit.config.texts import LONGEST_NUMBER, OWN, flag, text_of, value_of
from thermofit.config.view import VIEW, View
from thermofit.data.dataset import Dataset
from thermofit.errors import (
    ConfigError,
    Problem,
    Text,
    check_choice,
    check_number,
    shorten,
    told,
    unknown,
)
from thermofit.optim.hyperparameters import Hyper, names
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedule import NO_SETTING
from thermofit.optim.schedules import SCHEDULES
from thermofit.words import mark

SPEEDS = ("1", "10", "100", "1000", "max")  # epochs per second
REST = ("preset", "speed", "play", "epoch", "readings", "pins", *VIEW)  # keys besides the settings
OWNED = {  # hyperparameters and settings of schedules, each with what it may belong to
    "optimizer": {name for entry in OPTIMIZERS.values() for name in names(entry.hyper)},
    "schedule": {name for entry in SCHEDULES.values() for name in names(entry.hyper)},
}
KEYS = frozenset((*SETTINGS, *OWNED["optimizer"], *OWNED["schedule"], *REST))
MOST_PROBLEMS = 10  # so many problems of a link are listed one by one
UNKNOWN_KEY = mark("unknown key")
NO_HYPER = mark("the optimizer {optimizer} has no such hyperparameter")

_T = TypeVar("_T")

__all__ = [
    "KEYS",
    "SPEEDS",
    "Link",
    "Problem",
    "Reader",
    "capped",
    "read",
    "read_as",
    "unknown_key",
    "write",
]


@dataclass(frozen=True)
class Link:
    """What a link says: the set-up, the speed of playing (epochs/s), and whether to start at once.

    `epoch` is the one that is shown first. `preset` is kept only while the config is still that preset's.
    `pins` are the runs that stay in the picture.
    """

    config: Config = field(default_factory=Config)
    preset: str | None = None
    speed: str = "100"
    play: bool = False
    epoch: int = 0
    view: View = field(default_factory=View)
    pins: tuple[Pin, ...] = ()

    def __post_init__(self) -> None:
        if self.preset is not None and self.preset != preset_of(self.config):
            object.__setattr__(self, "preset", None)


def write(link: Link) -> dict[str, str]:
    """The query parameters of a link: every setting that is not quiet, of the rest what is not by default."""
    told = [name for name in SETTINGS if not _is_quiet(link.config, SETTINGS[name])]
    settings = {name: text_of(getattr(link.config, name)) for name in told}
    owned = {**link.config.hyper, **link.config.schedule_hyper}
    hyper = {name: text_of(value) for name, value in owned.items()}
    rest = {"preset": link.preset or "", "speed": link.speed, "play": "1" if link.play else ""}
    rest |= {"readings": write_readings(link.config.data), "pins": write_pins(link.pins, link.config.data)}
    rest |= {"epoch": str(link.epoch) if link.epoch else ""}
    return settings | hyper | {key: text for key, text in rest.items() if text} | link.view.changes()


def _is_quiet(config: Config, setting: Setting) -> bool:
    return setting.quiet and getattr(config, setting.name) == setting.default


def read(query: Mapping[str, Sequence[str]], known: Dataset | None = None) -> tuple[Link, list[Problem]]:
    """The link that a query string means, and a Problem for each part that was not applied; never raises.

    A preset is the base, which the other parts change. `known` are readings of one's own that need not be in
    the link.
    """
    reader = Reader(query, known)
    preset = reader.take("preset", lambda text: check_choice("preset", text, tuple(PRESETS)))
    config = PRESETS[preset].config if preset else Config()
    config = reader.settings(config)
    config = reader.hyper(config)
    speed = reader.take("speed", lambda text: check_choice("speed", text, SPEEDS)) or Link.speed
    play = reader.take("play", flag) or False
    epoch = reader.take("epoch", partial(_epoch, config.updates)) or 0
    view = reader.view()
    pins = reader.pins(config.data)
    reader.refuse_unknown(config)
    return Link(config, preset, speed, play, epoch, view, pins), capped(reader.problems)


class Reader:
    """Takes one key after the other out of a query and collects what is wrong."""

    def __init__(self, query: Mapping[str, Sequence[str]], known: Dataset | None = None) -> None:
        self.left = dict(query)
        self.known = known
        self.problems: list[Problem] = []

    def take(self, key: str, parse: Callable[[str], _T]) -> _T | None:
        """The parsed value of `key`; None if it is absent or refused."""
        if key not in self.left:
            return None
        values = self.left.pop(key)
        if not isinstance(values, str) and len(values) != 1:
            self.problems.append(_repeated(key, values))
            return None
        text = values if isinstance(values, str) else values[0]
        try:
            return parse(text)
        except ConfigError as error:
            self.problems += (replace(problem, value=shorten(text)) for problem in error.problems)
            return None

    def settings(self, config: Config) -> Config:
        """The config with every setting that the query names and that is allowed.

        Where the query names no learning rate, the usual one follows the readings and their scaling.
        """
        usual = "lr" not in self.left and config.lr == _usual_rate(config)
        config = config.replace(data=self.readings() or config.data)
        for setting in sorted(SETTINGS.values(), key=lambda setting: setting.name in RANGED):
            config = self.take(setting.name, partial(_with_setting, config, setting)) or config
        return config.replace(lr=_usual_rate(config)) if usual else config

    def readings(self) -> Dataset | None:
        """The readings of one's own that the query asks for, if it does."""
        held = "readings" in self.left
        found = self.take("readings", partial(read_readings, known=self.known))
        named = _single(self.left.get("data", ""))
        if named == OWN:
            del self.left["data"]
            found = found if held else self.known
        if held and found is None:
            return None  # what is wrong with them has been told
        try:
            return check_readings(named, found)
        except ConfigError as error:
            self.problems += error.problems
            return None

    def hyper(self, config: Config) -> Config:
        """The same for hyperparameters, one by one, so that a bad one does not spoil the others."""
        for hyper in OPTIMIZERS[config.optimizer].hyper:
            config = self.take(hyper.name, partial(_with_hyper, config, "hyper", hyper)) or config
        for hyper in SCHEDULES[config.schedule].hyper:
            config = self.take(hyper.name, partial(_with_hyper, config, "schedule_hyper", hyper)) or config
        return config

    def view(self) -> View:
        """The picture that the query asks for."""
        taken = {name: self.take(name, partial(check_choice, name, choices=VIEW[name])) for name in VIEW}
        return View(**{name: value for name, value in taken.items() if value})  # type: ignore[arg-type]

    def pins(self, data: str | Dataset) -> tuple[Pin, ...]:
        """The pinned runs beside a run on this data."""
        pins, problems = read_pins(self.take("pins", str) or "", data)
        self.problems += problems
        return pins

    def refuse_unknown(self, config: Config) -> None:
        """A Problem for every key that was not taken."""
        optimizer, schedule = config.optimizer, config.schedule
        hyper, pace = names(OPTIMIZERS[optimizer].hyper), names(SCHEDULES[schedule].hyper)
        for key, values in self.left.items():
            text = values if isinstance(values, str) else next(iter(values), "")
            if key in OWNED["optimizer"]:
                self._refuse(key, text, told(NO_HYPER, optimizer=optimizer), hyper)
            elif key in OWNED["schedule"]:
                self._refuse(key, text, told(NO_SETTING, schedule=schedule), pace)
            else:
                self.problems.append(unknown_key(key, text, [*SETTINGS, *hyper, *pace, *REST]))

    def _refuse(self, key: str, text: str, reason: Text, names: Sequence[str]) -> None:
        none = mark("none")
        self.problems.append(Problem(shorten(key), shorten(text), reason, none, choices=tuple(names)))


def unknown_key(key: str, text: str, names: Sequence[str]) -> Problem:
    """The problem of a key that is none of these names."""
    return unknown(shorten(key), text, UNKNOWN_KEY, key, names)


def _repeated(key: str, values: Sequence[str]) -> Problem:
    shown = shorten(", ".join(value[:LONGEST_NUMBER] for value in values[:3]))
    times = told(mark("given {times} times, so none was used"), times=len(values))
    return Problem(key, shown, times, mark("each key once"))


def _single(values: str | Sequence[str]) -> str:
    """The value of a key; "" where it has several."""
    return values if isinstance(values, str) else values[0] if len(values) == 1 else ""


def _epoch(last: int, text: str) -> int:
    return int(check_number("epoch", value_of(text, "int"), "int", 0, last))


def _usual_rate(config: Config) -> float:
    """The default of the learning rate for these readings under this scaling."""
    return float(settings_for(config.data, config.scaling)["lr"].default)


def _with_setting(config: Config, setting: Setting, text: str) -> Config:
    """The config with this setting changed to what the text says, or ConfigError."""
    return config.replace(**{setting.name: read_as(setting, text)})


def _with_hyper(config: Config, field: str, hyper: Hyper, text: str) -> Config:
    """The config with this hyperparameter changed to what the text says, or ConfigError.

    It stands in `field`: hyper or schedule_hyper.
    """
    return config.replace(**{field: {**getattr(config, field), hyper.name: read_as(hyper, text)}})


def read_as(item: Setting | Hyper, text: str) -> object:
    """The text as a value for this setting or hyperparameter, to be checked; ConfigError for a switch."""
    return flag(text, item.name) if item.kind == "bool" else value_of(text, item.kind)


def capped(problems: list[Problem]) -> list[Problem]:
    """The first problems, and how many more there are: a link can hold thousands."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    more = told(mark("and {more} more"), more=len(problems) - MOST_PROBLEMS)
    return [*problems[:MOST_PROBLEMS], Problem(more, "", mark("not applied"))]
