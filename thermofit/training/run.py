"""A run: from a Config to rows of History, forwards, and back to any of them.

A row is an update. Without mini-batches an epoch is one update, and both have the same number. The numbers
depend only on the config and on the rows at which the rate was changed, not on how the work was sliced,
interrupted or repeated.
"""

import time
from collections.abc import Sequence
from enum import StrEnum

import torch
from torch import Tensor

from thermofit.config.clock import Clock
from thermofit.config.config import Config
from thermofit.config.settings import settings_for
from thermofit.loop.mistakes import StepRefused
from thermofit.model.evaluation import batch_losses, first_converged, first_nonfinite
from thermofit.training.assembly import prepared
from thermofit.training.history import COLUMNS, History
from thermofit.training.record import Record
from thermofit.training.segment import Segment, new_segment

SLICE = 16, 1024  # fewest and most updates whose losses are computed at once


class Status(StrEnum):
    """The state of a run."""

    READY = "ready"  # at epoch 0
    RUNNING = "running"
    FINISHED = "finished"  # all epochs done
    DIVERGED = "diverged"  # the next row would hold a number that is not finite
    CONVERGED = "converged"  # the gradient is shorter than the tolerance
    FAILED = "failed"  # torch refused the step; only a mistake made on purpose does that


class LossTooLarge(ValueError):
    """The loss at `epoch`, from which a run was to go on, is too large for float32 under its settings."""

    def __init__(self, epoch: int) -> None:
        super().__init__(f"the loss at epoch {epoch} is too large for float32 under these settings")
        self.epoch = epoch


