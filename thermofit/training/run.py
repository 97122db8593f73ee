"""A run: from a Config to rows of History, forwards, and back to any epoch.

The numbers depend only on the config and on the epochs at which the rate was changed, not on how the work
was sliced, interrupted or repeated.
"""

import time
from enum import StrEnum

from torch import Tensor

from thermofit.config.config import Config
from thermofit.config.settings import settings_for
from thermofit.data.dataset import Dataset
from thermofit.data.scaling import Scale
from thermofit.data.split import Split
from thermofit.loop.loop import Loop
from thermofit.loop.mistakes import StepRefused
from thermofit.loop.timeline import Timeline
from thermofit.model.evaluation import evaluate_rows, first_converged, first_nonfinite
from thermofit.model.losses import LOSSES, Loss
from thermofit.training.assembly import prepared
from thermofit.training.history import COLUMNS, History
from thermofit.training.segment import Segment, new_segment

SLICE = 16, 1024  # fewest and most epochs whose losses are computed at once


class Status(StrEnum):
    """The state of a run."""

    READY = "ready"  # at epoch 0
    RUNNING = "running"
    FINISHED = "finished"  # all epochs done
    DIVERGED = "diverged"  # the next row would hold a number that is not finite
    CONVERGED = "converged"  # the gradient is shorter than the tolerance
    FAILED = "failed"  # torch refused the step; only a mistake made on purpose does that


