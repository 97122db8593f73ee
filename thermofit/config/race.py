"""A race as a value and as a link: up to sixteen runs from one start, each a variation of a base set-up.

In a link the base set-up is written as in every other one. `lineup` names a ready-made list of runners, and
`runners` holds the runners themselves, each with what it changes and nothing else:
`runners=optimizer_Adam~lr_0.3~~optimizer_SGD~momentum_0.9`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NoReturn

from thermofit.config.config import Config, ConfigError
from thermofit.config.link import Reader, capped, read_as
from thermofit.config.settings import SETTINGS
from thermofit.data.preparation import prepare
from thermofit.data.scaling import SCALINGS, Scale
from thermofit.errors import Problem, Text, collected, shorten, spell, told, unknown
from thermofit.numbers import rounded
from thermofit.optim.registry import OPTIMIZERS
from thermofit.words import mark

MOST_RUNNERS = 16
# Settings that may differ between runners; another schedule begins with its own defaults.
VARIED = ("optimizer", "gradient", "scaling", "loss", "lr", "batch", "schedule")
BASE = "base"  # a runner that changes nothing
NEXT, PART, IS = "~~", "~", "_"  # between runners, between their parts, between name and value
TWINS = mark("runner {place} is the same as runner {twin}")
DOES_NOT_START = mark("runner {place} does not start because of {field} = {value}: {reason}")
DIGITS = 7  # of a start that is converted to another scaling: as many as float32 has


@dataclass(frozen=True)
class Race:
    """The set-up that all runners share, and the set-up of each runner, no two of them equal."""

    base: Config
    runners: tuple[Config, ...]


def runner(base: Config, **changes: Any) -> Config:
    """`base` with these settings, starting from the same line, whatever the scaling.

    An optimizer that is named starts with its own defaults. ConfigError for what is not allowed.
    """
    if "optimizer" in changes:
        changes = {"hyper": {}, **changes}
    if changes.get("scaling", base.scaling) in (base.scaling, *_unknown_scalings(changes)):
        return base.replace(**changes)
    line = _scale(base, base.scaling).original(base.w0, base.b0)
    new = _scale(base, changes["scaling"])
    w = line[0] / new.factor
    return base.replace(**changes, w0=rounded(w, DIGITS), b0=rounded(line[1] - w * new.offset, DIGITS))


def _unknown_scalings(changes: Mapping[str, Any]) -> set[Any]:
    return {changes.get("scaling")} - set(SCALINGS)


def _scale(base: Config, scaling: str) -> Scale:
    return prepare(base.dataset, base.val, base.split_seed, SCALINGS[scaling]).scale


def changes_of(base: Config, config: Config) -> dict[str, Any]:
    """What `runner` needs to make `config` of `base`; hyperparameters stand under "hyper"."""
    changes = {name: getattr(config, name) for name in VARIED if getattr(config, name) != getattr(base, name)}
    if config.hyper != ({} if "optimizer" in changes else base.hyper):
        changes["hyper"] = dict(config.hyper)
    return changes


def rebased(race: Race, base: Config) -> tuple[Race, list[Problem]]:
    """The race on another base set-up: what varies between the runners stays, the rest follows the base.

    Runners that the new base does not allow are left out, each with a Problem.
    """
    names = varied(race)
    runners = [
        {name: getattr(config, name) for name in names if name != "hyper"}
        | ({"hyper": dict(config.hyper)} if {"hyper", "optimizer"} & names else {})
        for config in race.runners
    ]
    found, problems = assembled(base, [partial(runner, base, **each) for each in runners])
    return Race(base, found), problems


def varied(race: Race) -> set[str]:
    """The settings in which at least one runner differs from the base, "hyper" among them."""
    return {name for config in race.runners for name in changes_of(race.base, config)}


def assembled(
    base: Config, makers: Sequence[Callable[[], Config]]
) -> tuple[tuple[Config, ...], list[Problem]]:
    """The runners that start; a Problem for each one that is refused, equal to another, or one too many."""
    found: list[Config] = []
    problems: list[Problem] = []
    for place, make in enumerate(makers[: MOST_RUNNERS + 1], 1):
        try:
            config = make()
        except ConfigError as error:
            problems += (_out(place, problem) for problem in error.problems)
            continue
        if config in found:
            same = told(TWINS, place=place, twin=found.index(config) + 1)
            problems.append(_refused(same, mark("different runners")))
        elif len(found) == MOST_RUNNERS:
            break
        else:
            found.append(config)
    if len(makers) > MOST_RUNNERS:
        many = told(mark("there are {count} runners"), count=len(makers))
        problems.append(_refused(many, told(mark("at most {most}"), most=MOST_RUNNERS)))
    return tuple(found), problems


def _out(place: int, problem: Problem) -> Problem:
    """The problem of one runner's setting, told as one of the whole list."""
    field, value, why = problem.about, problem.value, told(problem.why)
    reason = told(DOES_NOT_START, place=place, field=field, value=value, reason=why)
    return replace(problem, about="runners", value="", why=reason)


