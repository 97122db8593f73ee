"""The rows of a run that stands still beside the one in hand: a pin.

A pin outlives its page as a `Plan`: how the run came about. It is then trained again, before it can be shown.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock

import torch
from torch import Tensor

from thermofit import Run
from thermofit.config.clock import Clock
from thermofit.experiments.race import Result, result
from thermofit.live.recorded import recorded
from thermofit.live.row_blocks import Block, blocks, clocked
from thermofit.live.shared_runs import shared
from thermofit.live.trainer import TRAINER
from thermofit.model.losses import LOSSES
from thermofit.training.effort import EFFORT
from thermofit.training.history import BATCH, COLUMNS
from thermofit.training.plan import Plan

KEPT = (*COLUMNS, *EFFORT)  # and BATCH, of a run with mini-batches
PATIENCE = 1.0  # seconds of waiting for its rows in one answer: the stage asks again after three


class _Retraced:
    """A plan being trained, as the trainer sees it."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.run = plan, _beginning(plan)

    @property
    def updates(self) -> int:
        return self.run.updates

    @property
    def update(self) -> int:
        return self.run.update

    @property
    def ended(self) -> bool:
        return self.run.update > self.plan.epoch or self.run.ended

    def advance(self, updates: int | None = None, seconds: float | None = None) -> None:
        if self.run.update < self.plan.epoch:
            self.run = self.plan.go_on(self.run, seconds or 0.0)
        else:
            self.run.advance(updates=1)  # only this tells whether it explodes where the plan ends


def _beginning(plan: Plan) -> Run:
    """The run of a plan; if its settings never change, sessions with equal settings share it."""
    (_, config), *changes = plan.segments
    return plan.begin() if changes else shared(config)


class Companion:
    """The rows of a run up to an epoch, thinned as a whole run is; the run itself is not kept.

    Its losses are measured by the run's own loss, or by the one called `loss`.
    """

    def __init__(self, run: Run, epoch: int | None = None, loss: str = "") -> None:
        self._lock, self._loss = Lock(), loss
        self.result: Result | None = None  # what became of it, once its rows are here
        self._retraced: _Retraced | None = None
        self._names: tuple[str, ...] = KEPT
        self._kept: list[tuple[Block, Tensor]]
        self._keep(run, run.update if epoch is None else min(epoch, run.update))

    @classmethod
    def of_plan(cls, plan: Plan, loss: str = "") -> "Companion":
        """The run of a plan, which is trained when its rows are first wanted."""
        companion = cls.__new__(cls)
        companion._lock, companion._loss = Lock(), loss
        companion._retraced, companion.result, companion._kept = _Retraced(plan), None, []
        companion._names = KEPT
        return companion

    def _keep(self, run: Run, epoch: int) -> None:
        found = clocked(blocks(-1, epoch, run.updates, None), run.history.clock)
        self._names = (*KEPT, BATCH) if run.history.has_batches else KEPT
        self._kept = [(block, self._measured(run, recorded(run, block, self._names))) for block in found]
        self.result = result(run, epoch, self._loss)

    def _measured(self, run: Run, rows: Tensor) -> Tensor:
        """The rows, whose losses and gradients are those of the loss that measures."""
        if self._loss in ("", run.config.loss):
            return rows
        measured = run.evaluated(rows[:, : len(COLUMNS)].contiguous(), LOSSES[self._loss])
        measured[measured.isinf()] = math.nan  # too large for float32: there is nothing to draw
        return torch.cat([measured, rows[:, len(COLUMNS) :]], dim=1)

    @property
    def is_ready(self) -> bool:
        """Whether its rows are here."""
        return self._retraced is None

    def train(self) -> None:
        """Train the plan to its end, or for about a second, in turn with all other runs."""
        started = time.monotonic()
        while (retraced := self._retraced) and time.monotonic() - started < PATIENCE:
            TRAINER.train_to(retraced, retraced.plan.epoch + 1)
            with self._lock:
                if self._retraced is retraced and retraced.ended:
                    self._keep(retraced.run, min(retraced.run.update, retraced.plan.epoch))
                    self._retraced = None

    def parts(self, track: str, columns: Sequence[str]) -> list[tuple[Block, Tensor]]:
        """Its rows as blocks of the track of this name; none while it is still to be trained.

        Columns that it does not keep are left out.
        """
        kept = tuple(name for name in columns if name in self._names)
        picked, own = [self._names.index(name) for name in kept], None if len(kept) == len(columns) else kept
        return [(replace(block, track=track, columns=own), rows[:, picked]) for block, rows in self._kept]

    def trained(self) -> Result:
        """What became of it; waits until the plan is trained."""
        while self.result is None:
            self.train()
        return self.result

    def table(self) -> dict[str, list[float]]:
        """Its rows as columns, the epoch first, or before it the update; waits like `trained`."""
        self.trained()
        rows = torch.cat([part for _, part in self._kept])
        columns = {name: rows[:, place].tolist() for place, name in enumerate(self._names)}
        return {**_moments([block for block, _ in self._kept]), **columns}


def _moments(found: Sequence[Block]) -> dict[str, list[float]]:
    """The epochs of all rows; where an epoch has several updates, these as well."""
    rows = [range(block.start, block.stop, block.stride) for block in found]
    updates: list[float] = [row for part in rows for row in part]
    if all(block.clock is None for block in found):
        return {"epoch": updates}
    clocks = [block.clock or Clock.of(1) for block in found]
    epochs = [clock.epoch(row) for clock, part in zip(clocks, rows, strict=True) for row in part]
    return {"update": updates, "epoch": epochs}
