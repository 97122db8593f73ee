"""The way back to any epoch: a loop with the checkpoints that it has saved."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field

from torch import Tensor

from thermofit.loop.checkpoints import Checkpoints
from thermofit.loop.learning_rate import Rates
from thermofit.loop.loop import Loop


@dataclass(frozen=True)
class Done:
    """What some updates did: how often each evaluated the gradient, and the batch that each saw.

    No counts where each evaluated it once, and no batches where each saw all training rows.
    """

    counts: list[int] = field(default_factory=list)
    batches: list[tuple[Tensor, Tensor]] = field(default_factory=list)


class Timeline:
    """A training loop that can go back, with its checkpoints and the learning rates used so far.

    The caller counts the updates, starting at `epoch`: without mini-batches, an epoch is one update.
    """

    def __init__(self, loop: Loop, epoch: int = 0) -> None:
        self.loop, self.first = loop, epoch
        self.rates = Rates(loop.lr)
        self.checkpoints = Checkpoints(epoch)
        self.checkpoints.add(epoch, loop.save())

    def fork(self, loop: Loop, epoch: int) -> "Timeline":
        """A copy up to this epoch for another loop, which still has to `return_to` an epoch of it."""
        other = copy.copy(self)
        loop.share_curves(self.loop)
        other.loop, other.rates, other.checkpoints = loop, copy.copy(self.rates), copy.copy(self.checkpoints)
        other.rates.truncate(epoch)
        other.checkpoints.truncate(epoch)
        return other

    def run(self, rows: Tensor, epoch: int) -> Done:
        """From `epoch` on, one update for each of rows (m, 2), saving the state when it is due."""
        done, found = 0, Done()
        while done < len(rows):
            now = epoch + done
            stop = done + self.checkpoints.next_after(now) - now
            found.counts.extend(self.loop.run(rows[done:stop]))
            found.batches.extend(self.loop.seen)
            done = min(stop, len(rows))
            if self.checkpoints.due(epoch + done):
                self.checkpoints.add(epoch + done, self.loop.save())
        return found

    def set_rate(self, epoch: int, lr: float) -> None:
        """Use this learning rate from `epoch`, the present one, on."""
        self.rates.set(epoch, lr)
        self.loop.set_rate(lr)

    def return_to(self, epoch: int) -> None:
        """Go back to this epoch, and forget what came after.

        The nearest checkpoint before it is restored, and the epochs in between are repeated.
        """
        self.rates.truncate(epoch)
        self.checkpoints.truncate(epoch)
        saved, snapshot = self.checkpoints.latest()
        self.loop.restore(snapshot)
        for epochs, lr in self.rates.spans(saved, epoch):
            self.loop.set_rate(lr)
            self.loop.skip(epochs)
        self.loop.set_rate(self.rates.at(epoch))

    def rates_at(self, epochs: Iterable[int]) -> list[float]:
        """The rate of the update after each of these, none before `first`, as far as it is known."""
        pace = self.loop.pace
        if pace is None:
            return [self.rates.at(epoch) for epoch in epochs]
        return [pace.at(epoch - self.first, self.rates.at(epoch)) for epoch in epochs]
