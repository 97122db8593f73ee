"""How a run ended, in words."""

from thermofit import Run, Status
from thermofit.numbers import count


def ending(run: Run) -> tuple[str, str]:
    """How a run ended: "good" or "bad", and what to tell the reader, with what to do next."""
    if run.status is Status.DIVERGED:
        return "bad", _diverged(run, run.config.scaling == "none")
    if run.status is Status.FAILED:
        return "bad", f"torch refused the step: {run.error}"
    if run.status is Status.CONVERGED:
        here = run.history.clock.told(run.update)
        return "good", f"Converged at {here}: the gradient is smaller than the tolerance."
    return "good", _finished(run)


def _finished(run: Run) -> str:
    clock = run.history.clock
    epochs, updates = clock.written(run.update), count(run.update)
    if clock.counts_updates:
        return "Finished: 1 epoch." if run.update == 1 else f"Finished: {epochs} epochs."
    if run.epoch == 1:
        return f"Finished: 1 epoch, {updates} updates."
    epochs = count(int(run.epoch)) if run.epoch == int(run.epoch) else epochs
    return f"Finished: {epochs} epochs, {updates} updates."


def _diverged(run: Run, unscaled: bool) -> str:
    """The update shown is that of the last row that holds numbers."""
    clock = run.history.clock
    shown, out = clock.told(run.update), clock.told(run.update + 1)
    if unscaled:
        return (
            f"Diverged at {out}: the loss became too large to compute (shown: {shown}). "
            "Try a smaller learning rate, or scale the inputs."
        )
    return (
        f"Diverged at {out}: the loss became too large to compute (shown: {shown}). "
        "Try a smaller learning rate."
    )
