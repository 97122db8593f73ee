"""When a runner arrives: the first epoch at which it is nearly as good as any line can be."""

from thermofit import Run
from thermofit.model.line import lines
from thermofit.model.losses import mse
from thermofit.theory.least_squares import least_squares

WITHIN = 1.01  # times the smallest mean squared error


class Arrival:
    """The first epoch whose mean squared error on the training rows is within 1 % of the closed form's.

    It is the mean squared error whatever loss the run is trained with, so that all runners are judged alike.
    """

    def __init__(self, run: Run) -> None:
        self.epoch: int | None = None
        self._run, self._seen = run, 0
        self._bound = WITHIN * least_squares(run.data.train_scaled, run.data.train_targets).mse

    def look(self) -> int | None:
        """The epoch, as far as the run is trained; each row is looked at once."""
        if self.epoch is None:
            rows = self._run.history.rows(self._seen, columns=("w", "b")).double()
            data = self._run.data
            errors = mse(lines(rows, data.train_scaled.double()), data.train_targets.double())
            found = (errors <= self._bound).nonzero()
            if len(found):
                self.epoch = self._seen + int(found[0])
            self._seen += len(rows)
        return self.epoch
