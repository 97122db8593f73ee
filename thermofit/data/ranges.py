"""Which learning rates and starts are allowed: that depends on the size of the readings."""

import math
from dataclasses import dataclass

from torch import Tensor

from thermofit.data.dataset import Dataset
from thermofit.data.scaling import Scaling

SMALLEST_RATE, LARGEST_RATE = 1e-6, 10.0
FARTHEST_START = 1000.0  # from 0, in either direction
ROOM = 30.0  # times the largest target, or the weight that leads there; a line of slope 1 is always allowed
SEEN = 0.01  # of the targets' spread: what a step moves the line by, at most
FINEST = 0.01  # of the largest stable rate


@dataclass(frozen=True)
class Ranges:
    """Least and largest learning rate, start weight and start bias, in the units of the scaled readings.

    `rate` is a learning rate that suits plain gradient descent: 1, 2 or 5 times a power of ten, at most half
    of what is surely stable. `w_step` and `b_step`, powers of ten, move the line by a thousandth to a
    hundredth of the targets' spread.
    """

    lr: tuple[float, float]
    w0: tuple[float, float]
    b0: tuple[float, float]
    rate: float
    w_step: float
    b_step: float


def ranges(dataset: Dataset, scaling: Scaling) -> Ranges:
    """The ranges for a data set under a scaling fitted on all its rows: the usual ones, or wider ones.

    Wider where the readings ask for it: plain gradient descent on the mean squared error is stable below
    2 / λ, and the largest eigenvalue λ of the Hessian is at most its trace, 2 (mean x² + 1).
    """
    scale = scaling.fit(dataset.t_u)
    x = scale.apply(dataset.t_u).double()
    target = float(dataset.t_c.abs().max())
    stable = 1 / (float(x.square().mean()) + 1)
    slowest = min(SMALLEST_RATE, 10.0 ** math.floor(math.log10(FINEST * stable)))
    return Ranges(
        lr=(slowest, LARGEST_RATE),
        w0=_around_zero(max(ROOM * target / max(float(x.abs().max()), 1e-9), 1 / scale.factor)),
        b0=_around_zero(max(ROOM * target, abs(scale.offset) / scale.factor)),
        rate=_round_below(stable / 2),
        w_step=_power_below(SEEN * _spread(dataset.t_c) / _spread(x)),
        b_step=_power_below(SEEN * _spread(dataset.t_c)),
    )


def _spread(values: Tensor) -> float:
    """From the smallest to the largest; of equal ones, their size."""
    spread = float(values.max() - values.min())
    return spread or float(values.abs().max()) or 1.0


def _power_below(value: float) -> float:
    return float(f"1e{math.floor(math.log10(value))}")


def _round_below(value: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not above the value."""
    power = math.floor(math.log10(value))
    candidates = [float(f"{digit}e{size}") for size in (power - 1, power) for digit in (1, 2, 5)]
    return max(each for each in candidates if each <= value)


def _around_zero(size: float) -> tuple[float, float]:
    limit = FARTHEST_START if size <= FARTHEST_START else 10.0 ** math.ceil(math.log10(size))
    return -limit, limit
