"""How a run ended, in words."""

from math import ceil

from thermofit import Run, Status
from thermofit.numbers import count
from thermofit.words import tr, trn


def ending(run: Run) -> tuple[str, str]:
    """How a run ended: "good" or "bad", and what to tell the reader, with what to do next."""
    if run.status is Status.DIVERGED:
        return "bad", _diverged(run, run.config.scaling == "none")
    if run.status is Status.FAILED:
        return "bad", tr("torch refused the step: {error}", error=run.error)
    if run.status is Status.CONVERGED:
        here = run.history.clock.told(run.update)
        # Translators: {here} is "epoch 12", or "epoch 12.3, update 37".
        return "good", tr("Converged at {here}: the gradient is smaller than the tolerance.", here=here)
    return "good", _finished(run)


def _finished(run: Run) -> str:
    clock = run.history.clock
    epochs, updates = clock.written(run.update), count(run.update)
    if clock.counts_updates:
        return trn("Finished: {n} epoch.", "Finished: {n} epochs.", run.update, n=epochs)
    whole = ceil(run.epoch)
    if run.epoch != whole:  # a part of an epoch takes the plural
        return tr("Finished: {epochs} epochs, {updates} updates.", epochs=epochs, updates=updates)
    return trn(
        "Finished: {n} epoch, {updates} updates.",
        "Finished: {n} epochs, {updates} updates.",
        whole,
        n=count(whole),
        updates=updates,
    )


def _diverged(run: Run, unscaled: bool) -> str:
    """The update shown is that of the last row that holds numbers."""
    clock = run.history.clock
    shown, out = clock.told(run.update), clock.told(run.update + 1)
    if unscaled:
        # Translators: {out} and {shown} are "epoch 12", or "epoch 12.3, update 37".
        return tr(
            "Diverged at {out}: the loss became too large to compute (shown: {shown}). "
            "Try a smaller learning rate, or scale the inputs.",
            out=out,
            shown=shown,
        )
    # Translators: {out} and {shown} are "epoch 12", or "epoch 12.3, update 37".
    return tr(
        "Diverged at {out}: the loss became too large to compute (shown: {shown}). "
        "Try a smaller learning rate.",
        out=out,
        shown=shown,
    )
