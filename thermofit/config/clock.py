"""Which epoch an update belongs to: with mini-batches, an epoch has several updates."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, log10

import torch
from torch import Tensor

from thermofit.config.config import Config
from thermofit.numbers import count
from thermofit.optim.schedules import SCHEDULES
from thermofit.words import local, tr

OUTSIDE = ("lr", "epochs", "tolerance", "w0", "b0", "average")  # settings that do not need a new loop


@dataclass(frozen=True)
class Span:
    """From the update `first` on, at which `epoch` epochs were done, an epoch has `per_epoch` updates."""

    first: int
    epoch: Fraction
    per_epoch: int


@dataclass(frozen=True)
class Clock:
    """Counts the epochs of a run, whose settings may have changed on its way."""

    spans: tuple[Span, ...]

    @classmethod
    def of(cls, per_epoch: int) -> "Clock":
        """The clock of a run that never changes."""
        return cls((Span(0, Fraction(0), per_epoch),))

    @property
    def counts_updates(self) -> bool:
        """Whether every epoch is one update, so that both have the same number."""
        return all(span.per_epoch == 1 for span in self.spans)

    def span(self, update: int) -> Span:
        """The span that the step after this update belongs to."""
        firsts = [span.first for span in self.spans]
        return self.spans[bisect_right(firsts, update) - 1]

    def exact(self, update: int) -> Fraction:
        """How many epochs are done after so many updates."""
        span = self.span(update)
        return span.epoch + Fraction(update - span.first, span.per_epoch)

    def epoch(self, update: int) -> float:
        """The same as a number, a whole one where an epoch is complete."""
        exact = self.exact(update)
        return int(exact) if exact.denominator == 1 else float(exact)

    def begun(self, update: int) -> int:
        """How many epochs are done or begun after so many updates."""
        return ceil(self.exact(update))

    @property
    def digits(self) -> int:
        """How many decimals of an epoch tell each update from the next."""
        return ceil(log10(max(span.per_epoch for span in self.spans)))

    def written(self, update: int) -> str:
        """The epoch of an update as a person reads it: 12, or 12.3 where an epoch has several updates.

        It is never rounded up, so that no epoch looks complete before it is. `written` and `told` have their
        twins in stage/frontend/clock.js.
        """
        if self.counts_updates:
            return count(update)
        parts = 10**self.digits
        whole, part = divmod(floor(self.exact(update) * parts), parts)
        return local(f"{count(whole)}.{part:0{self.digits}}")

    def told(self, update: int) -> str:
        """The moment of an update: epoch 12, or epoch 12.3, update 37."""
        epoch, number = self.written(update), count(update)
        # Translators: a moment of a run, within a sentence such as "Paused at {moment}."
        if self.counts_updates:
            return tr("epoch {epoch}", epoch=epoch)
        return tr("epoch {epoch}, update {update}", epoch=epoch, update=number)

    def epochs(self, updates: Tensor) -> Tensor:
        """The epochs (n,), as float64, after each of the updates (n,)."""
        found = torch.zeros(len(updates), dtype=torch.float64)
        for span in self.spans:
            after = updates >= span.first
            found[after] = float(span.epoch) + (updates[after] - span.first).double() / span.per_epoch
        return found

    def update(self, epoch: float | Fraction) -> int:
        """The first update after which so many epochs are done."""
        starts = [span.epoch for span in self.spans]
        span = self.spans[max(bisect_right(starts, epoch) - 1, 0)]
        return span.first + ceil((Fraction(epoch) - span.epoch) * span.per_epoch)

    def after(self, update: int, epochs: int) -> int:
        """The update at the end of the `epochs` whole epochs from this update on, or of the rest of one."""
        span = self.span(update)
        done = (update - span.first) // span.per_epoch
        return max(update, span.first + (done + epochs) * span.per_epoch)

    def ends_epoch(self, updates: Tensor) -> Tensor:
        """Which of the updates (n,) are the last of an epoch; none before the first step is."""
        found = torch.zeros(len(updates), dtype=torch.bool)
        for span in self.spans:
            after = updates > span.first
            found[after] = (updates[after] - span.first) % span.per_epoch == 0
        return found

    def until(self, update: int) -> "Clock":
        """A clock that forgets what changes after this update."""
        return Clock(tuple(span for span in self.spans if span.first <= update) or self.spans[:1])

    def then(self, update: int, per_epoch: int) -> "Clock":
        """A clock that goes on with so many updates per epoch from this update on."""
        kept = tuple(span for span in self.spans if span.first < update)
        if kept and kept[-1].per_epoch == per_epoch == 1:
            return Clock(kept)
        return Clock((*kept, Span(update, self.exact(update), per_epoch)))

    def changed(self, update: int, old: Config, new: Config) -> "Clock":
        """The clock of a run that follows `new` instead of `old` from this update on."""
        if same_loop(old, new):
            return self.until(update)
        return self.then(update, new.updates_per_epoch)


def same_loop(old: Config, new: Config) -> bool:
    """Whether a run of `old` goes on under `new` without a new loop and so with the optimizer's memory."""
    if SCHEDULES[old.schedule].needs_total and new.epochs != old.epochs:
        return False  # it is drawn out over the whole run
    # Field by field: the epochs of one and the batches of the other need not be allowed together.
    return all(
        getattr(old, name) == getattr(new, name) for name in Config.model_fields if name not in OUTSIDE
    )


def clock_of(segments: Sequence[tuple[int, Config]]) -> Clock:
    """The clock of a run that followed these settings, each from its update on."""
    clock = Clock.of(segments[0][1].updates_per_epoch)
    for (_, old), (first, new) in pairwise(segments):
        clock = clock.changed(first, old, new)
    return clock
