"""When a run has exploded: its numbers are no longer finite, or its loss has grown beyond all measure."""

from torch import Tensor

from thermofit.training.run import Run, Status

GROWN = 1000.0  # times the loss at the start: above that, a loss is an explosion, though it is still a number


def exploded_at(run: Run) -> int | None:
    """The epoch at which the run exploded, as far as it is trained; None if it did not.

    It is `run.diverged_at`, or else that of `grown_at`.
    """
    if run.status is Status.DIVERGED:
        return run.diverged_at
    return grown_at(run.history.rows(columns=("train_loss",))[:, 0])


def grown_at(losses: Tensor) -> int | None:
    """The epoch from which all of the losses (m,) are more than a thousand times the first one.

    None if the last one is not. A loss of 0 at the start is no measure.
    """
    bound = GROWN * losses[0]
    if not bound or losses[-1] <= bound:
        return None
    return int((losses <= bound).nonzero()[-1]) + 1
