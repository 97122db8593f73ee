"""From a config to what trains it: its data and its loop."""

from torch import Tensor

from thermofit.config.config import Config
from thermofit.data.preparation import PreparedData, prepare
from thermofit.data.scaling import SCALINGS
from thermofit.loop.loop import Loop
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.gradients import GRADIENTS
from thermofit.model.line import design_matrix
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS


def prepared(config: Config) -> PreparedData:
    """The data of a config: split, and scaled by what the train rows say."""
    return prepare(config.dataset, config.val, config.split_seed, SCALINGS[config.scaling])


def make_loop(config: Config, data: PreparedData, start: Tensor) -> Loop:
    """The training loop of a config, at `start` = [w, b] in scaled units."""
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
    )
