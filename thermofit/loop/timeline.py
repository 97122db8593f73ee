"""The way back to any epoch: a loop with the checkpoints that it has saved."""

import copy

from torch import Tensor

from thermofit.loop.checkpoints import Checkpoints
from thermofit.loop.learning_rate import Rates
from thermofit.loop.loop import Loop


class Timeline:
    """A training loop that can go back, with its checkpoints and the learning rates used so far.

    The caller counts the epochs, starting at `epoch`.
    """

    def __init__(self, loop: Loop, epoch: int = 0) -> None:
        self.loop = loop
        self.rates = Rates(loop.lr)
        self.checkpoints = Checkpoints(epoch)
        self.checkpoints.add(epoch, loop.save())

    def fork(self, loop: Loop, epoch: int) -> "Timeline":
        """A copy up to this epoch for another loop, which still has to `return_to` an epoch of it."""
        other = copy.copy(self)
        other.loop, other.rates, other.checkpoints = loop, copy.copy(self.rates), copy.copy(self.checkpoints)
        other.rates.truncate(epoch)
        other.checkpoints.truncate(epoch)
        return other

    def run(self, rows: Tensor, epoch: int) -> list[int]:
        """From `epoch` on, one epoch for each of rows (m, 2), saving the state when it is due.

        Returns how often each epoch evaluated the gradient; nothing where each does so once.
        """
        done = 0
        counts: list[int] = []
        while done < len(rows):
            now = epoch + done
            stop = done + self.checkpoints.next_after(now) - now
            counts += self.loop.run(rows[done:stop])
            done = min(stop, len(rows))
            if self.checkpoints.due(epoch + done):
                self.checkpoints.add(epoch + done, self.loop.save())
        return counts

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
