"""How a run ended, in words."""

from thermofit import Run, Status


def ending(run: Run) -> tuple[str, str]:
    """How a run ended: "good" or "bad", and a sentence that says what to do next."""
    if run.status is Status.DIVERGED:
        hint = "Try a smaller learning rate" + (
            ", or scale the inputs." if run.config.scaling == "none" else "."
        )
        return "bad", f"Diverged at epoch {run.diverged_at}: the loss grew beyond all numbers. {hint}"
    if run.status is Status.FAILED:
        return "bad", f"torch refused the step: {run.error}"
    if run.status is Status.CONVERGED:
        return "good", f"Converged at epoch {run.epoch}: the gradient is smaller than the tolerance."
    return "good", f"Finished: {run.epoch} epochs."
