"""From a config to what trains it: its data and its loop."""

from torch import Tensor

from thermofit.config.config import Config
from thermofit.data.batches import Batching
from thermofit.data.preparation import PreparedData, prepare
from thermofit.data.scaling import SCALINGS
from thermofit.loop.loop import Loop
from thermofit.loop.mistakes import MISTAKES
from thermofit.loop.pace import Plan
from thermofit.model.gradients import GRADIENTS
from thermofit.model.line import design_matrix
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES


def prepared(config: Config) -> PreparedData:
    """The data of a config: split, and scaled by what the train rows say."""
    return prepare(config.dataset, config.val, config.split_seed, SCALINGS[config.scaling])


def make_loop(config: Config, data: PreparedData, start: Tensor, total: int | None = None) -> Loop:
    """The training loop of a config, at `start` = [w, b] in scaled units.

    `total` is the number of updates that it is to do, by default those of a whole run.
    """
    return Loop(
        GRADIENTS[config.gradient],
        OPTIMIZERS[config.optimizer],
        LOSSES[config.loss],
        config.hyper,
        start=start,
        design=design_matrix(data.train_scaled),
        t_c=data.train_targets,
        lr=config.lr,
        mistake=MISTAKES[config.mistake],
        validation=(design_matrix(data.val_scaled), data.val_targets) if len(data.val_scaled) else None,
        batching=batching(config, data),
        plan=_plan(config, config.updates if total is None else total),
    )


def batching(config: Config, data: PreparedData) -> Batching | None:
    """How the train rows are dealt out; None if each step sees all of them."""
    if not config.batch:
        return None
    return Batching(len(data.train_scaled), config.batch, config.batch_seed, config.drop_last)


def _plan(config: Config, total: int) -> Plan | None:
    """The schedule of a loop of so many updates; None if the learning rate stays as it is."""
    if config.schedule == "none":
        return None
    return Plan(SCHEDULES[config.schedule], config.schedule_hyper, config.updates_per_epoch, total)
