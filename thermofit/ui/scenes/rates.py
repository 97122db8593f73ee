"""What is shown of a schedule: the rate to come, the stable limit, and the readout of the rate."""

from math import ceil

from thermofit import Config, Run
from thermofit.charts.bindings import column, sentence
from thermofit.charts.rate_strip import RatePlan
from thermofit.experiments.lr_range import is_plain
from thermofit.numbers import exact_rate
from thermofit.optim.schedules import SCHEDULES
from thermofit.stage.scene import Readout
from thermofit.theory.curvature import curvature
from thermofit.training.assembly import prepared
from thermofit.words import tr

DRAWN = 400  # places of the planned curve, at most
STEPS = 20_000  # of torch's scheduler: each takes some microseconds, and a person waits for the picture


def has_schedule(config: Config) -> bool:
    """Whether the learning rate changes by itself."""
    return config.schedule != "none"


def rate_plan(config: Config) -> RatePlan | None:
    """What the schedule of a run from the start is going to do; None without a schedule."""
    if not has_schedule(config):
        return None
    if SCHEDULES[config.schedule].watches_loss:  # nobody knows before
        return RatePlan((), (), config.lr, stable_limit(config))
    run = Run(config)
    each = config.updates_per_epoch if SCHEDULES[config.schedule].each == "epoch" else 1
    rows = min(config.updates, STEPS * each)
    places = range(0, rows, ceil(rows / DRAWN))
    rates = run.rates(places)
    epochs = [run.history.clock.epoch(row) for row in places]
    return RatePlan(epochs, rates, max(config.lr, *rates), stable_limit(config))


def stable_limit(config: Config) -> float | None:
    """The largest stable rate of gradient descent on all training rows; None where theory knows none."""
    if config.loss != "mse" or not is_plain(config.replace(schedule="none", schedule_hyper={}, batch=0)):
        return None
    return curvature(prepared(config).train_scaled).largest_rate


def rate_readout(config: Config) -> list[Readout]:
    """The rate of the next step, if a schedule changes it."""
    if not has_schedule(config):
        return []
    label = tr(SCHEDULES[config.schedule].label)
    return [
        Readout(
            tr("Learning rate"),
            tr("The rate that the next step uses: what {label} makes of the one that is set", label=label),
            [column("rate", digits=4)],
            sentence(tr("set to {rate}"), rate=exact_rate(config.lr)),
        )
    ]
