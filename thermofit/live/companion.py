"""The rows of a run that stands still beside the one in hand: a pin.

A pin outlives its page as a `Plan`: how the run came about. It is then trained again, before it can be shown.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import Protocol

from torch import Tensor

from thermofit import Config, Run
from thermofit.live.recorded import recorded
from thermofit.live.row_blocks import Block, blocks
from thermofit.live.trainer import TRAINER
from thermofit.training.effort import EFFORT
from thermofit.training.history import COLUMNS

KEPT = (*COLUMNS, *EFFORT)
PATIENCE = 1.0  # seconds of waiting for its rows in one answer: the stage asks again after three


class Plan(Protocol):
    """How a recorded run came about, and how it is trained again."""

    @property
    def epoch(self) -> int:
        """The epoch up to which it is meant."""

    def begin(self) -> Run:
        """The run at its first epoch."""

    def go_on(self, run: Run, seconds: float) -> Run:
        """The run after so many more seconds of computing, or at the end of the plan."""


class _Retraced:
    """A plan being trained, as the trainer sees it."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.run = plan, plan.begin()

    @property
    def config(self) -> Config:
        return self.run.config

    @property
    def epoch(self) -> int:
        return self.run.epoch

    @property
    def ended(self) -> bool:
        return self.run.epoch >= self.plan.epoch or self.run.ended

    def advance(self, epochs: int | None = None, seconds: float | None = None) -> None:
        self.run = self.plan.go_on(self.run, seconds or 0.0)


class Companion:
    """The rows of a run up to an epoch, thinned as a whole run is; the run itself is not kept."""

    def __init__(self, run: Run, epoch: int | None = None) -> None:
        self._lock = Lock()
        self._retraced: _Retraced | None = None
        self._kept: list[tuple[Block, Tensor]]
        self._keep(run, run.epoch if epoch is None else min(epoch, run.epoch))

    @classmethod
    def of_plan(cls, plan: Plan) -> "Companion":
        """The run of a plan, which is trained when its rows are first wanted."""
        companion = cls.__new__(cls)
        companion._lock, companion._retraced = Lock(), _Retraced(plan)
        companion._kept = []
        return companion

    def _keep(self, run: Run, epoch: int) -> None:
        found = blocks(-1, epoch, run.config.epochs, None)
        self._kept = [(block, recorded(run, block, KEPT)) for block in found]

    @property
    def is_ready(self) -> bool:
        """Whether its rows are here."""
        return self._retraced is None

    def train(self) -> None:
        """Train the plan to its end, or for about a second, in turn with all other runs."""
        started = time.monotonic()
        while (retraced := self._retraced) and time.monotonic() - started < PATIENCE:
            TRAINER.train_to(retraced, retraced.plan.epoch)
            with self._lock:
                if self._retraced is retraced and retraced.ended:
                    self._keep(retraced.run, min(retraced.run.epoch, retraced.plan.epoch))
                    self._retraced = None

    def parts(self, track: str, columns: Sequence[str]) -> list[tuple[Block, Tensor]]:
        """Its rows as blocks of the track of this name; none while it is still to be trained."""
        picked = [KEPT.index(name) for name in columns]
        return [(replace(block, track=track), rows[:, picked]) for block, rows in self._kept]
