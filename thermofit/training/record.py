"""What a run is about and has done so far: settings, data, rows, and the rates and batches of its steps."""

import itertools
from collections.abc import Sequence

from torch import Tensor

from thermofit.data.dataset import Dataset
from thermofit.data.scaling import Scale
from thermofit.data.split import Split
from thermofit.loop.loop import Loop
from thermofit.loop.timeline import Timeline
from thermofit.model.evaluation import evaluate_rows
from thermofit.model.losses import LOSSES, Loss
from thermofit.training.history import History
from thermofit.training.segment import Segment


class Record:
    """The present segment of a run, the `past` ones, and the `history` of all of them.

    Where a method takes the number of a row, its parameter is called `epoch`, or `update` where rates and
    batches are asked for.
    """

    def _follow(self, segment: Segment, history: History, past: tuple[Segment, ...] = ()) -> None:
        self._segment, self.past, self.history = segment, past, history
        self.config, self.data, self.loss = segment.config, segment.data, LOSSES[segment.config.loss]
        self.updates = history.clock.update(self.config.epochs)  # to be done in all

    @property
    def timeline(self) -> Timeline:
        """The way back to any epoch of the present segment."""
        return self._segment.timeline

    @property
    def loop(self) -> Loop:
        """The loop that trains."""
        return self.timeline.loop

    @property
    def update(self) -> int:
        """Updates done so far: the number of the newest row."""
        return len(self.history) - 1

    @property
    def epoch(self) -> float:
        """Epochs done so far: with mini-batches perhaps with a fraction, else the same as `update`."""
        return self.history.clock.epoch(self.update)

    @property
    def updates_per_epoch(self) -> int:
        """How many updates an epoch has under the present settings."""
        return self.history.clock.span(self.update).per_epoch

    @property
    def first_epoch(self) -> int:
        """The row from which the run follows its config: 0, or the one at which it left another run."""
        return self._segment.first_epoch

    def segment(self, epoch: int) -> Segment:
        """The segment that the step after this epoch belongs to."""
        return next(
            (segment for segment in (self._segment, *reversed(self.past)) if segment.first_epoch <= epoch),
            self._segment,
        )

    @property
    def lr(self) -> float:
        """The learning rate that the next update will use: as it is set, or what a schedule makes of it."""
        return self.loop.rate

    @property
    def base_lr(self) -> float:
        """The learning rate that is set, from which a schedule begins."""
        return self.loop.lr

    def rates(self, updates: Sequence[int]) -> list[float]:
        """The rate that the step after each of these rows uses.

        What a schedule that watches the loss will do after the newest row is not known: there it is the
        present rate.
        """
        return [rate for part, rows in self._by_segment(updates) for rate in part.timeline.rates_at(rows)]

    def rate_at(self, update: int) -> float:
        """The rate that the step after this row uses."""
        return self.rates([update])[0]

    def batches(self, start: int, stop: int) -> list[Tensor | None]:
        """Which rows of the data set the steps after the rows start … stop - 1 see, each as row numbers (k,).

        None for a step that sees all training rows.
        """
        found = self._by_segment(range(start, stop))
        return [batch for part, rows in found for batch in part.batches(rows[0], rows[-1] + 1)]

    def _by_segment(self, updates: Sequence[int]) -> list[tuple[Segment, list[int]]]:
        """The rows in their order, each group with the segment that their steps belong to."""
        if not self.past:
            return [(self._segment, list(updates))] if len(updates) else []
        grouped = itertools.groupby(updates, key=self.segment)
        return [(segment, list(rows)) for segment, rows in grouped]

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

    def original(self) -> tuple[float, float]:
        """Slope and intercept of the present line, in the data set's units."""
        w, b = self.loop.params.tolist()
        return self.scale.original(w, b)

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
