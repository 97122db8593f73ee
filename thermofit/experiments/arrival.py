"""When a runner arrives: the first epoch at which it is nearly as good as any line can be."""

from thermofit.model.line import lines
from thermofit.model.losses import mse
from thermofit.theory.least_squares import least_squares
from thermofit.training.run import Run

WITHIN = 1.01  # times the smallest mean squared error
CHUNK = 2**14  # rows looked at together


def minimum(run: Run) -> float:
    """The smallest mean squared error that any line has on the run's training rows."""
    return least_squares(run.data.train_scaled, run.data.train_targets).mse


class Arrival:
    """The first epoch whose mean squared error on the training rows is within 1 % of the closed form's.

    It is the mean squared error whatever loss the run is trained with, so that all runners are judged alike.
    """

    def __init__(self, run: Run) -> None:
        self.epoch: int | None = None
        self._run, self._seen = run, 0
        self._bound = WITHIN * minimum(run)

    def look(self, upto: int | None = None) -> int | None:
        """The epoch, as far as the run is trained, or up to an earlier one; each row is looked at once."""
        newest = self._run.update if upto is None else upto
        while self.epoch is None and self._seen <= newest:
            self._look_at(min(self._seen + CHUNK, newest + 1))
        return self.epoch

    def _look_at(self, stop: int) -> None:
        data, rows = self._run.data, self._run.history.rows(self._seen, stop, columns=("w", "b")).double()
        errors = mse(lines(rows, data.train_scaled.double()), data.train_targets.double())
        found = (errors <= self._bound).nonzero()
        if len(found):
            self.epoch = self._seen + int(found[0])
        self._seen = stop
