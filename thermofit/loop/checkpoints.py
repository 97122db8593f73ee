"""The way back: saved states, few enough to keep, close enough to replay from."""

import copy

from torch import Tensor

from thermofit.loop import Loop, Snapshot
from thermofit.rates import Rates

SPACING = 128  # epochs; replaying so many takes some milliseconds
LIMIT = 128  # saved states; when there are more, every other one goes and the spacing doubles


class Checkpoints:
    """Snapshots at the `first` epoch and at multiples of a spacing that doubles as the run gets longer.

    Their table is replaced, never changed: a copy of it stays as it is, in another thread, too.
    """

    def __init__(self, first: int = 0) -> None:
        self.first = first
        self._saved: dict[int, Snapshot] = {}
        self.spacing = SPACING

    def __len__(self) -> int:
        return len(self._saved)

    def next_after(self, epoch: int) -> int:
        """The first epoch after this one that is to be saved."""
        return (epoch // self.spacing + 1) * self.spacing

    def due(self, epoch: int) -> bool:
        """Whether the state at this epoch is to be saved."""
        return epoch % self.spacing == 0

    def add(self, epoch: int, snapshot: Snapshot) -> None:
        """Keep the state at this epoch, and thin out if there are too many."""
        self._saved = {**self._saved, epoch: snapshot}
        if len(self._saved) > LIMIT:
            self.spacing *= 2
            self._saved = {k: saved for k, saved in self._saved.items() if k == self.first or self.due(k)}

    def truncate(self, epoch: int) -> None:
        """Forget what was saved after this epoch."""
        self._saved = {k: saved for k, saved in self._saved.items() if k <= epoch}

    def latest(self) -> tuple[int, Snapshot]:
        """The last saved state and its epoch; that of the first epoch is always there."""
        epoch = max(self._saved)
        return epoch, self._saved[epoch]


class Timeline:
    """A training loop that can go back, by checkpoints and by the rates that were used on the way.

    Which epoch the loop stands at is counted by the caller, from `epoch` on.
    """

    def __init__(self, loop: Loop, epoch: int = 0) -> None:
        self.loop = loop
        self.rates = Rates(loop.lr)
        self.checkpoints = Checkpoints(epoch)
        self.checkpoints.add(epoch, loop.save())

    def fork(self, loop: Loop, epoch: int) -> "Timeline":
        """The same way up to this epoch for another loop, which has yet to `return_to` an epoch of it."""
        other = copy.copy(self)
        other.loop, other.rates, other.checkpoints = loop, copy.copy(self.rates), copy.copy(self.checkpoints)
        other.rates.truncate(epoch)
        other.checkpoints.truncate(epoch)
        return other

    def run(self, rows: Tensor, epoch: int) -> None:
        """From `epoch` on, one epoch for each of rows (m, 2), saving the state where it is due."""
        done = 0
        while done < len(rows):
            now = epoch + done
            stop = done + self.checkpoints.next_after(now) - now
            self.loop.run(rows[done:stop])
            done = min(stop, len(rows))
            if self.checkpoints.due(epoch + done):
                self.checkpoints.add(epoch + done, self.loop.save())

    def set_rate(self, epoch: int, lr: float) -> None:
        """Use this learning rate from `epoch`, the present one, on."""
        self.rates.set(epoch, lr)
        self.loop.set_rate(lr)

    def return_to(self, epoch: int) -> None:
        """Back to this epoch, and forget what came after.

        The nearest checkpoint before it is restored, the epochs in between are done again.
        """
        self.rates.truncate(epoch)
        self.checkpoints.truncate(epoch)
        saved, snapshot = self.checkpoints.latest()
        self.loop.restore(snapshot)
        for epochs, lr in self.rates.spans(saved, epoch):
            self.loop.set_rate(lr)
            self.loop.skip(epochs)
        self.loop.set_rate(self.rates.at(epoch))
