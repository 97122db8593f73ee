"""How steep the loss is in each direction, and which learning rates that allows."""

import math
from dataclasses import dataclass

from torch import Tensor

from thermofit.numbers import rounded

Pair = tuple[float, float]


@dataclass(frozen=True)
class Curvature:
    """How the mean squared error bends: its Hessian over (w, b), the same everywhere, and what follows.

    `eigenvalues` start with the largest; `directions` are the unit eigenvectors (w, b) in that order.
    """

    hessian: tuple[Pair, Pair]
    eigenvalues: Pair
    directions: tuple[Pair, Pair]

    @property
    def condition(self) -> float | None:
        """λmax / λmin; None if the rows determine no line, because one direction is flat."""
        steep, flat = self.eigenvalues
        return steep / flat if flat > 0 else None

    @property
    def largest_rate(self) -> float:
        """2 / λmax: plain gradient descent is stable below it (Goodfellow et al., Deep Learning, 4.3)."""
        return 2.0 / self.eigenvalues[0]

    @property
    def fastest_rate(self) -> float:
        """2 / (λmax + λmin): the rate at which the slower direction shrinks fastest (Polyak 1964)."""
        return 2.0 / sum(self.eigenvalues)

    @property
    def safe_rate(self) -> float:
        """Nine tenths of the largest rate, rounded down to two digits: a rate to suggest."""
        rate = 0.9 * self.largest_rate
        unit = 10.0 ** (math.floor(math.log10(rate)) - 1)
        return rounded(math.floor(rate / unit) * unit, 2)

    def factors(self, lr: float) -> Pair:
        """|1 - lr λ|: the factor by which each step multiplies the error along each direction."""
        steep, flat = self.eigenvalues
        return abs(1.0 - lr * steep), abs(1.0 - lr * flat)


def curvature(t: Tensor) -> Curvature:
    """H = 2/n XᵀX with X = [t, 1], for inputs t (n,), and its eigenvalues.

    With half = H/2 = [[mean t², mean t], [mean t, 1]], det half = var(t). This keeps the small eigenvalue
    exact, where a general solver would lose it beside the large one.
    """
    t = t.double()
    square, mean, variance = t.square().mean().item(), t.mean().item(), t.var(correction=0).item()
    large = (square + 1.0) / 2 + math.hypot((square - 1.0) / 2, mean)
    angle = math.atan2(2 * mean, square - 1.0) / 2  # of the steep direction, in the plane of w and b
    steep, flat = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
    return Curvature(
        hessian=((2 * square, 2 * mean), (2 * mean, 2.0)),
        eigenvalues=(2 * large, 2 * variance / large),
        directions=(steep, flat),
    )
