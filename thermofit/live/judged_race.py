"""A race that is judged by one loss: runs that descend different losses are drawn on one axis."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from torch import Tensor

from thermofit import Config, Run, Status
from thermofit.experiments.standing import Finish, Measure
from thermofit.live.live_race import LiveRace
from thermofit.live.row_blocks import RUN, Block
from thermofit.model.losses import LOSSES
from thermofit.training.history import COLUMNS

JUDGED = ("train_loss", "val_loss")
REACHED: Mapping[Measure, str] = {"epochs": "reached_epoch", "evaluations": "reached_evaluations"}


class JudgedRace(LiveRace):
    """A race whose losses are sent as the loss called `judge` sees them, whatever each run descends.

    Who arrives when is told by the mean squared error, whatever the judge.
    """

    def __init__(self, configs: Mapping[str, Config], judge: str) -> None:
        self.judge = judge
        self.tell: Callable[[JudgedRace], str] | None = None
        super().__init__(configs)

    def judged_by(self, judge: str) -> None:
        """Have another loss judge; the race begins anew, since the rows that were sent are of the old one."""
        with self.lock:
            if judge != self.judge:
                self.judge = judge
                self._line_up(self.configs)

    def rows(self, block: Block, columns: Sequence[str]) -> Tensor:
        """The epochs of a block, shape (count, columns)."""
        rows = super().rows(block, columns)
        run = self.runners.runs.get(block.track)
        if block.track == RUN or run is None or run.config.loss == self.judge:
            return rows
        judged = _judged(run, block, self.judge)
        for place, name in enumerate(columns):
            if name in JUDGED:
                rows[:, place] = judged[:, COLUMNS.index(name)]
        return rows

    def end(self) -> dict[str, Any] | None:
        """How the race ended, in the words of `tell` if there are; None while somebody is still running."""
        end = super().end()
        return {**end, "text": self.tell(self)} if end and self.tell else end

    def finishes(self, names: Mapping[str, str], by: Measure = "epochs") -> list[Finish]:
        """The results under these names, by track."""
        found, runs = self.results(), self.runners.runs
        return [
            Finish(
                reached=self._epoch(track, found[track][REACHED[by]])
                if by == "epochs"
                else found[track][REACHED[by]],
                out_at=self._epoch(track, found[track]["out_at"]),
                name=name,
                failed=runs[track].status is Status.FAILED,
            )
            for track, name in names.items()
        ]

    def _epoch(self, track: str, row: int | None) -> float | None:
        """The epoch of a row of this runner."""
        return None if row is None else self.runners.runs[track].history.clock.epoch(row)


def _judged(run: Run, block: Block, judge: str) -> Tensor:
    """The rows of a block, shape (count, 6), with losses and gradients of another loss."""
    rows = run.history.rows(block.start, block.stop, block.stride, COLUMNS)
    rows = run.evaluated(rows, LOSSES[judge])
    rows[rows.isinf()] = math.nan  # too large for float32: there is nothing to draw
    return rows
