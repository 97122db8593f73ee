"""The units of targets and of the loss in pictures and sentences."""

from thermofit import Config
from thermofit.charts.theme import escaped
from thermofit.data.dataset import Dataset
from thermofit.model.losses import LOSSES


def target_unit(data: Dataset) -> str:
    """The unit of the targets as it is shown; that of somebody's own readings stays as it was written."""
    return data.shown(data.target_unit)


def loss_unit(config: Config) -> str:
    """The unit of a set-up's loss, which follows from that of its targets; without a meaning for Plotly."""
    return LOSSES[config.loss].unit_of(escaped(target_unit(config.dataset)))
