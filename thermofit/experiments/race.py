"""A race: several configs, each trained to its end, and who comes near the best line first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from thermofit.config.config import Config
from thermofit.errors import Number, check_choice
from thermofit.experiments.arrival import Arrival
from thermofit.experiments.explosion import grown_at
from thermofit.experiments.standing import MEASURES, Measure, Standing, ranking
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.history import COLUMNS
from thermofit.training.run import Run, Status

if TYPE_CHECKING:
    import pandas as pd


TYPES = {  # of the columns that may lack a value
    "final_train_loss": "float64",
    "final_val_loss": "float64",
    "best_val_loss": "float64",
    "epochs_to_1_percent": "Int64",
    "evaluations_to_1_percent": "Int64",
    "diverged_at": "Int64",
    "exploded_at": "Int64",
}


@dataclass(frozen=True)
class Result:
    """What became of one runner.

    Losses are in the unit of its own loss, unless another one is named. The last ones are None if it
    diverged, at epoch `diverged_at`, or if torch refused a step; those on validation rows are None without
    such rows. It has exploded, at epoch `exploded_at`, if it diverged or if its training loss has grown too
    far (see `explosion`). It has arrived once its mean squared error on the training rows is within 1 % of
    the closed form's; None if it never was.
    """

    epochs: int
    evaluations: int
    final_train_loss: float | None
    best_train_loss: float
    final_val_loss: float | None
    best_val_loss: float | None
    epochs_to_1_percent: int | None
    evaluations_to_1_percent: int | None
    diverged_at: int | None
    exploded_at: int | None


def result(run: Run, epoch: int | None = None, loss: str = "") -> Result:
    """The result of a run as it stands, or as it stood at an earlier `epoch`.

    It is measured by the run's own loss, or by the one called `loss`. Losses of epochs before a change of
    the loss or the split are measured the present way, too.
    """
    epoch = run.update if epoch is None else epoch
    reached = Arrival(run).look(epoch)
    rows = run.history.rows(0, epoch + 1, columns=COLUMNS)
    if run.past or loss not in ("", run.config.loss):
        rows = run.evaluated(rows, LOSSES[loss or run.config.loss])
    train, validation = rows[:, COLUMNS.index("train_loss")], rows[:, COLUMNS.index("val_loss")]
    out = epoch == run.update and run.status in (Status.DIVERGED, Status.FAILED)
    validates = bool(len(run.data.val_scaled))
    exploded = run.diverged_at if out else grown_at(train)
    return Result(
        epochs=run.history.clock.begun(epoch),
        evaluations=evaluations(run, epoch),
        final_train_loss=None if out else train[-1].item(),
        best_train_loss=train.min().item(),
        final_val_loss=validation[-1].item() if validates and not out else None,
        best_val_loss=validation.min().item() if validates else None,
        epochs_to_1_percent=_begun(run, reached),
        evaluations_to_1_percent=None if reached is None else evaluations(run, reached),
        diverged_at=_begun(run, run.diverged_at if out else None),
        exploded_at=_begun(run, exploded),
    )


def _begun(run: Run, row: int | None) -> int | None:
    """The epoch in which a row lies; with mini-batches a row is one of its updates."""
    return None if row is None else run.history.clock.begun(row)


def evaluations(run: Run, epoch: int) -> int:
    """How often the run has evaluated the gradient up to this row.

    With mini-batches, each update evaluates the gradient of its batch once.
    """
    return int(run.history.effort.evaluations(torch.tensor([epoch])))


def standing(result: Result, by: Measure = "epochs") -> Standing:
    """What the rank of this result depends on."""
    reached = result.epochs_to_1_percent if by == "epochs" else result.evaluations_to_1_percent
    failed = result.final_train_loss is None and result.diverged_at is None
    return Standing(reached, result.epochs + 1 if failed else result.exploded_at)


def race(configs: Sequence[Config] | Mapping[str, Config], by: Measure = "epochs") -> "pd.DataFrame":
    """One row per config, in the order given: its name, the settings that differ, its `Result`, its rank.

    Without names they are called run 1, run 2, … The setting `epochs` is the column epochs_planned. Of the
    hyperparameters only those appear that some config sets; they are missing where an optimizer does not
    have them. The rank counts epochs to within 1 % of the minimum, or gradient evaluations. ValueError for
    no config, and ConfigError, a ValueError, for another measure.
    """
    named = dict(configs) if isinstance(configs, Mapping) else _numbered(configs)
    if not named:
        raise ValueError("a race needs at least one config")
    check_choice("by", by, MEASURES)
    results = [result(_trained(config)) for config in named.values()]
    table = compared(list(named), list(named.values()), results)
    return table.assign(rank=ranking([standing(each, by) for each in results]))


def compared(names: Sequence[str], configs: Sequence[Config], results: Sequence[Result]) -> "pd.DataFrame":
    """A row per run: its name, the settings that differ, and its `Result`, as `race` tells them."""
    import pandas as pd  # imported here because nothing else needs it and it is slow to load

    settings = differing(configs)
    if "epochs" in settings:  # a result has this name, too: the epochs that were done
        settings["epochs_planned"] = settings.pop("epochs")
    frame = pd.DataFrame([vars(each) for each in results]).astype(TYPES)
    return pd.concat([pd.DataFrame({"name": names, **settings}), frame], axis=1)


def _numbered(configs: Sequence[Config]) -> dict[str, Config]:
    return {f"run {number}": config for number, config in enumerate(configs, 1)}


def _trained(config: Config) -> Run:
    run = Run(config)
    run.advance(epochs=config.epochs)
    return run


def differing(configs: Sequence[Config]) -> dict[str, list[Any]]:
    """The settings, and the hyperparameters that some config sets, in which the configs differ, by name.

    Each holds one value per config, None for a hyperparameter that the optimizer does not have.
    """
    fields = [name for name in Config.model_fields if name != "hyper"]
    columns: dict[str, list[Any]] = {name: [getattr(config, name) for config in configs] for name in fields}
    for name in dict.fromkeys(name for config in configs for name in config.hyper):
        columns[name] = [_hyper(config, name) for config in configs]
    return {name: values for name, values in columns.items() if len(set(values)) > 1}


def _hyper(config: Config, name: str) -> Number | None:
    """The value of a hyperparameter, given or by default."""
    defaults = {hyper.name: hyper.default for hyper in OPTIMIZERS[config.optimizer].hyper}
    return config.hyper.get(name, defaults.get(name))
