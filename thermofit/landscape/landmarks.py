"""Where things stand in the landscape of the loss: start, minimum, truth, and the frame around them.

A landscape is drawn in the units that are trained, or in the original ones: a `View` says which.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from torch import Tensor

from thermofit.model import Loss
from thermofit.prepare import Prepared
from thermofit.scaling import Scale
from thermofit.surface import Frame, Point, frame
from thermofit.theory import Line, curvature, least_squares

Units = Literal["trained", "original"]
Terms = Mapping[str, Mapping[str, float]]

FAHRENHEIT = Line(slope=5 / 9, intercept=-32 * 5 / 9)  # t_c = (t_u - 32) · 5/9, what the thermometer measures
HOME: Point = (1.0, 0.0)  # the usual start; the frame always shows it, so that it rarely has to change
ARROW = 0.25  # of the frame's width or height, at most: the arrow at the usual start


@dataclass(frozen=True)
class View:
    """A pair of axes for the trained (w, b): x = factor w, y = offset w + b."""

    scale: Scale

    def drawn(self, params: Point) -> Point:
        """Where the trained (w, b) is drawn."""
        return self.scale.original(*params)

    def trained(self, drawn: Point) -> Point:
        """The (w, b) that is drawn there: the inverse of `drawn`."""
        w = drawn[0] / self.scale.factor
        return w, drawn[1] - w * self.scale.offset

    def path(self) -> Terms:
        """`x` and `y` as sums of the recorded columns."""
        return {"x": {"w": self.scale.factor}, "y": {"w": self.scale.offset, "b": 1.0}}

    def tip(self, length: float, uphill: Terms, name: str = "tip") -> Terms:
        """The tip of an arrow of (w, b) - length · gradient, all sums of recorded columns; see `slopes`."""
        w = _plus({"w": 1.0}, -length, uphill["grad_w"])
        b = _plus({"b": 1.0}, -length, uphill["grad_b"])
        return {
            f"{name}_x": _plus({}, self.scale.factor, w),
            f"{name}_y": _plus(b, self.scale.offset, w),
        }


def _plus(terms: Mapping[str, float], factor: float, more: Mapping[str, float]) -> dict[str, float]:
    """terms + factor · more."""
    return {name: terms.get(name, 0.0) + factor * more.get(name, 0.0) for name in {**terms, **more}}


def slopes(t: Tensor, t_c: Tensor, loss: str) -> Terms:
    """The gradient on train rows t, t_c (n,) as sums of recorded columns ("one" is the constant).

    That of the mean squared error is linear in w and b: dL/dw = 2 mean(t (w t + b - t_c)) and
    dL/db = 2 mean(w t + b - t_c), so no gradients need to travel. Other losses are asked for theirs.
    """
    if loss != "mse":
        return {name: {name: 1.0} for name in ("grad_w", "grad_b")}
    t, t_c = t.double(), t_c.double()

    def twice(values: Tensor) -> float:
        return 2 * values.mean().item()

    return {
        "grad_w": {"w": twice(t * t), "b": twice(t), "one": -twice(t * t_c)},
        "grad_b": {"w": twice(t), "b": 2.0, "one": -twice(t_c)},
    }


def view(data: Prepared, units: Units) -> View:
    """The view in trained units, which changes nothing, or in original ones."""
    return View(Scale(1.0, 0.0) if units == "trained" else data.scale)


@dataclass(frozen=True)
class Landmarks:
    """What must be seen, in the units of `view`; `inputs` (n,) are the train readings in these units."""

    view: View
    inputs: Tensor
    start: Point
    best: Point
    truth: Point
    frame: Frame


def landmarks(data: Prepared, start: Point, units: Units) -> Landmarks:
    """The landmarks for a run from `start` (w, b as trained).

    The frame also holds the usual start and its mirror image across the valley, which is as far as stable
    gradient descent jumps. So it stays as it is for every start within.
    """
    seen = view(data, units)
    best = least_squares(data.train_scaled, data.train_targets).params
    truth = View(data.scale).trained((FAHRENHEIT.slope, FAHRENHEIT.intercept))
    usual = [HOME, across(HOME, best, data.train_scaled), best, truth]
    home = frame([seen.drawn(place) for place in usual])
    if not home.holds(*seen.drawn(start)):
        home = frame([seen.drawn(place) for place in (*usual, start)])
    return Landmarks(
        view=seen,
        inputs=data.train_scaled if units == "trained" else data.train_inputs,
        start=seen.drawn(start),
        best=seen.drawn(best),
        truth=seen.drawn(truth),
        frame=home,
    )


def across(start: Point, best: Point, t: Tensor) -> Point:
    """The start mirrored at the minimum along the steepest direction of the inputs t (n,)."""
    w, b = curvature(t).directions[0]
    error = (start[0] - best[0]) * w + (start[1] - best[1]) * b
    return start[0] - 2 * error * w, start[1] - 2 * error * b


def gradient(params: Point, t: Tensor, t_c: Tensor, loss: Loss) -> Point:
    """(dL/dw, dL/db) at (w, b) on rows t, t_c (n,): dL/dt_p times t and 1, summed."""
    t = t.double()
    slope = loss.derivative(params[0] * t + params[1], t_c.double())
    return (slope * t).sum().item(), slope.sum().item()


def arrow_length(marks: Landmarks, data: Prepared, loss: Loss) -> float:
    """By what to multiply gradients so that the one at the usual start fits: 1, 2, 5, 10 and so on."""
    uphill = gradient(HOME, data.train_scaled, data.train_targets, loss)
    tip = marks.view.drawn((HOME[0] + uphill[0], HOME[1] + uphill[1]))
    here, sides = marks.view.drawn(HOME), (marks.frame.w, marks.frame.b)
    shares = [abs(tip[i] - here[i]) / (sides[i][1] - sides[i][0]) for i in range(2)]
    return round_down(ARROW / max(*shares, 1e-12))


def round_down(value: float) -> float:
    """The largest of 1, 2, 5, 10, 20 … that is not above `value` (> 0), at any power of ten."""
    power = math.floor(math.log10(value))
    unit = next(unit for unit in (5, 2, 1) if unit * 10.0**power <= value * (1 + 1e-9))
    return float(f"{unit}e{power}")
