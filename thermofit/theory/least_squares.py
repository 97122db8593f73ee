"""What can be known without training: computed in float64, from formulas instead of steps."""

import math
from bisect import bisect_left
from dataclasses import dataclass

import torch
from torch import Tensor

from thermofit.model import design_matrix, lines, mse

LONGEST = 10**9  # epochs; a forecast beyond is no forecast
NEAR = 0.01  # how far above the smallest loss counts as arrived, as a share of it
NOTHING = 1e-12  # a smallest loss below this share of the mean t_c² is rounding, not misfit


@dataclass(frozen=True)
class Line:
    """t_c = slope * t_u + intercept, in original units (°C per unit of t_u, and °C)."""

    slope: float
    intercept: float


def closed_form(t_u: Tensor, t_c: Tensor) -> Line:
    """The line of least squares through rows t_u, t_c, shape (n,): solves min ‖X p - t_c‖² with X = [t_u, 1].

    Where the rows do not determine a line (fewer than two different readings), the shortest solution.
    """
    solution = torch.linalg.lstsq(
        design_matrix(t_u.double()), t_c.double().unsqueeze(1), driver="gelsd"
    ).solution
    slope, intercept = solution.flatten().tolist()
    return Line(slope, intercept)


@dataclass(frozen=True)
class Fit:
    """The line of least squares and how well it fits its rows.

    `params` are (w, b) in the units of the inputs it was given; `mse` is in °C². `r2` is the share
    of the variance of t_c that the line explains, None where t_c doesn't vary. `exact` says that
    the line passes through every row, but for rounding.
    """

    params: tuple[float, float]
    mse: float
    r2: float | None
    exact: bool


def least_squares(t: Tensor, t_c: Tensor) -> Fit:
    """The closed form through rows t (scaled or not), t_c (°C), both (n,), with R² = 1 - MSE / var(t_c)."""
    best = closed_form(t, t_c)
    params, t_c = (best.slope, best.intercept), t_c.double()
    smallest = mse_at(params, t, t_c)
    spread = t_c.var(correction=0).item()
    return Fit(
        params,
        smallest,
        r2=1.0 - smallest / spread if spread > 0 else None,
        exact=smallest <= NOTHING * t_c.square().mean().item(),
    )


def mse_at(params: tuple[float, float], t: Tensor, t_c: Tensor) -> float:
    """The mean squared error, in float64, of the line (w, b) on rows t, t_c (n,)."""
    row = torch.tensor([params], dtype=torch.float64)
    return mse(lines(row, t.double()), t_c.double()).item()


Pair = tuple[float, float]


@dataclass(frozen=True)
class Curvature:
    """How the mean squared error bends, the same everywhere: its Hessian over (w, b), and what follows.

    `eigenvalues` has the largest first; `directions` are the unit eigenvectors (w, b) in that order.
    """

    hessian: tuple[Pair, Pair]
    eigenvalues: Pair
    directions: tuple[Pair, Pair]

    @property
    def condition(self) -> float | None:
        """λmax / λmin; None where the rows determine no line, because one direction is quite flat."""
        steep, flat = self.eigenvalues
        return steep / flat if flat > 0 else None

    @property
    def largest_rate(self) -> float:
        """2 / λmax: plain gradient descent is stable below (Goodfellow et al., Deep Learning, 4.3)."""
        return 2.0 / self.eigenvalues[0]

    @property
    def fastest_rate(self) -> float:
        """2 / (λmax + λmin): the rate at which the slower direction shrinks fastest (Polyak 1964)."""
        return 2.0 / sum(self.eigenvalues)

    @property
    def safe_rate(self) -> float:
        """Nine tenths of the largest rate, rounded down to two digits: one to offer to a person."""
        rate = 0.9 * self.largest_rate
        unit = 10.0 ** (math.floor(math.log10(rate)) - 1)
        return float(f"{math.floor(rate / unit) * unit:.2g}")

    def factors(self, lr: float) -> Pair:
        """|1 - lr λ|: by what each step multiplies the error along each direction."""
        steep, flat = self.eigenvalues
        return abs(1.0 - lr * steep), abs(1.0 - lr * flat)


def curvature(t: Tensor) -> Curvature:
    """H = 2/n XᵀX with X = [t, 1], for inputs t (n,), and its eigenvalues.

    With half = H/2 = [[mean t², mean t], [mean t, 1]]: det half = var(t), which keeps the small
    eigenvalue exact where a general solver would lose it beside the large one.
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


@dataclass(frozen=True)
class Outlook:
    """What plain gradient descent will do, known before the first step.

    `fit` is the line of *least squares*, whatever the loss. `curvature`, `factors` (by what a step
    multiplies the error along the steep and the flat direction) and `stable` are None for a loss
    whose Hessian is not constant: `unknown` then says why, in words. `epochs` is how many it takes until
    the loss is within 1 % of the smallest, None if unstable, unknown, beyond 10⁹ or if that loss is 0.
    """

    loss: str
    lr: float
    fit: Fit
    curvature: Curvature | None
    factors: Pair | None
    epochs: int | None
    unknown: str = ""

    @property
    def stable(self) -> bool | None:
        """Whether the rate lies below the largest stable one."""
        return None if self.curvature is None else self.lr < self.curvature.largest_rate


UNKNOWN = {
    "mae": "Mean absolute error has no curvature to compute a limit from: its slope keeps its size "
    "down to the minimum. Too large a rate does not explode, it hops around the minimum.",
    "huber": "The Huber loss bends only where errors are below 1 °C, so its curvature changes along the way "
    "and gives no single limit. Its slope stays bounded: too large a rate hops instead of exploding.",
}


def outlook(t: Tensor, t_c: Tensor, loss: str, lr: float, start: Pair) -> Outlook:
    """What plain gradient descent at rate `lr` will do from `start` (w, b), in the units of t.

    t (scaled inputs) and t_c (°C) are the train rows, both (n,); `loss` is a name in LOSSES.
    """
    fit = least_squares(t, t_c)
    if loss != "mse":
        reason = UNKNOWN.get(loss, "The curvature of this loss is not constant, so there is no single limit.")
        return Outlook(loss, lr, fit, None, None, None, reason)
    bend = curvature(t)
    return Outlook(loss, lr, fit, bend, bend.factors(lr), _epochs(fit, bend, lr, start))


def excess(fit: Fit, bend: Curvature, lr: float, start: Pair, epoch: int) -> float:
    """How far the loss is above the smallest after `epoch` steps: ½ Σ λ c² (1 - lr λ)^(2 epoch).

    c is the start's error along each eigenvector: the MSE is a parabola along each of them.
    """
    error_w, error_b = start[0] - fit.params[0], start[1] - fit.params[1]
    total = 0.0
    for value, (w, b), factor in zip(bend.eigenvalues, bend.directions, bend.factors(lr), strict=True):
        total += 0.5 * value * (error_w * w + error_b * b) ** 2 * factor ** (2 * epoch)
    return total


def _epochs(fit: Fit, bend: Curvature, lr: float, start: Pair) -> int | None:
    """The first epoch within NEAR of the smallest loss: a stable run's excess only shrinks, so bisect."""
    if fit.exact or lr >= bend.largest_rate:
        return None
    goal = NEAR * fit.mse
    first = bisect_left(range(LONGEST + 1), True, key=lambda k: excess(fit, bend, lr, start, k) <= goal)
    return first if first <= LONGEST else None
