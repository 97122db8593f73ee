"""What a run has cost up to each epoch: gradient evaluations and computing time."""

from collections.abc import Sequence

import torch
from torch import Tensor

EFFORT = ("evaluations", "seconds")


class Effort:
    """Gradient evaluations and seconds of computing up to each epoch of a history.

    Every epoch evaluates the gradient once, unless it was counted otherwise; only what goes beyond that is
    stored. Within a slice every epoch is taken to last equally long.
    """

    def __init__(self, capacity: int) -> None:
        # Left uninitialised: the operating system provides memory only for epochs that are written.
        self._seconds = torch.empty(capacity)
        self._seconds[:1] = 0.0
        self._spent = 0.0  # up to the newest epoch, in float64, so that short epochs add up
        self._surplus: Tensor | None = None  # evaluations beyond one per epoch, up to epoch `_counted`
        self._counted = 0

    def fork(self, epoch: int, capacity: int) -> "Effort":
        """A copy up to this epoch, for a history of another capacity."""
        other = Effort(capacity)
        other._seconds[: epoch + 1] = self._seconds[: epoch + 1]
        other._spent = float(self._seconds[epoch])
        if self._surplus is not None:
            other._counted = min(self._counted, epoch)
            stop = other._counted + 1
            other._surplus = torch.empty(capacity, dtype=torch.int64)
            other._surplus[:stop] = self._surplus[:stop]
        return other

    def add(self, epoch: int, epochs: int, seconds: float, counts: Sequence[int] = ()) -> None:
        """The `epochs` after `epoch` took so many seconds; `counts` holds the evaluations of each.

        No counts mean one evaluation per epoch.
        """
        if counts:
            self._count(epoch, counts)
        first, last = self._spent + seconds / epochs, self._spent + seconds
        torch.linspace(first, last, epochs, out=self._seconds[epoch + 1 : epoch + 1 + epochs])
        self._spent = last

    def _count(self, epoch: int, counts: Sequence[int]) -> None:
        if self._surplus is None:
            self._surplus = torch.empty(self._capacity, dtype=torch.int64)
            self._surplus[0] = 0
        last = self._surplus[self._counted].clone()
        self._surplus[self._counted : epoch + 1] = last
        stop = epoch + 1 + len(counts)
        self._surplus[epoch + 1 : stop] = last + (torch.tensor(counts) - 1).cumsum(0)
        self._counted = stop - 1

    @property
    def _capacity(self) -> int:
        return len(self._seconds)

    def truncate(self, epoch: int) -> None:
        """Forget what was done after this epoch."""
        epoch = max(epoch, 0)
        self._counted = min(self._counted, epoch)
        self._spent = float(self._seconds[epoch])

    def evaluations(self, epochs: Tensor) -> Tensor:
        """Gradient evaluations up to each of the epochs (n,), as int64."""
        if self._surplus is None:
            return epochs
        return epochs + self._surplus[epochs.clamp(max=self._counted)]

    def seconds(self, epochs: Tensor) -> Tensor:
        """Computing time of the training loop up to each of the epochs (n,), in seconds, as float32."""
        return self._seconds[epochs]

    def column(self, name: str, epochs: Tensor) -> Tensor:
        """One of EFFORT up to each of the epochs (n,), as float32."""
        return self.evaluations(epochs).float() if name == "evaluations" else self.seconds(epochs)
