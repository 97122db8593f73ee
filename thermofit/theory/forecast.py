"""What plain gradient descent will do, known before it is run."""

from bisect import bisect_left
from dataclasses import dataclass

from torch import Tensor

from thermofit.theory.curvature import Curvature, Pair, curvature
from thermofit.theory.least_squares import Fit, least_squares
from thermofit.words import mark

LONGEST = 10**9  # epochs; anything longer is as good as never
NEAR = 0.01  # a loss within this share of the smallest one counts as arrived


@dataclass(frozen=True)
class Forecast:
    """What plain gradient descent will do, known before the first step.

    `readings` is how many rows train the line; all of this depends on them. `fit` is the line of *least
    squares*, whatever the loss. `curvature`, `factors` (by what a step multiplies the error along the
    steep and the flat direction) and `stable` are None for a loss whose Hessian is not constant; `unknown`
    then says why, in English. `epochs` is how many it takes until the loss is within 1 % of the smallest:
    None if unstable, unknown, beyond 10⁹, or if that loss is 0.
    """

    loss: str
    lr: float
    readings: int
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
    "mae": mark(
        "Mean absolute error has no curvature to compute a limit from: its slope keeps its size "
        "down to the minimum. With too large a rate the line does not explode but hops around the minimum."
    ),
    "huber": mark(
        "The Huber loss bends only where errors are below 1, so its curvature changes along the way "
        "and gives no single limit. "
        "Its slope stays bounded: too large a rate makes the line hop, not explode."
    ),
}
NOT_CONSTANT = mark("The curvature of this loss is not constant, so there is no single limit.")


def forecast(t: Tensor, t_c: Tensor, loss: str, lr: float, start: Pair) -> Forecast:
    """What plain gradient descent at rate `lr` will do from `start` (w, b), in the units of t.

    t (scaled inputs) and t_c are the train rows, both (n,); `loss` is a name in LOSSES.
    """
    fit = least_squares(t, t_c)
    if loss != "mse":
        reason = UNKNOWN.get(loss, NOT_CONSTANT)
        return Forecast(loss, lr, len(t), fit, None, None, None, reason)
    bowl = curvature(t)
    return Forecast(loss, lr, len(t), fit, bowl, bowl.factors(lr), _epochs(fit, bowl, lr, start))


def excess_loss(fit: Fit, bowl: Curvature, lr: float, start: Pair, epoch: int) -> float:
    """How far the loss is above the smallest after `epoch` steps: ½ Σ λ c² (1 - lr λ)^(2 epoch).

    c is the start's error along each eigenvector: the MSE is a parabola along each of them.
    """
    error_w, error_b = start[0] - fit.params[0], start[1] - fit.params[1]
    total = 0.0
    for value, (w, b), factor in zip(bowl.eigenvalues, bowl.directions, bowl.factors(lr), strict=True):
        total += 0.5 * value * (error_w * w + error_b * b) ** 2 * factor ** (2 * epoch)
    return total


def _epochs(fit: Fit, bowl: Curvature, lr: float, start: Pair) -> int | None:
    """The first epoch within NEAR of the smallest loss, by bisection: a stable run's excess only shrinks."""
    if fit.exact or lr >= bowl.largest_rate:
        return None
    goal = NEAR * fit.mse
    first = bisect_left(range(LONGEST + 1), True, key=lambda k: excess_loss(fit, bowl, lr, start, k) <= goal)
    return first if first <= LONGEST else None
