"""The warnings above a run: a mistake made on purpose, or mini-batches that do not suit the optimizer."""

from thermofit import Config
from thermofit.loop.mistakes import MISTAKES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.ui.state.banner import banner


def warn(*mistakes: str) -> None:
    """Mark a run that makes a mistake, or made one earlier, so that nobody takes it for a correct one."""
    for mistake in sorted({*mistakes} - {"none"}):
        entry = MISTAKES[mistake]
        text = f"This run contains a mistake: **{entry.label}**."
        banner(mistake, text, "What it does", entry.explanation, ":material/report:")


def warn_of_batches(*configs: Config) -> None:
    """Say which optimizers mini-batches do not suit, and why: a line each, so that pictures stay in view."""
    optimizers = {config.optimizer for config in configs if config.batch}
    for optimizer in (OPTIMIZERS[name] for name in sorted(optimizers)):
        if optimizer.on_batches:
            text = f"Mini-batches do not suit {optimizer.label}."
            banner(f"batches-{optimizer.name}", text, "Why not?", optimizer.on_batches, ":material/warning:")
