"""What should be known of a set-up beforehand: it is allowed, but does not do what one might expect."""

from thermofit.config.config import Config
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.words import tr


def caveats(config: Config) -> tuple[str, ...]:
    """Whole sentences about optimizer, batches and schedule of this set-up; none if all is as usual."""
    optimizer, schedule = OPTIMIZERS[config.optimizer], SCHEDULES[config.schedule]
    batches = optimizer.on_batches if config.batch else ""
    paced = optimizer.after_start if config.schedule != "none" else ""
    return tuple(tr(text) for text in (optimizer.caveat, batches, schedule.caveat, paced) if text)
