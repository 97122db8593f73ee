"""Several runs that are trained in step, as one that the trainer can take turns with.

They keep step by epochs. Runs with smaller batches have more updates in each: the rows that count for all are
those of the run with the most.
"""

import math
import time
from collections.abc import Mapping
from math import floor

from thermofit import Config, Run
from thermofit.config.clock import Clock

STRIDE = 16, 512  # fewest and most updates that a run may be ahead of the others
REST = 0.1  # of the time: what is left then is not used, as a few updates of each cost more than they bring


class InStep:
    """Runs that reach each moment together: `update` is the newest that all of those still running have.

    Once all have ended, it is the last update of the one that got farthest.
    """

    def __init__(self, runs: Mapping[str, Run]) -> None:
        self.runs = runs
        self.config: Config = max((run.config for run in runs.values()), key=lambda config: config.updates)
        self._speed = 0.0  # updates of all per second, lately

    @property
    def clock(self) -> Clock:
        """The epochs of the run with the most updates."""
        return Clock.of(self.config.updates_per_epoch)

    @property
    def running(self) -> list[Run]:
        """Those that have not ended."""
        return [run for run in self.runs.values() if not run.ended]

    @property
    def updates(self) -> int:
        """Updates to be done in all, of the run with the most."""
        return self.config.updates

    @property
    def update(self) -> int:
        """The newest update that all runners which are still running have."""
        running = [self._row(run) for run in self.running]
        return min(running) if running else max(map(self._row, self.runs.values()))

    def own(self, run: Run, row: int) -> int:
        """The first row of this run at which as many epochs are done as at this row of all."""
        return run.history.clock.update(self.clock.exact(row))

    def _row(self, run: Run) -> int:
        """How far this run is, in rows of all."""
        return floor(run.history.clock.exact(run.update) * self.config.updates_per_epoch)

    @property
    def ended(self) -> bool:
        """Whether every run has ended."""
        return not self.running

    def advance(self, updates: int | None = None, seconds: float | None = None) -> None:
        """Train this many updates, or this many seconds of computing time (at least one update)."""
        target = self.updates if updates is None else self.update + updates
        start, spent = time.thread_time(), 0.0
        enough = math.inf if seconds is None else (1 - REST) * seconds
        while self.update < target and not self.ended and (spent == 0.0 or spent < enough):
            n = self._stride(target, None if seconds is None else seconds - spent)
            before, first = spent, self.update
            self._round(first + n)
            spent = max(time.thread_time() - start, spent + 1e-6)  # some clocks are coarse
            self._speed = n / (spent - before)

    def _stride(self, target: int, left: float | None) -> int:
        """How many updates all are trained for before the first goes on."""
        fewest, most = STRIDE
        n = min(max(fewest, min(self.update, most)), target - self.update)
        return n if left is None else max(1, min(n, int(self._speed * left)))

    def _round(self, target: int) -> None:
        for run in self.running:
            own = self.own(run, target)
            if run.update < own:
                run.advance(updates=own - run.update)
