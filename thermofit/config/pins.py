"""Pinned runs as a part of a link: only what differs from the settings by default.

Before it is packed, each pin is one line of fields between tabs:

    name, last epoch, colour and marks, setting=value …, @epoch, setting=value …

The values before the first @epoch are differences to the defaults, so that the link's own settings may be
edited without touching its pins. Those after it are
differences to the settings before that epoch: a run whose settings were changed in mid-run has several parts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from thermofit.config.clock import Clock, clock_of
from thermofit.config.config import Config
from thermofit.config.packing import pack, unpack
from thermofit.config.pin import Pin, check_name
from thermofit.config.settings import SETTINGS
from thermofit.config.texts import OWN, flag, text_of, value_of
from thermofit.data.dataset import Dataset
from thermofit.errors import ConfigError, Number, Problem, Text, check_number, collected, shorten, told
from thermofit.optim.hyperparameters import Hyper, names
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.words import mark

MOST_PINS = 20
MOST_SEGMENTS = 100  # of one pin
# What problems speak of, beside the settings.
# Translators: a recorded run, as a part of a link; the marks are its colour and dash.
RUN, MARKS = mark("run"), mark("marks")

_MARKS = re.compile(r"([0-9]|1[0-9])(h?)(b?)")  # style, hidden, baseline


# ---- writing ----


def write_pins(pins: Sequence[Pin], data: str | Dataset = "") -> str:
    """The pins as the value of a link's key; "" if there are none.

    Runs on readings of one's own are told only if these are the link's own `data`.
    """
    linked = [pin for pin in pins if isinstance(pin.config.data, str) or pin.config.data == data]
    return pack("\n".join(_line(pin) for pin in linked)) if linked else ""


def _line(pin: Pin) -> str:
    hidden, baseline = "" if pin.shown else "h", "b" if pin.baseline else ""
    fields = [pin.name, str(pin.epoch), f"{pin.style}{hidden}{baseline}"]
    base = Config()
    for first, config in pin.segments:
        fields += [f"@{first}"] if first else []
        fields += [f"{name}={text}" for name, text in _differences(config, base).items()]
        base = config
    return "\t".join(fields)


def _differences(config: Config, base: Config) -> dict[str, str]:
    """What leads from `base` to `config`; see `_changed`."""
    found: dict[str, str | Number | Dataset] = {
        name: getattr(config, name) for name in SETTINGS if getattr(config, name) != getattr(base, name)
    }
    before = {} if "optimizer" in found else base.hyper
    found |= _own(OPTIMIZERS[config.optimizer].hyper, config.hyper, before)
    before = {} if "schedule" in found else base.schedule_hyper
    known = SCHEDULES[config.schedule].hyper_for(OPTIMIZERS[config.optimizer])
    found |= _own(known, config.schedule_hyper, before)
    return {name: text_of(value) for name, value in found.items()}


def _own(
    known: Sequence[Hyper], now: Mapping[str, Number], before: Mapping[str, Number]
) -> dict[str, Number]:
    """The hyperparameters whose value is another one than before."""
    values = {each.name: now.get(each.name, each.default) for each in known}
    return {
        each.name: values[each.name]
        for each in known
        if values[each.name] != before.get(each.name, each.default)
    }


# ---- reading ----


def read_pins(text: str, data: str | Dataset = "") -> tuple[tuple[Pin, ...], list[Problem]]:
    """The pins of a link to a run on this `data`, and a Problem for each that is left out; never raises."""
    if not text:
        return (), []
    pins: list[Pin] = []
    problems: list[Problem] = []
    with collected(problems):
        lines = unpack("pins", text).split("\n")
        for number, line in enumerate(lines[:MOST_PINS], 1):
            with collected(problems):
                pins.append(_read_line(line, number, pins, data))
        if len(lines) > MOST_PINS:
            reason = mark("too many, so only the first ones are used")
            allowed = told(mark("at most {most}"), most=MOST_PINS)
            problems.append(Problem("pins", str(len(lines)), reason, allowed))
    return tuple(pins), problems


def _read_line(line: str, number: int, others: Sequence[Pin], data: str | Dataset) -> Pin:
    """The pin of a line; ConfigError with the pin's name and all that is wrong with it."""
    name = shorten(line.partition("\t")[0])
    try:
        pin = _pin(line, data)
        _check_unlike(pin, others)
    except ConfigError as error:
        raise ConfigError(*(_of_pin(each, number, name) for each in error.problems)) from None
    return pin


def _of_pin(problem: Problem, number: int, name: str) -> Problem:
    of_pin = mark("{field} of pin {number} ({name})")
    return replace(problem, about=told(of_pin, field=problem.about, number=number, name=name))


