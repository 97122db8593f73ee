"""What may be moved by hand: the start of the run, with what the browser needs to show each line at once."""

import math
from collections.abc import Mapping
from typing import Any, Literal

import plotly.graph_objects as go
from torch import Tensor

from thermofit import Config
from thermofit.config.settings import Setting, settings_for
from thermofit.data.scaling import Scale
from thermofit.landscape.arrows import round_down
from thermofit.landscape.loss_surface import Frame, Point
from thermofit.training.assembly import prepared
from thermofit.words import mark, tr

LABELS = {"w0": mark("Weight w at the start"), "b0": mark("Bias b at the start")}
NOTCHES = 400  # positions of a slider, about
FINENESS = 1000  # different numbers that a drag across the whole landscape gives, at least


def hand(config: Config, frame: Frame, controls: bool = False) -> Mapping[str, Any]:
    """The rows and the loss by which the stage measures a line (frontend/hand.js), and the range of w and b.

    `frame` is that of the landscape as trained; `controls` asks for sliders and fields beside the pictures.
    """
    data, allowed = prepared(config), settings_for(config.data, config.scaling)
    return {
        "train": _rows(data.train_scaled, data.train_targets),
        "validation": _rows(data.val_scaled, data.val_targets),
        "loss": config.loss,
        "w": _parameter(allowed["w0"], frame.w),
        "b": _parameter(allowed["b0"], frame.b),
        "controls": controls,
    }


def movable(figure: go.Figure, moves: Literal["line", "point"], scale: Scale) -> go.Figure:
    """A copy in which the line, or the point, may be moved; `scale` leads from w and b to what is drawn."""
    how = {"moves": moves, "factor": scale.factor, "offset": scale.offset}
    return go.Figure(figure).update_layout(meta={**figure.layout.meta, "hand": how})


def _rows(inputs: Tensor, targets: Tensor) -> dict[str, list[float]]:
    return {"inputs": inputs.tolist(), "targets": targets.tolist()}


def _parameter(setting: Setting, side: Point) -> dict[str, Any]:
    """A parameter's label, its allowed range, and that of its slider, with the steps in which it changes."""
    notch = round_down((side[1] - side[0]) / NOTCHES)
    return {
        "label": tr(LABELS[setting.name]),
        "least": setting.minimum,
        "most": setting.maximum,
        "low": max(setting.minimum, round(notch * math.ceil(side[0] / notch), 12)),
        "high": min(setting.maximum, round(notch * math.floor(side[1] / notch), 12)),
        "notch": notch,
        "step": 10.0 ** math.floor(math.log10((side[1] - side[0]) / FINENESS)),
    }
