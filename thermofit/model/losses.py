"""The losses, each beside its own derivative."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from thermofit.words import mark, tr


@dataclass(frozen=True)
class Loss:
    """A loss over the last dimension of predictions t_p (…, n) against targets t_c (n,), in the same unit.

    `value` gives shape (…), `derivative` dL/dt_p gives the shape of t_p. The loss is in the target's unit to
    the `power`, see `unit_of`.
    """

    name: str
    label: str
    power: Literal[1, 2]
    help: str
    formula: str
    value: Callable[[Tensor, Tensor], Tensor]
    derivative: Callable[[Tensor, Tensor], Tensor]

    def unit_of(self, target_unit: str) -> str:
        """The unit of the loss: °C² for errors in °C, (km/s)² for km/s, units² where the target has none."""
        unit = target_unit or tr("units")
        if self.power == 1:
            return unit
        return f"({unit})²" if set(unit) & set(" /") else f"{unit}²"


# What torch.nn.functional.mse_loss calls after comparing shapes, a check that costs a seventh of an epoch.
mse_loss: Callable[[Tensor, Tensor], Tensor] = torch.ops.aten.mse_loss.default


def mse(t_p: Tensor, t_c: Tensor) -> Tensor:
    """Mean squared error: sum (t_p - t_c)² / n, in the target's unit squared."""
    if t_p.dim() == 1:
        return mse_loss(t_p, t_c)
    return (t_p - t_c).square_().mean(-1)


def mse_derivative(t_p: Tensor, t_c: Tensor) -> Tensor:
    """2 (t_p - t_c) / n."""
    return 2 * (t_p - t_c) / t_p.size(-1)


def mae(t_p: Tensor, t_c: Tensor) -> Tensor:
    """Mean absolute error: sum |t_p - t_c| / n, in the target's unit."""
    return (t_p - t_c).abs().mean(-1)


def mae_derivative(t_p: Tensor, t_c: Tensor) -> Tensor:
    """sign(t_p - t_c) / n; 0 where the prediction is exact, as in autograd."""
    return (t_p - t_c).sign() / t_p.size(-1)


def huber(t_p: Tensor, t_c: Tensor) -> Tensor:
    """Huber (1964) with delta 1, in the target's unit: r²/2 where |r| ≤ 1, |r| - 1/2 beyond, averaged.

    r = t_p - t_c.
    """
    # With c = min(|r|, 1) both branches are c (|r| - c/2), without choosing between them.
    size = (t_p - t_c).abs()
    clipped = size.clamp(max=1.0)
    return (clipped * (size - 0.5 * clipped)).mean(-1)


def huber_derivative(t_p: Tensor, t_c: Tensor) -> Tensor:
    """r / n where |r| ≤ 1, sign(r) / n beyond: the residual, cut off at ±1."""
    return (t_p - t_c).clamp(-1.0, 1.0) / t_p.size(-1)


LOSSES = {
    loss.name: loss
    for loss in (
        Loss(
            "mse",
            mark("Mean squared error"),
            2,
            mark(
                "Square each error, then average. Big errors count most, and the slope shrinks "
                "near the minimum."
            ),
            "mean (t_p - t_c)²",
            mse,
            mse_derivative,
        ),
        Loss(
            "mae",
            mark("Mean absolute error"),
            1,
            mark(
                "Average the sizes of the errors. Outliers count less, but the slope never shrinks, "
                "so a fixed learning rate ends up hopping around the minimum."
            ),
            "mean |t_p - t_c|",
            mae,
            mae_derivative,
        ),
        Loss(
            "huber",
            mark("Huber (delta 1)"),
            2,
            mark("Squared for errors below 1, straight beyond: calm near the minimum, unmoved by outliers."),
            "mean of r²/2 where |r| ≤ 1, else |r| - 1/2",
            huber,
            huber_derivative,
        ),
    )
}
