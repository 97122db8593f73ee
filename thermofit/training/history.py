"""What happened, update by update: row k holds the parameters after k updates and *their* losses."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from thermofit.config.clock import Clock
from thermofit.training.effort import EFFORT, Effort

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("w", "b", "grad_w", "grad_b", "train_loss", "val_loss")
DRAWN = ("w", "b", "train_loss", "val_loss")
BATCH = "batch_loss"


class History:
    """Up to `capacity` rows of float32 COLUMNS, 24 bytes each; the row number is the update.

    An update is an epoch unless there are mini-batches; `clock` tells which epoch it belongs to.

    b is in the unit of the target, w in that per scaled unit, losses in the loss's unit, gradients in that
    per unit of the parameter. val_loss is NaN if there are no validation rows; every other number is finite.

    `effort` knows what the rows have cost. On request, `rows` has it as the columns evaluations (gradient
    evaluations up to that epoch) and seconds (computing time of the training loop up to it).

    With mini-batches there is also batch_loss: the loss over the batch that the step to this row saw, of the
    parameters before that step. It is NaN where the step saw all training rows, and at the start.
    """

    def __init__(self, capacity: int, clock: Clock | None = None, batches: bool = False) -> None:
        self.clock = clock or Clock.of(1)
        # Left uninitialised: the operating system provides memory only for rows that are written.
        self._table = torch.empty(capacity, len(COLUMNS))
        self._length = 0
        self.effort = Effort(capacity)
        self._batch = torch.full((capacity,), torch.nan) if batches else None

    @classmethod
    def of(
        cls,
        rows: Tensor,
        capacity: int,
        before: "History",
        clock: Clock | None = None,
        batches: bool = False,
    ) -> "History":
        """A history that starts with a copy of these rows, shape (m, 6), of which `before` knows the rest."""
        history = cls(capacity, clock, batches or before.has_batches)
        history.room(len(rows)).copy_(rows)
        history.commit(len(rows))
        history.effort = before.effort.fork(history._length - 1, capacity)
        if history._batch is not None and before._batch is not None:
            history._batch[: len(rows)] = before._batch[: len(rows)]
        return history

    @property
    def has_batches(self) -> bool:
        """Whether some of the steps see a batch of the training rows."""
        return self._batch is not None

    def note_batches(self, losses: Tensor) -> None:
        """The batch losses of the first rows of the room."""
        assert self._batch is not None
        self._batch[self._length : self._length + len(losses)] = losses

    def __len__(self) -> int:
        return self._length

    def room(self, n: int) -> Tensor:
        """The n rows after the last one, shape (n, 6), to be filled in place and then committed."""
        return self._table[self._length : self._length + n]

    def commit(self, n: int) -> None:
        """Add the first n rows of the room, which have been filled, to the history."""
        self._length += n

    def truncate(self, epoch: int) -> None:
        """Forget every row after `epoch`."""
        self._length = min(self._length, epoch + 1)
        self.effort.truncate(self._length - 1)

    def rows(
        self, start: int = 0, stop: int | None = None, stride: int = 1, columns: Sequence[str] = DRAWN
    ) -> Tensor:
        """A copy of rows start, start + stride, … below `stop` (default: all), shape (rows, columns).

        Columns are any of COLUMNS, EFFORT and BATCH. Rows that are not recorded are left out; ValueError for
        a stride below 1 or an unknown column.
        """
        if stride < 1:
            raise ValueError("stride must be at least 1")
        picked = [_position(column) for column in columns]
        end = self._length if stop is None else max(0, min(stop, self._length))
        first = max(0, start)
        rows = self._table[first:end:stride][:, picked]
        for place in (place for place, name in enumerate(columns) if name in EFFORT):
            rows[:, place] = self.effort.column(columns[place], torch.arange(first, max(first, end), stride))
        for place in (place for place, name in enumerate(columns) if name == BATCH):
            rows[:, place] = torch.nan if self._batch is None else self._batch[first:end:stride]
        return rows

    def epochs(self) -> Tensor:
        """How many epochs were done at each row, shape (rows,), as float64."""
        return self.clock.epochs(torch.arange(self._length))

    def row(self, epoch: int) -> dict[str, float]:
        """One row by column name, `epoch` included; IndexError for one that is not recorded.

        With mini-batches the row is that of an update, which is included as well.
        """
        if not 0 <= epoch < self._length:
            newest = self._length - 1
            raise IndexError(f"epoch {epoch} is not recorded; there are 0 to {newest}")
        values = dict(zip(COLUMNS, self._table[epoch].tolist(), strict=True))
        if self._batch is None:
            return {"epoch": epoch} | values
        place = {"update": epoch, "epoch": self.clock.epoch(epoch)}
        return place | values | {BATCH: self._batch[epoch].item()}

    def to_frame(self) -> "pd.DataFrame":
        """All rows as a DataFrame with the columns epoch, w, b, grad_w, grad_b, train_loss, val_loss.

        With mini-batches the first column is update, the epoch has a fraction, and batch_loss is the last.
        """
        import pandas as pd  # imported here because nothing else needs it and it is slow to load

        names = [*COLUMNS, BATCH] if self.has_batches else list(COLUMNS)
        frame = pd.DataFrame(self.rows(columns=names).numpy(), columns=names)
        if self.has_batches:
            frame.insert(0, "update", range(self._length))
            frame.insert(1, "epoch", self.epochs().numpy())
        else:
            frame.insert(0, "epoch", range(self._length))
        return frame


def _position(column: str) -> int:
    """Where the table has this column; any place for one of EFFORT or BATCH, which stand elsewhere."""
    if column in (*EFFORT, BATCH):
        return 0
    if column not in COLUMNS:
        known = ", ".join((*COLUMNS, *EFFORT, BATCH))
        raise ValueError(f"no column {column!r}; there are {known}")
    return COLUMNS.index(column)
