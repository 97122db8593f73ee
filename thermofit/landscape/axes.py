"""The units in which the landscape is drawn: as trained, or slope and intercept of the line drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from torch import Tensor

from thermofit.data.preparation import PreparedData
from thermofit.data.scaling import Scale
from thermofit.landscape.loss_surface import Point

Units = Literal["trained", "original"]
Terms = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class View:
    """A pair of axes for the trained (w, b): x = factor w, y = offset w + b."""

    scale: Scale

    def drawn(self, params: Point) -> Point:
        """Where the trained (w, b) is drawn."""
        return self.scale.original(*params)

    def trained(self, drawn: Point) -> Point:
        """The (w, b) that is drawn at this point: the inverse of `drawn`."""
        w = drawn[0] / self.scale.factor
        return w, drawn[1] - w * self.scale.offset

    def path(self) -> Terms:
        """`x` and `y` as sums of the recorded columns."""
        return {"x": {"w": self.scale.factor}, "y": {"w": self.scale.offset, "b": 1.0}}

    def path_of(self, own: Scale, base: Scale) -> Terms:
        """The same for a run whose inputs are scaled by `own`, in the landscape of inputs scaled by `base`.

        With the scales (f, o) and (F, O) the line has slope = f w and intercept = o w + b. The parameters
        of this line under `base` are slope / F and intercept - O slope / F.
        """
        weight = own.factor / base.factor
        bias = own.offset - base.offset * weight
        return {
            "x": {"w": self.scale.factor * weight},
            "y": {"w": self.scale.offset * weight + bias, "b": 1.0},
        }

    def arrow_tip(self, length: float, uphill: Terms, name: str = "tip") -> Terms:
        """The tip of an arrow of (w, b) - length · gradient, as sums of columns; see `gradient_terms`."""
        w = _plus({"w": 1.0}, -length, uphill["grad_w"])
        b = _plus({"b": 1.0}, -length, uphill["grad_b"])
        return {
            f"{name}_x": _plus({}, self.scale.factor, w),
            f"{name}_y": _plus(b, self.scale.offset, w),
        }


def _plus(terms: Mapping[str, float], factor: float, more: Mapping[str, float]) -> dict[str, float]:
    """terms + factor · more."""
    return {name: terms.get(name, 0.0) + factor * more.get(name, 0.0) for name in {**terms, **more}}


def gradient_terms(t: Tensor, t_c: Tensor, loss: str) -> Terms:
    """The gradient on train rows t, t_c (n,) as sums of recorded columns ("one" is the constant).

    The gradient of the mean squared error is linear in w and b: dL/dw = 2 mean(t (w t + b - t_c)) and
    dL/db = 2 mean(w t + b - t_c), so it need not be sent. For other losses the recorded gradient is used.
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


def view(data: PreparedData, units: Units) -> View:
    """The view in original units, or in trained units, which changes nothing."""
    return View(Scale(1.0, 0.0) if units == "trained" else data.scale)
