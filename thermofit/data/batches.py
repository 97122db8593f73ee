"""Mini-batches: which rows each step sees, in the order in which torch's DataLoader would serve them."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

BLOCK = 96  # batches that are dealt out at a time: one by one, each would cost several times as much


@dataclass(frozen=True)
class Batching:
    """How `rows` training rows are dealt out: `size` of them for each step, in an order that `seed` draws.

    Each epoch has a new order. Its last batch is shorter where the size does not divide the rows; with
    `drop_last` it is left out.
    """

    rows: int
    size: int
    seed: int
    drop_last: bool

    @property
    def per_epoch(self) -> int:
        """How many batches an epoch has."""
        return batches_per_epoch(self.rows, self.size, self.drop_last)

    @property
    def whole(self) -> int:
        """How many of them have the full size."""
        return self.rows // self.size


def batches_per_epoch(rows: int, size: int, drop_last: bool) -> int:
    """How many batches of this size an epoch has; a size of 0 stands for all rows."""
    if size == 0:
        return 1
    return rows // size if drop_last else -(-rows // size)


@dataclass(frozen=True, eq=False)
class Place:
    """A place in the order: the generator's state at some epoch's start, and the batches since then."""

    generator: Tensor
    taken: int


class Batches:
    """The batches of one epoch after the other, cut from `columns`, tensors (rows, …).

    They are those of DataLoader(TensorDataset(*columns), batch_size, shuffle=True, drop_last=…, generator=…)
    with a generator of the same seed, read to the end in every epoch.
    """

    def __init__(self, batching: Batching, *columns: Tensor) -> None:
        self.batching, self._columns = batching, columns
        self._generator = torch.Generator().manual_seed(batching.seed)
        self._worker_seed = torch.empty((), dtype=torch.int64)
        self._start = self._generator.get_state()
        self._dealt: list[tuple[Tensor, ...]] = []
        self._taken = 0

    def take(self) -> tuple[Tensor, ...]:
        """The next batch: its rows of each column."""
        if self._taken == len(self._dealt):
            self._deal(BLOCK)
        batch = self._dealt[self._taken]
        self._taken += 1
        return batch

    def save(self) -> Place:
        """The present place."""
        return Place(self._start, self._taken)

    def restore(self, place: Place) -> None:
        """Go back to a saved place."""
        self._generator.set_state(place.generator)
        self._deal(max(place.taken, 1))
        self._taken = place.taken

    def _deal(self, batches: int) -> None:
        """Deal out so many batches or a few more, up to the end of an epoch."""
        self._start, self._taken = self._generator.get_state(), 0
        epochs = -(-batches // self.batching.per_epoch)
        order = torch.stack([self._order() for _ in range(epochs)])
        self._dealt = list(zip(*(self._cut(column[order]) for column in self._columns), strict=True))

    def _order(self) -> Tensor:
        """The row numbers of the next epoch in their order.

        A DataLoader draws a seed for its workers, then its sampler the order, and at the end another order of
        which it uses nothing: see dataloader.py and sampler.py in torch.utils.data.
        """
        self._worker_seed.random_(generator=self._generator)
        order = torch.randperm(self.batching.rows, generator=self._generator)
        torch.randperm(self.batching.rows, generator=self._generator)
        return order

    def _cut(self, epochs: Tensor) -> Sequence[Tensor]:
        """The batches of shuffled epochs (e, rows, …)."""
        size, whole, each = self.batching.size, self.batching.whole, self.batching.per_epoch
        full = epochs[:, : whole * size].reshape(len(epochs) * whole, size, *epochs.shape[2:]).unbind()
        if each == whole:
            return full
        short = epochs[:, whole * size :].unbind()
        return [
            batch
            for place, last in enumerate(short)
            for batch in (*full[place * whole : (place + 1) * whole], last)
        ]
