"""The unit of the loss in pictures and sentences."""

from thermofit import Config
from thermofit.charts.theme import escaped
from thermofit.model.losses import LOSSES


def loss_unit(config: Config) -> str:
    """The unit of a set-up's loss, which follows from that of its targets; without a meaning for Plotly."""
    return LOSSES[config.loss].unit_of(escaped(config.dataset.target_unit))
