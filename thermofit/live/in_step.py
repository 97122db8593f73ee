"""Several runs that are trained in step, as one that the trainer can take turns with."""

import time
from collections.abc import Mapping

from thermofit import Config, Run

STRIDE = 16, 512  # fewest and most epochs that a run may be ahead of the others


class InStep:
    """Runs that reach each epoch together: `epoch` is the newest that all of those still running have.

    Once all have ended, it is the last epoch of the one that got farthest.
    """

    def __init__(self, runs: Mapping[str, Run]) -> None:
        self.runs = runs
        self.config: Config = max((run.config for run in runs.values()), key=lambda config: config.epochs)
        self._speed = 0.0  # epochs of all per second, lately

    @property
    def running(self) -> list[Run]:
        """Those that have not ended."""
        return [run for run in self.runs.values() if not run.ended]

    @property
    def epoch(self) -> int:
        """The newest epoch that all runners which are still running have."""
        running = [run.epoch for run in self.running]
        return min(running) if running else max(run.epoch for run in self.runs.values())

    @property
    def ended(self) -> bool:
        """Whether every run has ended."""
        return not self.running

    def advance(self, epochs: int | None = None, seconds: float | None = None) -> None:
        """Train this many epochs, or this many seconds of computing time (at least one epoch)."""
        target = self.config.epochs if epochs is None else self.epoch + epochs
        start, spent = time.thread_time(), 0.0
        while self.epoch < target and not self.ended and (spent == 0.0 or seconds is None or spent < seconds):
            n = self._stride(target, None if seconds is None else seconds - spent)
            before, first = spent, self.epoch
            self._round(first + n)
            spent = max(time.thread_time() - start, spent + 1e-6)  # some clocks are coarse
            self._speed = n / (spent - before)

    def _stride(self, target: int, left: float | None) -> int:
        """How many epochs all are trained for before the first goes on."""
        fewest, most = STRIDE
        n = min(max(fewest, min(self.epoch, most)), target - self.epoch)
        return n if left is None else max(1, min(n, int(self._speed * left)))

    def _round(self, target: int) -> None:
        for run in self.running:
            if run.epoch < target:
                run.advance(epochs=target - run.epoch)
