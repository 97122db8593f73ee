"""What happened, epoch by epoch: row k holds the parameters after k updates and *their* losses."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from thermofit.training.effort import EFFORT, Effort

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("w", "b", "grad_w", "grad_b", "train_loss", "val_loss")
DRAWN = ("w", "b", "train_loss", "val_loss")


class History:
    """Up to `capacity` rows of float32 COLUMNS, 24 bytes each; the row number is the epoch.

    b is in the unit of the target, w in that per scaled unit, losses in the loss's unit, gradients in that
    per unit of the parameter. val_loss is NaN if there are no validation rows; every other number is finite.

    `effort` knows what the rows have cost. On request, `rows` has it as the columns evaluations (gradient
    evaluations up to that epoch) and seconds (computing time of the training loop up to it).
    """

    def __init__(self, capacity: int) -> None:
        # Left uninitialised: the operating system provides memory only for rows that are written.
        self._table = torch.empty(capacity, len(COLUMNS))
        self._length = 0
        self.effort = Effort(capacity)

    @classmethod
    def of(cls, rows: Tensor, capacity: int, effort: Effort) -> "History":
        """A history that starts with a copy of these rows, shape (m, 6), and of what they have cost."""
        history = cls(capacity)
        history.room(len(rows)).copy_(rows)
        history.commit(len(rows))
        history.effort = effort.fork(history._length - 1, capacity)
        return history

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

        Columns are any of COLUMNS and EFFORT. Rows that are not recorded are left out; ValueError for a
        stride below 1 or an unknown column.
        """
        if stride < 1:
            raise ValueError("stride must be at least 1")
        picked = [_position(column) for column in columns]
        end = self._length if stop is None else max(0, min(stop, self._length))
        first = max(0, start)
        rows = self._table[first:end:stride][:, picked]
        for place in (place for place, name in enumerate(columns) if name in EFFORT):
            rows[:, place] = self.effort.column(columns[place], torch.arange(first, max(first, end), stride))
        return rows

    def row(self, epoch: int) -> dict[str, float]:
        """One row by column name, `epoch` included; IndexError for an epoch that is not recorded."""
        if not 0 <= epoch < self._length:
            newest = self._length - 1
            raise IndexError(f"epoch {epoch} is not recorded; there are 0 to {newest}")
        return {"epoch": epoch} | dict(zip(COLUMNS, self._table[epoch].tolist(), strict=True))

    def to_frame(self) -> "pd.DataFrame":
        """All rows as a DataFrame with the columns epoch, w, b, grad_w, grad_b, train_loss, val_loss."""
        import pandas as pd  # imported here because nothing else needs it and it is slow to load

        frame = pd.DataFrame(self.rows(columns=COLUMNS).numpy(), columns=list(COLUMNS))
        frame.insert(0, "epoch", range(self._length))
        return frame


def _position(column: str) -> int:
    """Where the table has this column; any place for one of EFFORT, which is computed."""
    if column in EFFORT:
        return 0
    if column not in COLUMNS:
        known = ", ".join((*COLUMNS, *EFFORT))
        raise ValueError(f"no column {column!r}; there are {known}")
    return COLUMNS.index(column)
