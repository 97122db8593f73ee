"""Input scaling: a change of unit that makes the valley of the loss round enough to walk in.

Every scaling is a straight line, fitted on the train rows only (a validation row must not leak
into training), so a trained line always has an equal one in the original units.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor

from thermofit.words import mark

Value = TypeVar("Value", float, Tensor)


@dataclass(frozen=True)
class Scale:
    """scaled = factor * t + offset."""

    factor: float
    offset: float

    def apply(self, t: Value) -> Value:
        """The reading(s) `t`, any shape, in scaled units."""
        return self.factor * t + self.offset

    def original(self, w: Value, b: Value) -> tuple[Value, Value]:
        """Slope and intercept, in the units of the readings, of the line trained as (w, b).

        w (factor t + offset) + b = (w factor) t + (w offset + b)
        """
        return w * self.factor, w * self.offset + b


@dataclass(frozen=True)
class Scaling:
    """A way to choose a scale; `fit` takes the train readings, shape (n,), n ≥ 1."""

    name: str
    label: str
    help: str
    formula: str
    fit: Callable[[Tensor], Scale]


def _none(t: Tensor) -> Scale:
    return Scale(1.0, 0.0)


def _tenth(t: Tensor) -> Scale:
    return Scale(0.1, 0.0)


def _standardize(t: Tensor) -> Scale:
    """(t - mean) / std with the population std: mean 0 and mean square 1 on the train rows."""
    mean = t.double().mean().item()
    return _centred(mean, t.double().std(correction=0).item())


def _min_max(t: Tensor) -> Scale:
    """(t - min) / (max - min): the train rows fill 0 to 1."""
    low = t.double().min().item()
    return _centred(low, t.double().max().item() - low)


def _centred(origin: float, spread: float) -> Scale:
    """(t - origin) / spread; readings without a spread that float32 can divide by are only moved to 0."""
    factor = 1.0 / spread if spread >= torch.finfo(torch.float32).tiny else 1.0
    return Scale(factor, -origin * factor)


SCALINGS = {
    scaling.name: scaling
    for scaling in (
        Scaling(
            "none",
            mark("As they are"),
            mark(
                "Train on the readings as they are. w and b then feel very different slopes, "
                "so only a tiny learning rate is stable and b hardly moves."
            ),
            "t",
            _none,
        ),
        Scaling(
            "tenth",
            mark("Times 0.1"),
            mark(
                "Divide the readings by ten, the simplest cure: the slopes of w and b come closer together."
            ),
            "0.1 · t",
            _tenth,
        ),
        Scaling(
            "standardize",
            mark("Standardize"),
            mark(
                "Shift and stretch so that the training readings have mean 0 and standard deviation 1. "
                "The valley becomes a round bowl and a large learning rate works."
            ),
            "(t - mean) / std",
            _standardize,
        ),
        Scaling(
            "min-max",
            mark("Min-max"),
            mark("Shift and stretch so that the training readings lie between 0 and 1."),
            "(t - min) / (max - min)",
            _min_max,
        ),
    )
}
