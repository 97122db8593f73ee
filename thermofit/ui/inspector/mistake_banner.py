"""The warnings above a run: a mistake made on purpose, or mini-batches that do not suit the optimizer."""

from thermofit import Config
from thermofit.loop.mistakes import MISTAKES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.ui.state.banner import banner
from thermofit.words import tr


def warn(*mistakes: str) -> None:
    """Mark a run that makes a mistake, or made one earlier, so that nobody takes it for a correct one."""
    for mistake in sorted({*mistakes} - {"none"}):
        entry = MISTAKES[mistake]
        text = tr("This run contains a mistake: **{mistake}**.", mistake=tr(entry.label))
        banner(mistake, text, tr("What it does"), tr(entry.explanation), ":material/report:")


def warn_of_batches(*configs: Config) -> None:
    """Say which optimizers mini-batches do not suit, and why: a line each, so that pictures stay in view."""
    optimizers = {config.optimizer for config in configs if config.batch}
    for optimizer in (OPTIMIZERS[name] for name in sorted(optimizers)):
        if optimizer.on_batches:
            text = tr("Mini-batches do not suit {optimizer}.", optimizer=tr(optimizer.label))
            name, why = f"batches-{optimizer.name}", tr(optimizer.on_batches)
            banner(name, text, tr("Why not?"), why, ":material/warning:")
