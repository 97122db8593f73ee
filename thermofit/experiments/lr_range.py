"""The learning-rate range test: the loss after n epochs, for many rates at once.

After L. N. Smith, "Cyclical Learning Rates for Training Neural Networks" (2017), section 3.3. There the
rate grows during one run; here every rate has its own run, so each point is what would really happen.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from thermofit.config.config import Config
from thermofit.config.settings import SETTINGS, settings_for
from thermofit.data.preparation import PreparedData
from thermofit.model.evaluation import evaluate_rows
from thermofit.model.line import design_matrix
from thermofit.model.losses import LOSSES, Loss
from thermofit.numbers import rounded
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.training.assembly import prepared
from thermofit.training.run import Run

COUNT = 60
SLICE = 500  # most epochs between two reports, at which the caller can cancel
MOMENT = 0.1  # seconds of computing between them where runs train one by one: others wait for their turn
WORK = 2**22  # residuals between two reports of a batch; with many readings it reports more often


@dataclass(frozen=True)
class Trial:
    """A rate, and the training loss after all epochs; None if the run diverged before."""

    lr: float
    loss: float | None


@dataclass(frozen=True)
class Progress:
    """The share of the work done, 0 to 1, and the trials that are finished, in the order of their rates."""

    done: float
    trials: tuple[Trial, ...]


def log_rates(low: float | None = None, high: float | None = None, count: int = COUNT) -> tuple[float, ...]:
    """`count` rates, evenly spaced on a log axis from low to high, by default over all that are allowed.

    They are rounded to three digits, so that a chosen rate is easy to read and type. ValueError unless
    0 < low < high and count ≥ 2.
    """
    low = SETTINGS["lr"].minimum if low is None else low
    high = SETTINGS["lr"].maximum if high is None else high
    if not (0 < low < high and count >= 2):
        raise ValueError("rates go from a low one above 0 to a higher one, and there are at least two")
    step = math.log(high / low) / (count - 1)
    return tuple(min(max(rounded(low * math.exp(step * k), 3), low), high) for k in range(count))


def is_plain(config: Config) -> bool:
    """Whether the run is plain gradient descent, params - lr * gradient, to which the theory applies.

    A run with a mistake made on purpose is never plain.
    """
    if config.mistake != "none":
        return False
    if SCHEDULES[config.schedule].knob(config.schedule_hyper, OPTIMIZERS[config.optimizer]):
        return False  # it sets a momentum
    if config.optimizer == "SGD":
        return not (config.hyper.get("momentum") or config.hyper.get("weight_decay"))
    return config.optimizer == "by-hand"


def trains_together(config: Config) -> bool:
    """Whether all rates can be trained in one expression: plain descent on all rows at a constant rate."""
    return is_plain(config) and not config.batch and config.schedule == "none"


def rate_range(
    config: Config, epochs: int = 100, rates: tuple[float, ...] | None = None
) -> Iterator[Progress]:
    """Train `config` for `epochs` at each of the rates; the last report has all trials.

    Plain gradient descent on all rows trains all rates together, anything else one after the other. To
    cancel, ask for no further report. The config's own rate, epochs and tolerance are ignored.
    ValueError below 1 epoch, and ConfigError for a rate out of range.
    """
    if epochs < 1:
        raise ValueError("a rate needs at least 1 epoch to show what it does")
    setting = settings_for(config.data, config.scaling)["lr"]
    asked = rates or log_rates(setting.minimum, setting.maximum)
    chosen = tuple(float(setting.check(lr)) for lr in asked)
    work = _batch if trains_together(config) else _one_by_one
    return work(config, epochs, chosen)


def measure(config: Config, epochs: int = 100, rates: tuple[float, ...] | None = None) -> tuple[Trial, ...]:
    """The trials of a whole range test, for callers who can wait."""
    *_, last = rate_range(config, epochs, rates)
    return last.trials


def _batch(config: Config, epochs: int, rates: tuple[float, ...]) -> Iterator[Progress]:
    """All rates together, with one row of parameters for each."""
    data = prepared(config)
    loss, column = LOSSES[config.loss], torch.tensor(rates).unsqueeze(1)
    params = torch.tensor([[config.w0, config.b0]]).repeat(len(rates), 1)
    part = max(1, min(SLICE, WORK // (len(rates) * len(data.train_scaled))))
    for start in range(0, epochs, part):
        descend(params, column, data.train_scaled, data.train_targets, loss, min(part, epochs - start))
        if start + part < epochs:
            yield Progress((start + part) / epochs, ())
    found = _judge(params, data, loss)
    yield Progress(1.0, tuple(Trial(lr, value) for lr, value in zip(rates, found, strict=True)))


def descend(params: Tensor, rates: Tensor, t: Tensor, t_c: Tensor, loss: Loss, epochs: int) -> None:
    """Plain gradient descent of many runs at once, in place: params (m, 2) at rates (m, 1), rows t, t_c (n,).

    t_p = params [t, 1]ᵀ, then params ← params - lr (dL/dt_p) [t, 1]: the manual gradient, with a row per run.
    """
    design = design_matrix(t)
    turned = design.T.contiguous()
    with torch.no_grad():
        for _ in range(epochs):
            params.addcmul_(loss.derivative(params @ turned, t_c) @ design, rates, value=-1)


def _judge(params: Tensor, data: PreparedData, loss: Loss) -> list[float | None]:
    """The training loss of each row, or None if a number is not finite, which Run would call diverged."""
    rows = torch.empty(len(params), 6)
    rows[:, :2] = params
    evaluate_rows(rows, data.train_scaled, data.train_targets, data.val_scaled, data.val_targets, loss)
    judged = rows if len(data.val_scaled) else rows[:, :-1]
    finite = judged.isfinite().all(dim=1).tolist()
    return [value if fine else None for value, fine in zip(rows[:, 4].tolist(), finite, strict=True)]


def _one_by_one(config: Config, epochs: int, rates: tuple[float, ...]) -> Iterator[Progress]:
    """A separate run for each rate, because its optimizer may have a memory."""
    trials: tuple[Trial, ...] = ()
    for lr in rates:
        run = Run(config.replace(lr=lr, epochs=epochs, tolerance=0.0))
        while not run.ended:
            run.advance(updates=SLICE, seconds=MOMENT)
            share = 1.0 if run.ended else run.epoch / epochs
            if share < 1.0:
                yield Progress((len(trials) + share) / len(rates), trials)
        trials += (Trial(lr, _outcome(run)),)
        yield Progress(len(trials) / len(rates), trials)


def _outcome(run: Run) -> float | None:
    arrived = run.update == run.updates
    return run.history.row(run.update)["train_loss"] if arrived else None