def _refused(reason: Text, allowed: Text) -> Problem:
    return Problem("runners", "", reason, allowed)


# ---- as a link ----


def write(race: Race) -> str:
    """The runners as text for the query parameter `runners`."""
    return NEXT.join(_written(race.base, config) for config in race.runners)


def _written(base: Config, config: Config) -> str:
    changes = changes_of(base, config)
    if "hyper" in changes:
        before = {} if "optimizer" in changes else base.hyper
        defaults = {hyper.name: hyper.default for hyper in OPTIMIZERS[config.optimizer].hyper}
        now = changes.pop("hyper")
        names = [name for name in defaults if now.get(name) != before.get(name)]
        changes |= {name: now.get(name, defaults[name]) for name in names}
    parts = (f"{name}{IS}{_text(value)}" for name, value in changes.items())
    return PART.join(parts) or BASE


def _text(value: Any) -> str:
    return value if isinstance(value, str) else spell(value)


def read(query: Mapping[str, Sequence[str]], base: Config) -> tuple[Race | None, list[Problem]]:
    """The race that the parameter `runners` means, and a Problem for what was not used; never raises.

    None without the parameter, or if no runner is left. A runner of which one part is wrong does not start:
    as another runner it would only mislead.
    """
    reader = Reader({key: query[key] for key in query if key == "runners"})
    found, problems = reader.take("runners", lambda text: _runners(base, text)) or ((), [])
    return (Race(base, found) if found else None), capped([*reader.problems, *problems])


def _runners(base: Config, text: str) -> tuple[tuple[Config, ...], list[Problem]]:
    parts = text.split(NEXT)
    return assembled(base, [partial(_read_runner, base, part) for part in parts])


def _read_runner(base: Config, text: str) -> Config:
    """The runner that this part of the text describes; ConfigError with all that is wrong in it."""
    named, problems = _named(text)
    optimizer = named.get("optimizer", base.optimizer)
    own = {hyper.name: hyper for hyper in OPTIMIZERS[optimizer].hyper} if optimizer in OPTIMIZERS else {}
    items = own | {name: SETTINGS[name] for name in VARIED}
    values: dict[str, Any] = {}
    for name, value in named.items():
        with collected(problems):
            values[name] = read_as(items[name], value) if name in items else _unknown(name, value, items)
    if problems:
        raise ConfigError(*problems)
    hyper = {} if "optimizer" in named else dict(base.hyper)
    hyper |= {name: values.pop(name) for name in own if name in values}
    return runner(base, **values, hyper=hyper)


def _named(text: str) -> tuple[dict[str, str], list[Problem]]:
    """The texts of a runner's settings by their names."""
    pairs = [] if text == BASE else [part.rpartition(IS) for part in text.split(PART)]
    named = {name: value for name, _, value in pairs}
    twice = Problem(shorten(text), "", mark("a setting is named twice"), mark("each setting once"))
    return named, [twice] if len(named) < len(pairs) else []


def _unknown(name: str, value: str, names: Iterable[str]) -> NoReturn:
    reason = mark("there is no such setting of a runner")
    raise ConfigError(unknown(shorten(name), value, reason, name, names))
