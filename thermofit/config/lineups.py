"""Ready-made races: who runs, for any base set-up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from thermofit.config.config import MOST_UPDATES, Config
from thermofit.config.race import Race, assembled, runner
from thermofit.config.settings import settings_for
from thermofit.data.scaling import SCALINGS
from thermofit.data.split import train_count
from thermofit.errors import Problem
from thermofit.model.gradients import GRADIENTS
from thermofit.model.losses import LOSSES
from thermofit.numbers import rounded
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.words import mark

Changes = Mapping[str, Any]
SIZES = (0, 4, 1)  # of batches; 0 means all readings
SEVEN = tuple(10 ** (k / 3) for k in range(-4, 3))  # times the base's rate; from a twentieth to the fivefold


@dataclass(frozen=True)
class Lineup:
    """A ready-made list of runners: `changes` says in what each of them differs from a base set-up.

    With `own_rates`, every runner is to have the rate that suits it, which a range test finds.
    """

    key: str
    label: str
    help: str
    changes: Callable[[Config], Sequence[Changes]]
    own_rates: bool = False

    def race(self, base: Config) -> tuple[Race, list[Problem]]:
        """The runners on this base, at its rate, and a Problem for each one that the base does not allow."""
        makers = [partial(runner, base, **each) for each in self.changes(base)]
        found, problems = assembled(base, makers)
        return Race(base, found), problems

    def has(self, race: Race) -> bool:
        """Whether these are the runners of this line-up; for own rates, whatever their rates are."""
        own = self.race(race.base)[0].runners
        if not self.own_rates:
            return race.runners == own
        rate = race.base.lr
        return tuple(_at(config, rate) for config in race.runners) == tuple(_at(c, rate) for c in own)


def _at(config: Config, lr: float) -> Config:
    return config.replace(lr=lr) if config.lr != lr else config


def _each(name: str, entries: Mapping[str, Any]) -> Callable[[Config], Sequence[Changes]]:
    """A runner for each entry of a registry."""
    return lambda base: [{name: entry} for entry in entries]


def _seven_rates(base: Config) -> Sequence[Changes]:
    """Seven rates around the base's, evenly spaced on a log scale; moved where they would leave the range."""
    allowed = settings_for(base.data, base.scaling)["lr"]
    middle = min(max(base.lr, allowed.minimum / SEVEN[0]), allowed.maximum / SEVEN[-1])
    rates = (min(max(rounded(middle * factor, 2), allowed.minimum), allowed.maximum) for factor in SEVEN)
    return [{"lr": rate} for rate in rates]


def _batch_sizes(base: Config) -> Sequence[Changes]:
    """All readings in each step, a few, or one; of so many epochs that none takes too many updates."""
    most = MOST_UPDATES // train_count(len(base.dataset), base.val)
    return [{"batch": size, "epochs": min(base.epochs, most)} for size in SIZES]


LINEUPS = {
    lineup.key: lineup
    for lineup in (
        Lineup(
            "own-rates",
            mark("All optimizers, each at its own good rate"),
            mark("Every optimizer at the learning rate that suits it best on these readings."),
            _each("optimizer", OPTIMIZERS),
            own_rates=True,
        ),
        Lineup(
            "same-rate",
            mark("All optimizers at the same rate"),
            mark("Every optimizer at the learning rate of the settings: for some it is far too small."),
            _each("optimizer", OPTIMIZERS),
        ),
        Lineup(
            "seven-rates",
            mark("One optimizer at seven rates"),
            mark("From far too small to too large: where is the best rate, and which one explodes?"),
            _seven_rates,
        ),
        Lineup(
            "scalings",
            mark("Every input scaling"),
            mark(
                "The same line at the start and the same learning rate: only the unit of the "
                "readings differs."
            ),
            _each("scaling", SCALINGS),
        ),
        Lineup(
            "losses",
            mark("Every loss"),
            mark("Each run descends its own loss, and all of them are judged by the same one."),
            _each("loss", LOSSES),
        ),
        Lineup(
            "gradients",
            mark("Manual and autograd: the same line twice"),
            mark("Formulas by hand against PyTorch's autograd. Can you tell them apart?"),
            _each("gradient", GRADIENTS),
        ),
        Lineup(
            "batch-sizes",
            mark("Batch sizes: all, four, one"),
            mark("All readings in each step, four of them, or a single one: small batches take more steps."),
            _batch_sizes,
        ),
        Lineup(
            "schedules",
            mark("Every schedule"),
            mark("The same rate at the start or at the top, and ten ways to go on with it."),
            _each("schedule", SCHEDULES),
        ),
    )
}
USUAL = "same-rate"
