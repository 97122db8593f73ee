"""What the runners of a race are called: by what sets them apart."""

from collections import Counter
from collections.abc import Callable, Sequence

from thermofit.config.config import Config
from thermofit.data.scaling import SCALINGS
from thermofit.errors import Number
from thermofit.model.gradients import GRADIENTS
from thermofit.model.losses import LOSSES
from thermofit.numbers import formatted, rate, typed_rate
from thermofit.optim.hyperparameters import Hyper
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.words import inline, listed, local, tr

Namer = Callable[[Config], str]


def names(runners: Sequence[Config]) -> list[str]:
    """A name for each runner, no two equal, of no more than tells them apart; in the reader's language.

    What all runners share is not told: runners of one optimizer are called "rate 0.01" and "rate 0.03". With
    another optimizer among them they are "SGD, rate 0.01", "SGD, rate 0.03" and "Adam". The learning rate is
    told only where nothing else differs, since each optimizer has a scale of its own. What most of them share
    is told of the others only: "Adam", "SGD" and "SGD, Manual".
    """
    parts = [namer for namer in NAMERS if len({namer(config) for config in runners}) > 1]
    found = [listed(part) for part in _parts(runners, parts or NAMERS[:1])]
    if len(set(found)) < len(found):
        often, shortest = Counter(found), _parts(runners, parts)
        found = [
            listed([*part, _rate(config)]) if often[name] > 1 else name
            for name, part, config in zip(found, shortest, runners, strict=True)
        ]
    return found if len(set(found)) == len(found) else _numbered(found)


def _parts(runners: Sequence[Config], namers: Sequence[Namer]) -> list[list[str]]:
    """What is told of each runner: the first part, and others where they are not what most runners have."""
    columns = [[namer(config) for config in runners] for namer in namers]
    usual = ["", *(_most(column) for column in columns[1:])]
    lines = zip(*columns, strict=True) if columns else [()] * len(runners)
    return [[part for part, most in zip(line, usual, strict=False) if part != most] for line in lines]


def _most(column: Sequence[str]) -> str:
    """What more than half of the runners have; "" if there is no such thing."""
    value, times = Counter(column).most_common(1)[0]
    return value if 2 * times > len(column) else ""


def _numbered(found: Sequence[str]) -> list[str]:
    """Set-ups that differ in what no name tells, such as the seventh digit of a rate."""
    return [f"{name} #{place}" for place, name in enumerate(found, 1)]


def _optimizer(config: Config) -> str:
    """SGD, or SGD with momentum 0.9."""
    entry = OPTIMIZERS[config.optimizer]
    own = [_hyper(hyper, config.hyper[hyper.name]) for hyper in entry.hyper if hyper.name in config.hyper]
    return listed([tr(entry.label), *own])


def _hyper(hyper: Hyper, value: Number) -> str:
    """Momentum 0.9, or Nesterov, or no Nesterov."""
    if hyper.kind == "bool":
        return tr(hyper.label) if value else tr("no {label}", label=tr(hyper.label))
    return f"{inline(tr(hyper.label))} {formatted(value)}"


def _rate(config: Config) -> str:
    exact = (text for digits in range(1, 4) if float(text := typed_rate(config.lr, digits)) == config.lr)
    typed = next(exact, "")
    # Translators: the learning rate, in the name of a runner: "SGD, rate 0.01".
    return tr("rate {rate}", rate=local(typed) if typed else rate(config.lr, 3))


def _batch(config: Config) -> str:
    """All readings, single readings, or batches of 4."""
    if config.batch < 2:
        return tr("single readings") if config.batch else tr("all readings")
    return tr("batches of {size}", size=config.batch)


def _schedule(config: Config) -> str:
    return tr("no schedule") if config.schedule == "none" else tr(SCHEDULES[config.schedule].label)


NAMERS: Sequence[Namer] = (
    _optimizer,
    lambda config: tr(GRADIENTS[config.gradient].label),
    lambda config: tr(SCALINGS[config.scaling].label),
    lambda config: tr(LOSSES[config.loss].label),
    _batch,
    _schedule,
)
