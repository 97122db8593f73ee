"""How a run ended, in words."""

from thermofit import Run, Status


def ending(run: Run) -> tuple[str, str]:
    """How a run ended: "good" or "bad", and what to tell the reader, with what to do next."""
    if run.status is Status.DIVERGED:
        return "bad", _diverged(run.diverged_at, run.config.scaling == "none")
    if run.status is Status.FAILED:
        return "bad", f"torch refused the step: {run.error}"
    if run.status is Status.CONVERGED:
        return "good", f"Converged at epoch {run.epoch}: the gradient is smaller than the tolerance."
    return "good", "Finished: 1 epoch." if run.epoch == 1 else f"Finished: {run.epoch} epochs."


def _diverged(epoch: int | None, unscaled: bool) -> str:
    if unscaled:
        return (
            f"Diverged at epoch {epoch}: the loss became too large to compute. "
            "Try a smaller learning rate, or scale the inputs."
        )
    return f"Diverged at epoch {epoch}: the loss became too large to compute. Try a smaller learning rate."
