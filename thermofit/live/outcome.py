"""How a run ended, in words."""

from thermofit import Run, Status
from thermofit.numbers import count


def ending(run: Run) -> tuple[str, str]:
    """How a run ended: "good" or "bad", and what to tell the reader, with what to do next."""
    epoch = count(run.update)
    if run.status is Status.DIVERGED:
        return "bad", _diverged(run.update, run.config.scaling == "none")
    if run.status is Status.FAILED:
        return "bad", f"torch refused the step: {run.error}"
    if run.status is Status.CONVERGED:
        return "good", f"Converged at epoch {epoch}: the gradient is smaller than the tolerance."
    return "good", "Finished: 1 epoch." if run.update == 1 else f"Finished: {epoch} epochs."


def _diverged(last: int, unscaled: bool) -> str:
    """`last` is the epoch shown: that of the last row that holds numbers."""
    shown, epoch = count(last), count(last + 1)
    if unscaled:
        return (
            f"Diverged at epoch {epoch}: the loss became too large to compute (shown: epoch {shown}). "
            "Try a smaller learning rate, or scale the inputs."
        )
    return (
        f"Diverged at epoch {epoch}: the loss became too large to compute (shown: epoch {shown}). "
        "Try a smaller learning rate."
    )
