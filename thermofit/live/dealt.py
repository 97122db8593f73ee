"""Which readings the steps from some rows see, as they are sent: so the stage can light the present batch.

Only some rows around those shown are sent, and only of a run with mini-batches: nothing grows with its
history.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from thermofit import Run

MOST = 4_096  # numbers of readings in one answer
NOBODY = 0xFFFF  # fills up batches that are shorter than others; no table has so many readings


@dataclass(frozen=True)
class Dealt:
    """The batch of the step after each of the rows from `start` on, shape (rows, most readings in one).

    A batch is told by the numbers of its readings in the data set, from 0 on. A step that sees all training
    rows, or that is never taken, has none.
    """

    start: int
    numbers: np.ndarray[tuple[int, int], np.dtype[np.uint16]]

    def as_json(self) -> dict[str, Any]:
        """What an answer's header says of it."""
        count, width = self.numbers.shape
        return {"from": self.start, "count": count, "width": width}

    def pack(self) -> bytes:
        """The numbers as uint16, little-endian, row by row, to a multiple of four bytes."""
        packed = self.numbers.astype("<u2").tobytes()
        return packed + bytes(-len(packed) % 4)


def dealt(run: Run, start: int) -> Dealt | None:
    """The batches of the steps after the rows from `start` on, as many as go into one answer.

    None for a run without mini-batches, and for a row that is not recorded.
    """
    if not run.history.has_batches or not 0 <= start <= run.update:
        return None
    each = max(1, min(run.config.batch, len(run.split.train)))
    stop = min(run.update + 1, start + max(1, MOST // each))
    batches = [[] if batch is None else batch.tolist() for batch in run.batches(start, stop)]
    if run.ended and stop == run.update + 1:
        batches[-1] = []  # no step follows
    width = max(map(len, batches))
    numbers = np.full((len(batches), width), NOBODY, dtype=np.uint16)
    for row, batch in zip(numbers, batches, strict=True):
        row[: len(batch)] = batch
    return Dealt(start, numbers)
