"""The landmarks in the landscape of the loss: start, minimum, truth, and the frame around them.

A landscape is drawn in trained or in original units; a `View` says which.
"""

from dataclasses import dataclass

from torch import Tensor

from thermofit.data.dataset import KnownLine
from thermofit.data.preparation import PreparedData
from thermofit.landscape.axes import Units, View, view
from thermofit.landscape.loss_surface import Frame, Point, frame
from thermofit.theory.curvature import curvature
from thermofit.theory.least_squares import least_squares

USUAL_START: Point = (1.0, 0.0)  # always within the frame, so that the frame rarely has to change


@dataclass(frozen=True)
class Landmarks:
    """What must be visible, in the units of `view`; `inputs` (n,) are the train readings in these units."""

    view: View
    inputs: Tensor
    start: Point
    best: Point
    truth: Point | None
    frame: Frame


def landmarks(data: PreparedData, start: Point, units: Units, known: KnownLine | None = None) -> Landmarks:
    """The landmarks for a run from `start` (w, b as trained); the truth is the line that is `known`, if any.

    The frame also includes the usual start and its mirror image across the valley, as far as stable gradient
    descent can jump. So it is the same for every start within it.
    """
    shown_in = view(data, units)
    best = least_squares(data.train_scaled, data.train_targets).params
    truth = View(data.scale).trained((known.slope, known.intercept)) if known else None
    usual = [USUAL_START, mirrored_start(USUAL_START, best, data.train_scaled), best]
    usual += [truth] if truth else []
    home = frame([shown_in.drawn(place) for place in usual])
    if not home.holds(*shown_in.drawn(start)):
        home = frame([shown_in.drawn(place) for place in (*usual, start)])
    return Landmarks(
        view=shown_in,
        inputs=data.train_scaled if units == "trained" else data.train_inputs,
        start=shown_in.drawn(start),
        best=shown_in.drawn(best),
        truth=shown_in.drawn(truth) if truth else None,
        frame=home,
    )


def mirrored_start(start: Point, best: Point, t: Tensor) -> Point:
    """The start reflected in the minimum along the steepest direction for the inputs t (n,)."""
    w, b = curvature(t).directions[0]
    error = (start[0] - best[0]) * w + (start[1] - best[1]) * b
    return start[0] - 2 * error * w, start[1] - 2 * error * b
