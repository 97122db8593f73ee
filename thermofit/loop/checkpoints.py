"""The way back: saved states, few enough to keep and close enough to replay from."""

from thermofit.loop.loop import Snapshot

SPACING = 128  # epochs; replaying this many takes a few milliseconds
LIMIT = 128  # saved states; when there are more, every other one goes and the spacing doubles


class Checkpoints:
    """Snapshots at the `first` epoch and at multiples of a spacing that doubles as the run gets longer.

    Their table is replaced, never changed in place, so a copy stays valid, even in another thread.
    """

    def __init__(self, first: int = 0) -> None:
        self.first = first
        self._saved: dict[int, Snapshot] = {}
        self.spacing = SPACING

    def __len__(self) -> int:
        return len(self._saved)

    def next_after(self, epoch: int) -> int:
        """The first epoch after this one whose state is to be saved."""
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
        """The last saved state with its epoch; the first epoch is always saved."""
        epoch = max(self._saved)
        return epoch, self._saved[epoch]

    def before(self, epoch: int) -> tuple[int, Snapshot]:
        """The last state saved at this epoch or before it, with its epoch."""
        saved = self._saved
        found = max(k for k in saved if k <= epoch)
        return found, saved[found]