class Run(Record):
    """Training of one Config.

    `history` holds the rows 0 … `update`, row 0 being the start. Where a method takes the number of a row,
    its parameter is called `epoch`; with mini-batches it is that of an update, see `history.clock`.

    A run diverges at the first update whose row holds a number that is not finite, `diverged_at`. The run
    itself then stays at the update before, the last one with a finite row. If torch refuses a step, the run
    has failed: `error` is torch's message, and the run stays at the update before. ValueError if even the
    loss at the start is too large for float32.
    """

    def __init__(self, config: Config) -> None:
        clock = Clock.of(config.updates_per_epoch)
        self._follow(
            new_segment(config, prepared(config)), History(config.updates + 1, clock, config.batch > 0)
        )
        start = self.history.room(1)
        start[0, :2] = self._segment.start
        self._take(start, first_epoch=0)
        if self.diverged_at is not None:
            raise ValueError("the loss of the start is too large for float32: use smaller readings")

    @classmethod
    def resume(cls, segment: Segment, history: History, past: tuple[Segment, ...]) -> "Run":
        """A run at the last row of `history`, which the loop of `segment` has reached; see `branch`.

        `past` holds the earlier segments. LossTooLarge, a ValueError, if the loss of that row is.
        """
        run = cls.__new__(cls)
        run._follow(segment, history, past)
        here = run.evaluated(history.rows(run.update, columns=COLUMNS))
        if first_nonfinite(run._numbers(here)) < 1:
            raise LossTooLarge(run.update)
        run._converged = first_converged(here[:, 2:4], segment.config.tolerance) < 1
        return run

    def _follow(self, segment: Segment, history: History, past: tuple[Segment, ...] = ()) -> None:
        super()._follow(segment, history, past)
        self.diverged_at: int | None = None
        self.error: str | None = None
        self._converged = False
        self._speed = 0.0  # updates per second, lately

    @property
    def status(self) -> Status:
        """The present state of the run."""
        if self.error is not None:
            return Status.FAILED
        if self.diverged_at is not None:
            return Status.DIVERGED
        if self._converged:
            return Status.CONVERGED
        if self.update == self.updates:
            return Status.FINISHED
        return Status.RUNNING if self.update else Status.READY

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to do."""
        return self.status not in (Status.READY, Status.RUNNING)

    def advance(
        self, epochs: int | None = None, seconds: float | None = None, updates: int | None = None
    ) -> Status:
        """Train this many epochs or updates, or this many seconds of computing time of the thread.

        Given several, the limit that comes first counts; in seconds at least one update is done. With
        mini-batches, `epochs` goes on to the end of an epoch: after a part of one, its rest is the first.
        Stops when the run ends, and returns the status. ValueError if none is given or one is negative.
        """
        given = [limit for limit in (epochs, seconds, updates) if limit is not None]
        if not given or min(given) < 0:
            raise ValueError("advance by a number of epochs, updates or seconds, not below 0")
        target = self.updates
        if epochs is not None:
            target = min(target, self.history.clock.after(self.update, epochs))
        if updates is not None:
            target = min(target, self.update + updates)
        if seconds is None:
            self._advance_to(target)
        else:
            self._advance_for(seconds, target)
        return self.status

    def _advance_to(self, target: int) -> None:
        while self.update < target and not self.ended:
            self._train(min(self._slice(), target - self.update))

    def _slice(self) -> int:
        """As many updates as are done already, within limits, so that an early divergence is noticed soon."""
        fewest, most = SLICE
        return max(fewest, min(self.update, most))

    def _advance_for(self, seconds: float, target: int) -> None:
        """Slices as long as the time left, estimated from the speed of the previous one."""
        start, spent = time.thread_time(), 0.0
        while self.update < target and not self.ended and (spent == 0.0 or spent < seconds):
            n = max(1, min(self._slice(), target - self.update, int(self._speed * (seconds - spent))))
            self._train(n)
            before, spent = spent, max(time.thread_time() - start, spent + 1e-6)  # some clocks are coarse
            self._speed = n / (spent - before)

    def _train(self, n: int) -> None:
        """The next n updates: first all parameters, then their losses and gradients."""
        rows, first, start = self.history.room(n), self.update + 1, time.thread_time()
        try:
            done = self.timeline.run(rows[:, :2], self.update)
        except StepRefused as refused:
            self.error = str(refused)
            self.timeline.return_to(self.update)
            return
        except BaseException:  # for example Ctrl-C: the loop is ahead of the record
            self.timeline.return_to(self.update)
            raise
        self.history.effort.add(self.update, n, time.thread_time() - start, done.counts)
        if done.batches:
            self._note_batches(rows, done.batches)
        self._take(rows, first)
        if self.update < first + n - 1:  # the loop has run past the end
            self.history.truncate(self.update)
            self.timeline.return_to(self.update)

    def _note_batches(self, rows: Tensor, batches: Sequence[tuple[Tensor, Tensor]]) -> None:
        """Record the loss that each of the steps to these rows saw."""
        before = self.history.rows(self.update, columns=COLUMNS[:2])
        seen = torch.cat([before, rows[:-1, :2]])
        self.history.note_batches(batch_losses(seen, batches, self.loss))

    def _take(self, rows: Tensor, first_epoch: int) -> None:
        """Evaluate rows of parameters and record them up to the end of the run."""
        bad = first_nonfinite(self._numbers(self.evaluated(rows)))
        calm = first_converged(rows[:, 2:4], self.config.tolerance)
        # The rows first, then how the run ended, so that other threads do not see the end too early.
        self.history.commit(min(bad, calm + 1, len(rows)))
        self._converged = calm < min(bad, len(rows))
        if not self._converged and bad < len(rows):
            self.diverged_at = first_epoch + bad

    def change_rate(self, lr: float) -> None:
        """Use the learning rate `lr` from the present row on; a diverged run may then go on.

        A schedule goes on as if it had begun at this rate: what it has done to the old one counts for the new
        one, too.

        ConfigError, a ValueError, outside the range of the setting `lr`.
        """
        rate = float(settings_for(self.config.data, self.config.scaling)["lr"].check(lr))
        self.timeline.set_rate(self.update, rate)
        self.diverged_at = None

    def rewind(self, epoch: int) -> None:
        """Go back to exactly this epoch, including the optimizer's memory, and forget what came after.

        Going on from there gives the same numbers as never having stopped. Rate changes made after this epoch
        are forgotten as well; one made at it stays. ValueError for an epoch that is not recorded, and for one
        before `first_epoch`, which belongs to another run (see `branch`).
        """
        if not self.first_epoch <= epoch <= self.update:
            if 0 <= epoch < self.first_epoch:
                raise ValueError(
                    f"epoch {epoch} belongs to the run before; allowed: {self.first_epoch} to {self.update}"
                )
            raise ValueError(f"epoch {epoch} is not recorded; allowed: {self.first_epoch} to {self.update}")
        if epoch == self.update:
            return
        self.history.truncate(epoch)
        self.diverged_at, self._converged = None, False
        self.timeline.return_to(epoch)


def train(config: Config) -> History:
    """The history of a whole run: rows 0 … epochs, or up to the epoch at which it diverged or converged."""
    run = Run(config)
    run.advance(epochs=config.epochs)
    return run.history