class Run:
    """Training of one Config.

    `history` holds the rows 0 … `epoch`, row 0 being the start.

    A run diverges at the first epoch whose row holds a number that is not finite, `diverged_at`. The run
    itself then stays at the epoch before, the last one with a finite row. If torch refuses a step, the run
    has failed: `error` is torch's message, and the run stays at the epoch before. ValueError if even the loss
    at the start is too large for float32.
    """

    def __init__(self, config: Config) -> None:
        self._follow(new_segment(config, prepared(config)), History(config.epochs + 1))
        start = self.history.room(1)
        start[0, :2] = self._segment.start
        self._take(start, first_epoch=0)
        if self.diverged_at is not None:
            raise ValueError("the loss of the start is too large for float32: use smaller readings")

    @classmethod
    def resume(cls, segment: Segment, history: History, past: tuple[Segment, ...]) -> "Run":
        """A run at the last row of `history`, which the loop of `segment` has reached; see `branch`.

        `past` holds the earlier segments. ValueError if the loss of that row is too large for float32.
        """
        run = cls.__new__(cls)
        run._follow(segment, history, past)
        here = run.evaluated(history.rows(run.epoch, columns=COLUMNS))
        if first_nonfinite(run._numbers(here)) < 1:
            raise ValueError(f"the loss at epoch {run.epoch} is too large for float32 under these settings")
        run._converged = first_converged(here[:, 2:4], segment.config.tolerance) < 1
        return run

    def _follow(self, segment: Segment, history: History, past: tuple[Segment, ...] = ()) -> None:
        self._segment, self.past, self.history = segment, past, history
        self.config, self.data, self.loss = segment.config, segment.data, LOSSES[segment.config.loss]
        self.diverged_at: int | None = None
        self.error: str | None = None
        self._converged = False
        self._speed = 0.0  # epochs per second, lately

    @property
    def timeline(self) -> Timeline:
        """The way back to any epoch of the present segment."""
        return self._segment.timeline

    @property
    def loop(self) -> Loop:
        """The loop that trains."""
        return self.timeline.loop

    @property
    def epoch(self) -> int:
        """Updates done so far."""
        return len(self.history) - 1

    @property
    def first_epoch(self) -> int:
        """The epoch from which the run follows its config: 0, or the one at which it left another run."""
        return self._segment.first_epoch

    def segment(self, epoch: int) -> Segment:
        """The segment that the step after this epoch belongs to."""
        return next(
            (segment for segment in (self._segment, *reversed(self.past)) if segment.first_epoch <= epoch),
            self._segment,
        )

    @property
    def lr(self) -> float:
        """The learning rate that the next epoch will use."""
        return self.loop.lr

    @property
    def dataset(self) -> Dataset:
        """What is learned from."""
        return self.config.dataset

    @property
    def t_u(self) -> Tensor:
        """The readings of all rows, in the data set's order and unit."""
        return self.dataset.t_u

    @property
    def t_c(self) -> Tensor:
        """The targets of all rows, in the data set's order and unit."""
        return self.dataset.t_c

    @property
    def split(self) -> Split:
        """Which rows train and which validate."""
        return self.data.split

    @property
    def scale(self) -> Scale:
        """The scaling fitted on the train rows."""
        return self.data.scale

    @property
    def status(self) -> Status:
        """The present state of the run."""
        if self.error is not None:
            return Status.FAILED
        if self.diverged_at is not None:
            return Status.DIVERGED
        if self._converged:
            return Status.CONVERGED
        if self.epoch == self.config.epochs:
            return Status.FINISHED
        return Status.RUNNING if self.epoch else Status.READY

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to do."""
        return self.status not in (Status.READY, Status.RUNNING)

    def original(self) -> tuple[float, float]:
        """Slope and intercept of the present line, in the data set's units."""
        w, b = self.loop.params.tolist()
        return self.scale.original(w, b)

    def advance(self, epochs: int | None = None, seconds: float | None = None) -> Status:
        """Train this many epochs, or this many seconds of the thread's computing time (at least one epoch).

        Given both, the limit that comes first counts. Stops when the run ends, and returns the status.
        ValueError if neither is given or one is negative.
        """
        if (epochs is None and seconds is None) or min(epochs or 0, seconds or 0) < 0:
            raise ValueError("advance by a number of epochs or of seconds, not below 0")
        target = self.config.epochs if epochs is None else min(self.epoch + epochs, self.config.epochs)
        if seconds is None:
            self._advance_to(target)
        else:
            self._advance_for(seconds, target)
        return self.status

    def _advance_to(self, target: int) -> None:
        while self.epoch < target and not self.ended:
            self._train(min(self._slice(), target - self.epoch))

    def _slice(self) -> int:
        """As many epochs as are done already, within limits, so that an early divergence is noticed soon."""
        fewest, most = SLICE
        return max(fewest, min(self.epoch, most))

    def _advance_for(self, seconds: float, target: int) -> None:
        """Slices as long as the time left, estimated from the speed of the previous one."""
        start, spent = time.thread_time(), 0.0
        while self.epoch < target and not self.ended and (spent == 0.0 or spent < seconds):
            n = max(1, min(self._slice(), target - self.epoch, int(self._speed * (seconds - spent))))
            self._train(n)
            before, spent = spent, max(time.thread_time() - start, spent + 1e-6)  # some clocks are coarse
            self._speed = n / (spent - before)

    def _train(self, n: int) -> None:
        """The next n epochs: first all parameters, then their losses and gradients."""
        rows, first, start = self.history.room(n), self.epoch + 1, time.thread_time()
        try:
            counts = self.timeline.run(rows[:, :2], self.epoch)
        except StepRefused as refused:
            self.error = str(refused)
            self.timeline.return_to(self.epoch)
            return
        except BaseException:  # for example Ctrl-C: the loop is ahead of the record
            self.timeline.return_to(self.epoch)
            raise
        self.history.effort.add(self.epoch, n, time.thread_time() - start, counts)
        self._take(rows, first)
        if self.epoch < first + n - 1:  # the loop has run past the end
            self.history.truncate(self.epoch)
            self.timeline.return_to(self.epoch)

    def _take(self, rows: Tensor, first_epoch: int) -> None:
        """Evaluate rows of parameters and record them up to the end of the run."""
        bad = first_nonfinite(self._numbers(self.evaluated(rows)))
        calm = first_converged(rows[:, 2:4], self.config.tolerance)
        # The rows first, then how the run ended, so that other threads do not see the end too early.
        self.history.commit(min(bad, calm + 1, len(rows)))
        self._converged = calm < min(bad, len(rows))
        if not self._converged and bad < len(rows):
            self.diverged_at = first_epoch + bad

    def evaluated(self, rows: Tensor, loss: Loss | None = None) -> Tensor:
        """The same rows (m, 6), filled with losses and gradients under this run's settings.

        They are those of the run's own loss, or of another one.
        """
        data = self.data
        evaluate_rows(
            rows, data.train_scaled, data.train_targets, data.val_scaled, data.val_targets, loss or self.loss
        )
        return rows

    def _numbers(self, rows: Tensor) -> Tensor:
        """The columns of rows (m, 6) that must be finite."""
        return rows if len(self.data.val_scaled) else rows[:, :-1]

    def change_rate(self, lr: float) -> None:
        """Use the learning rate `lr` from the present epoch on; a diverged run may then go on.

        ConfigError, a ValueError, outside the range of the setting `lr`.
        """
        rate = float(settings_for(self.config.data, self.config.scaling)["lr"].check(lr))
        self.timeline.set_rate(self.epoch, rate)
        self.diverged_at = None

    def rewind(self, epoch: int) -> None:
        """Go back to exactly this epoch, including the optimizer's memory, and forget what came after.

        Going on from there gives the same numbers as never having stopped. Rate changes made after this epoch
        are forgotten as well; one made at it stays. ValueError for an epoch that is not recorded, and for one
        before `first_epoch`, which belongs to another run (see `branch`).
        """
        if not self.first_epoch <= epoch <= self.epoch:
            if 0 <= epoch < self.first_epoch:
                raise ValueError(
                    f"epoch {epoch} belongs to the run before; allowed: {self.first_epoch} to {self.epoch}"
                )
            raise ValueError(f"epoch {epoch} is not recorded; allowed: {self.first_epoch} to {self.epoch}")
        if epoch == self.epoch:
            return
        self.history.truncate(epoch)
        self.diverged_at, self._converged = None, False
        self.timeline.return_to(epoch)


def train(config: Config) -> History:
    """The history of a whole run: rows 0 … epochs, or up to the epoch at which it diverged or converged."""
    run = Run(config)
    run.advance(epochs=config.epochs)
    return run.history
