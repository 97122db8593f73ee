"""The arrow of the gradient, and its length on the screen."""

import math

from torch import Tensor

from thermofit.data.preparation import PreparedData
from thermofit.landscape.landmarks import USUAL_START, Landmarks
from thermofit.landscape.loss_surface import Point
from thermofit.model.losses import Loss

ARROW = 0.25  # largest share of the frame's width or height for the arrow at the usual start


def gradient(params: Point, t: Tensor, t_c: Tensor, loss: Loss) -> Point:
    """(dL/dw, dL/db) at (w, b) on rows t, t_c (n,): dL/dt_p times t and 1, summed."""
    t = t.double()
    slope = loss.derivative(params[0] * t + params[1], t_c.double())
    return (slope * t).sum().item(), slope.sum().item()


def arrow_length(marks: Landmarks, data: PreparedData, loss: Loss) -> float:
    """The factor for gradients that makes the one at the usual start fit: 1, 2, 5, 10 and so on."""
    uphill = gradient(USUAL_START, data.train_scaled, data.train_targets, loss)
    tip = marks.view.drawn((USUAL_START[0] + uphill[0], USUAL_START[1] + uphill[1]))
    here, sides = marks.view.drawn(USUAL_START), (marks.frame.w, marks.frame.b)
    shares = [abs(tip[i] - here[i]) / (sides[i][1] - sides[i][0]) for i in range(2)]
    return round_down(ARROW / max(*shares, 1e-12))


def round_down(value: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not above `value` (> 0)."""
    power = math.floor(math.log10(value))
    unit = next(unit for unit in (5, 2, 1) if unit * 10.0**power <= value * (1 + 1e-9))
    return float(f"{unit}e{power}")
