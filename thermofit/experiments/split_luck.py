"""The luck of a split: what a config's losses would have been, had other readings been held back.

Every possible validation set gets a run of its own; where more than 500 are possible, a random 500 do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thermofit.config.config import Config
from thermofit.data.preparation import PreparedData
from thermofit.experiments.together import Together, can_train_together
from thermofit.experiments.validation_sets import HeldOut, rows, validation_sets
from thermofit.theory.least_squares import least_squares, mse_at
from thermofit.training.assembly import prepared
from thermofit.training.run import Run, Status

if TYPE_CHECKING:
    import pandas as pd

SLICE = 500  # most epochs between two reports, at which the caller can cancel
MOMENT = 0.1  # seconds of computing between them where runs train one by one: others wait for their turn
WORK = 2**20  # residuals that a batch computes at once, some megabytes each


@dataclass(frozen=True)
class Outcome:
    """One split: the row numbers held out, a seed that draws them, and the losses at the end of its run.

    The losses are None if the run diverged, at epoch `diverged_at`, or if torch refused its first step.
    `best_train_mse` and `best_val_mse` (°C²) belong to the line of least squares through its train rows.
    """

    held_out: HeldOut
    seed: int
    train_loss: float | None
    val_loss: float | None
    best_train_mse: float
    best_val_mse: float
    diverged_at: int | None = None


@dataclass(frozen=True)
class Progress:
    """The share of the work done, 0 to 1, and the outcomes that are known, in the order of the splits."""

    done: float
    outcomes: tuple[Outcome, ...]


def luck(config: Config) -> Iterator[Progress]:
    """Train `config` on every split of its share; the last report has all outcomes.

    All splits train as one batch where that gives the same numbers, else one after the other. To cancel, ask
    for no further report. ConfigError if the share holds back no reading.
    """
    seeds = tuple(validation_sets(len(config.dataset), config.val, config.split_seed).values())
    work = _together if can_train_together(config) else _one_by_one
    return work(config, seeds)


def measure(config: Config) -> tuple[Outcome, ...]:
    """The outcomes of all splits, for callers who can wait; ConfigError as for `luck`."""
    *_, last = luck(config)
    return last.outcomes


def split_luck(config: Config) -> "pd.DataFrame":
    """One row per split, the fields of `Outcome` as columns, and `present`, which marks the config's own.

    `held_out` are the row numbers that validate, counted from 0; `config.replace(split_seed=seed)` is the
    run. Losses are in the unit of the config's loss, NaN where a run diverged; the MSE of the least-squares
    line is in the target's unit, squared. ConfigError if the share holds back no reading.
    """
    import pandas as pd  # imported here because nothing else needs it and it is slow to load

    frame = pd.DataFrame([vars(outcome) for outcome in measure(config)])
    frame = frame.astype({"train_loss": "float64", "val_loss": "float64", "diverged_at": "Int64"})
    return frame.assign(present=frame["seed"] == config.split_seed)


def _together(config: Config, seeds: Sequence[int]) -> Iterator[Progress]:
    """Batches of splits, usually one."""
    size = max(1, WORK // len(config.dataset))
    outcomes: tuple[Outcome, ...] = ()
    for first in range(0, len(seeds), size):
        splits = [prepared(config.replace(split_seed=seed)) for seed in seeds[first : first + size]]
        batch = Together(config, splits)
        part = max(1, min(SLICE, WORK // (len(splits) * len(config.dataset))))
        while not batch.ended:
            batch.advance(part)
            if not batch.ended:
                share = len(splits) * batch.epoch / config.epochs
                yield Progress((first + share) / len(seeds), outcomes)
        outcomes += _outcomes(batch, splits, seeds[first : first + size])
        yield Progress(len(outcomes) / len(seeds), outcomes)


def _outcomes(batch: Together, splits: Sequence[PreparedData], seeds: Sequence[int]) -> tuple[Outcome, ...]:
    ends = zip(splits, seeds, batch.last[:, 4:].tolist(), batch.diverged_at.tolist(), strict=True)
    return tuple(
        _outcome(data, seed, None if epoch >= 0 else (train, val), epoch if epoch >= 0 else None)
        for data, seed, (train, val), epoch in ends
    )


def _one_by_one(config: Config, seeds: Sequence[int]) -> Iterator[Progress]:
    """A separate run for each split."""
    outcomes: tuple[Outcome, ...] = ()
    for seed in seeds:
        run = Run(config.replace(split_seed=seed))
        while not run.ended:
            run.advance(updates=SLICE, seconds=MOMENT)
            if not run.ended:
                share = run.epoch / config.epochs
                yield Progress((len(outcomes) + share) / len(seeds), outcomes)
        at = run.diverged_at
        diverged_at = None if at is None else run.history.clock.begun(at)
        outcomes += (_outcome(run.data, seed, _losses(run), diverged_at),)
        yield Progress(len(outcomes) / len(seeds), outcomes)


def _losses(run: Run) -> tuple[float, float] | None:
    """The last losses of a run that has arrived."""
    if run.status in (Status.DIVERGED, Status.FAILED):
        return None
    row = run.history.row(run.update)
    return row["train_loss"], row["val_loss"]


def _outcome(
    data: PreparedData, seed: int, losses: tuple[float, float] | None, diverged_at: int | None
) -> Outcome:
    fit = least_squares(data.train_inputs, data.train_targets)
    on_val = mse_at(fit.params, data.val_inputs, data.val_targets)
    train, val = losses or (None, None)
    return Outcome(rows(data.split), seed, train, val, fit.mse, on_val, diverged_at)