def _refused(field: str, value: str, reason: Text, allowed: Text) -> ConfigError:
    """What is wrong with a part of a pin, whose name is marked for translators."""
    return ConfigError(Problem(told(field), value, reason, allowed))


def _check_unlike(pin: Pin, others: Sequence[Pin]) -> None:
    """Whether runs, colours and the baseline of the pins differ; ConfigError if they don't."""
    for other in others:
        if (pin.segments, pin.epoch) == (other.segments, other.epoch):
            raise _refused(RUN, "", mark("it is pinned twice"), mark("each run once"))
        if pin.style == other.style or (pin.baseline and other.baseline):
            raise _refused(MARKS, "", mark("another pin has the same"), mark("each colour and mark once"))


def _pin(line: str, data: str | Dataset) -> Pin:
    if line.count("\t") < 2:
        raise _refused(RUN, "", mark("not readable"), mark("a name, an epoch and a colour at least"))
    name, end, marks, *fields = line.split("\t")
    segments = tuple(_segments(fields, data))
    found = _MARKS.fullmatch(marks)
    if not found:
        allowed = mark("a colour from 0 to 19, h and b")
        raise _refused(MARKS, shorten(marks), mark("not readable"), allowed)
    style, hidden, baseline = found.groups()
    first, config = segments[-1]
    epoch = _epoch("epoch", end, first, clock_of(segments).update(config.epochs))
    return Pin(check_name(name), segments, epoch, int(style), not hidden, bool(baseline))


def _segments(fields: Sequence[str], data: str | Dataset) -> Iterator[tuple[int, Config]]:
    starts = [place for place, text in enumerate(fields) if text.startswith("@")]
    if len(starts) >= MOST_SEGMENTS:
        fewer = told(mark("fewer than {most}"), most=MOST_SEGMENTS)
        raise _refused(mark("changes"), str(len(starts)), mark("too many"), fewer)
    config, first = _changed(Config(), fields[: starts[0] if starts else len(fields)], data), 0
    clock = Clock.of(config.updates_per_epoch)
    yield first, config
    for start, stop in pairwise([*starts, len(fields)]):
        first = _epoch("change", fields[start][1:], first + 1, clock.update(config.epochs))
        changed = _changed(config, fields[start + 1 : stop], data)
        if changed.data != config.data:
            kept, other = text_of(config.data), text_of(changed.data)
            raise ConfigError(Problem("data", other, mark("a run keeps its readings"), kept))
        clock, config = clock.changed(first, config, changed), changed
        yield first, config


def _epoch(field: str, text: str, least: int, most: int) -> int:
    return int(check_number(field, value_of(text, "int"), "int", least, most))


def _changed(base: Config, fields: Sequence[str], data: str | Dataset) -> Config:
    """The settings that differ from `base` as these fields say, or ConfigError.

    Another optimizer has its own hyperparameters, at their defaults where the fields do not name them.
    `data` are the readings of the link, in case that they are one's own.
    """
    texts = dict(field.partition("=")[::2] for field in fields)
    if len(texts) < len(fields):
        raise _refused(mark("settings"), "", mark("one of them is given twice"), mark("each once"))
    entry = OPTIMIZERS.get(texts.get("optimizer", base.optimizer))
    schedule = SCHEDULES.get(texts.get("schedule", base.schedule))
    own = {name: text for name, text in texts.items() if name not in SETTINGS}
    paced = {name: text for name, text in own.items() if schedule and name in names(schedule.hyper)}
    stepped = {name: text for name, text in own.items() if name not in paced}
    hyper = {} if "optimizer" in texts else dict(base.hyper)
    hyper |= {name: _hyper(entry.hyper if entry else (), name, text) for name, text in stepped.items()}
    pace = {} if "schedule" in texts else dict(base.schedule_hyper)
    pace |= {name: _hyper(schedule.hyper if schedule else (), name, text) for name, text in paced.items()}
    settings = {name: _setting(name, text) for name, text in texts.items() if name in SETTINGS}
    if settings.get("data") == OWN and not isinstance(data, str):
        settings["data"] = data
    try:
        return Config(**(vars(base) | settings | {"hyper": hyper, "schedule_hyper": pace}))
    except ConfigError as error:
        read = [replace(each, value=shorten(texts.get(each.field, each.value))) for each in error.problems]
        raise ConfigError(*read) from None


def _setting(name: str, text: str) -> Any:
    kind = SETTINGS[name].kind
    return flag(text, name) if kind == "bool" else value_of(text, kind)


def _hyper(known: Sequence[Hyper], name: str, text: str) -> Any:
    """The value of this hyperparameter; what is unknown stays as it is, for Config to refuse it."""
    kind = next((each.kind for each in known if each.name == name), "choice")
    return flag(text, name) if kind == "bool" else value_of(text, kind)
