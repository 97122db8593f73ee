"""The learning rate that suits a set-up: at which it comes near the best line in the fewest epochs.

A range test as in `lr_range`, but each rate is judged as a race judges its runners: by the epochs until the
mean squared error is within 1 % of the smallest possible one.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from thermofit.config.config import Config
from thermofit.config.settings import settings_for
from thermofit.experiments.arrival import Arrival
from thermofit.experiments.lr_range import log_rates
from thermofit.training.run import Run

MOST = 3000  # epochs, of a config that plans for more
COUNT, FINER = 30, 7  # rates over the whole range, and between the neighbours of the best one
FIRST, GROWTH = 8, 4  # a round has 8 epochs, later a quarter of those done
PAUSE = 0.1  # seconds between two reports, at which the caller can cancel
FAR, NEAR = 0.7, 0.9  # the share of the work that is done after the whole range, and after the finer one


@dataclass(frozen=True)
class Search:
    """The share of the work done, 0 to 1, and at the end the rate; None if every rate diverges."""

    done: float
    lr: float | None = None


def good_rate(config: Config) -> Iterator[Search]:
    """Search the rate; the last report has it. To cancel, ask for no further report.

    All rates run in step until the first arrives; then the rates around it run as far as it did. The best one
    that also survives all epochs is chosen. If none arrives within the config's epochs, or 3000, the lowest
    training loss decides. The config's own rate and tolerance are ignored.
    """
    epochs = min(config.epochs, MOST)
    allowed = settings_for(config.data, config.scaling)["lr"]
    rates = log_rates(allowed.minimum, allowed.maximum, COUNT)
    tried = [_Trial(config, lr, epochs) for lr in rates]
    updates = tried[0].run.updates
    yield from _told(_in_step(tried, updates), 0.0, FAR)
    best = min(tried, key=_Trial.score)
    around = _neighbours(rates, best.lr)
    limit = updates if best.arrival.epoch is None else best.arrival.epoch
    finer = [_Trial(config, lr, epochs) for lr in log_rates(*around, FINER + 2)[1:-1] if lr != best.lr]
    yield from _told(_in_step(finer, limit), FAR, NEAR)
    found: list[float] = []
    yield from _told(_survivor(sorted([*tried, *finer], key=_Trial.score), updates, found), NEAR, 1.0)
    yield Search(1.0, found[0] if found else None)


class _Trial:
    """A run at one rate."""

    def __init__(self, config: Config, lr: float, epochs: int) -> None:
        self.lr = lr
        self.run = Run(config.replace(lr=lr, epochs=epochs, tolerance=0.0))
        self.arrival = Arrival(self.run)

    def advance(self, epoch: int) -> bool:
        """Train up to this row, which is that of an update; whether the run has arrived by then."""
        if self.run.update < epoch and not self.run.ended:
            self.run.advance(updates=epoch - self.run.update)
        return self.arrival.look() is not None and not self.out

    @property
    def out(self) -> bool:
        """Whether the run has diverged, or torch has refused a step."""
        return self.run.ended and self.run.update < self.run.updates

    def score(self) -> tuple[bool, int, float]:
        """The less, the better: who is out comes last, who arrives early first, then the loss decides."""
        reached = self.arrival.epoch
        loss = self.run.history.row(self.run.update)["train_loss"]
        return self.out, self.run.updates + 1 if reached is None else reached, loss


def _in_step(trials: Sequence[_Trial], epochs: int) -> Iterator[float]:
    """Train all in rounds until one arrives, or up to so many epochs; yields the share that is done."""
    done = 0
    while done < epochs:
        target = min(epochs, done + max(FIRST, done // GROWTH))
        arrived = False
        for place, trial in enumerate(trials, 1):
            arrived |= trial.advance(target)
            yield (done + (target - done) * place / len(trials)) / epochs
        done = epochs if arrived else target


def _survivor(trials: Iterable[_Trial], epochs: int, found: list[float]) -> Iterator[float]:
    """Train the best ones to the end until one survives, whose rate is put into `found`."""
    for trial in trials:
        while not trial.run.ended:
            trial.run.advance(updates=FIRST)
            yield trial.run.update / epochs
        if not trial.out:
            found.append(trial.lr)
            return


def _told(shares: Iterator[float], start: float, stop: float) -> Iterator[Search]:
    """Now and then a report, as this part of the work goes from `start` to `stop`."""
    told = time.perf_counter()
    for share in shares:
        if time.perf_counter() - told > PAUSE:
            yield Search(start + (stop - start) * share)
            told = time.perf_counter()


def _neighbours(rates: Sequence[float], lr: float) -> tuple[float, float]:
    place = rates.index(lr)
    return rates[max(place - 1, 0)], rates[min(place + 1, len(rates) - 1)]
