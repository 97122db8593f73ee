"""The learning rates of a run, and the epochs from which they apply."""

from itertools import pairwise


class Rates:
    """A step function of the epoch; the rate set at epoch e is the one that makes row e + 1.

    Its table is replaced, never changed in place, so a copy stays valid.
    """

    def __init__(self, lr: float) -> None:
        self._from = {0: lr}

    def at(self, epoch: int) -> float:
        """The rate in use at this epoch."""
        return self._from[max(start for start in self._from if start <= epoch)]

    def set(self, epoch: int, lr: float) -> None:
        """Use this rate from `epoch` on, and forget later changes."""
        self.truncate(epoch)
        self._from = {**self._from, epoch: lr}

    def truncate(self, epoch: int) -> None:
        """Forget the changes made after this epoch; one made at it stays."""
        self._from = {start: lr for start, lr in self._from.items() if start <= epoch}

    def spans(self, start: int, stop: int) -> list[tuple[int, float]]:
        """The epochs from start to stop as (how many, at which rate), in order."""
        edges = [start, *sorted(e for e in self._from if start < e < stop), stop]
        return [(b - a, self.at(a)) for a, b in pairwise(edges)]
