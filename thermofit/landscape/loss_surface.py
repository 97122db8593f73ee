"""The loss as a landscape over (w, b): a grid from which contours are drawn, and the frame around it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from thermofit.model.line import lines
from thermofit.model.losses import Loss

SIZE = 80  # grid points along each side
LEVELS = 16  # contours, at most
SHALLOWEST = 1e-8  # the lowest contour, as a share of the highest, at least
MARGIN = 0.12  # of the frame's width, on every side
CHUNK = 2**20  # residuals at a time: 8 MB of float64

Point = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """The part of the (w, b) plane that is drawn: (low, high) of each, low < high."""

    w: Point
    b: Point

    def holds(self, w: float, b: float) -> bool:
        """Whether the point lies inside, edges included."""
        return self.w[0] <= w <= self.w[1] and self.b[0] <= b <= self.b[1]


@dataclass(frozen=True, eq=False)
class Surface:
    """The loss at grid points: `w` (columns), `b` (rows), each (size,), and `loss` (size, size), [b, w].

    `height` is what is drawn: log10(loss - floor + lift), which spaces contours evenly however long the
    valley is. `levels` are evenly spaced heights, and `losses` the loss at each of them.
    """

    frame: Frame
    w: Tensor
    b: Tensor
    loss: Tensor
    height: Tensor
    levels: tuple[float, ...]
    losses: tuple[float, ...]
    floor: float
    lift: float

    def height_of(self, loss: float) -> float:
        """The height of a loss; a loss below the floor gets the height of the floor."""
        return math.log10(max(loss - self.floor, 0.0) + self.lift)


def frame(seen: Sequence[Point]) -> Frame:
    """A frame with some room around all points (w, b). ValueError without points."""
    if not seen:
        raise ValueError("a frame needs at least one point to be seen")
    sides = []
    for i in range(2):
        low, high = _wide(min(p[i] for p in seen), max(p[i] for p in seen))
        sides.append(_padded(low, high))
    return Frame(*sides)


def _wide(low: float, high: float) -> Point:
    """The width to use for points that share a coordinate: a tenth of its size, at least 0.5."""
    half = max(0.25, 0.05 * abs(low))
    return (low, high) if high > low else (low - half, high + half)


def _padded(low: float, high: float) -> Point:
    room = MARGIN * (high - low)
    return low - room, high + room


def surface(t: Tensor, t_c: Tensor, loss: Loss, frame: Frame, best: Point, size: int = SIZE) -> Surface:
    """The loss of rows t, t_c (n,) over the frame, in float64, on size × size points.

    The units of w and b are those of t: scaled inputs give the landscape of training, t_u the one in original
    units. `best` is the lowest known point (least squares). The floor from which heights are measured is its
    loss or the lowest of the grid, whichever is lower.
    """
    t, t_c = t.double(), t_c.double()
    w = torch.linspace(*frame.w, size, dtype=torch.float64)
    b = torch.linspace(*frame.b, size, dtype=torch.float64)
    values = losses_at(torch.cartesian_prod(b, w).flip(1), t, t_c, loss).reshape(size, size)
    lowest = losses_at(torch.tensor([best], dtype=torch.float64), t, t_c, loss).item()
    floor, top = min(lowest, values.min().item()), values.max().item()
    lift = _lift(_rise(t, t_c, loss, best, _steps(frame, size)), top - floor)
    heights = _levels(lift, top - floor)
    losses = tuple(floor + 10.0**h - lift for h in heights)
    return Surface(frame, w, b, values, (values - floor + lift).log10(), heights, losses, floor, lift)


def losses_at(points: Tensor, t: Tensor, t_c: Tensor, loss: Loss) -> Tensor:
    """The loss (m,) of points (m, 2), in columns (w, b), on rows t, t_c (n,), in chunks."""
    parts = points.split(max(1, CHUNK // len(t)))  # type: ignore[no-untyped-call]
    return torch.cat([loss.value(lines(part, t), t_c) for part in parts])


def _steps(frame: Frame, size: int) -> Point:
    return (frame.w[1] - frame.w[0]) / (size - 1), (frame.b[1] - frame.b[0]) / (size - 1)


def _rise(t: Tensor, t_c: Tensor, loss: Loss, best: Point, steps: Point) -> float:
    """How much the loss rises one grid step from the best point, in the steeper of the two directions."""
    (w, b), (dw, db) = best, steps
    around = torch.tensor([(w, b), (w + dw, b), (w - dw, b), (w, b + db), (w, b - db)], dtype=torch.float64)
    here, *beside = losses_at(around, t, t_c, loss).tolist()
    return float(max(beside) - here)


def _lift(rise: float, depth: float) -> float:
    """Where heights begin: a contour below this rise is thinner than the grid and would look dotted."""
    return max(rise, depth * SHALLOWEST, 1e-300)


def _levels(lift: float, depth: float) -> tuple[float, ...]:
    """LEVELS heights from just above the floor to just below the top, evenly spaced."""
    low, high = math.log10(lift), math.log10(depth + lift)
    step = (high - low) / (LEVELS + 1)
    return tuple(low + step * k for k in range(1, LEVELS + 1)) if step > 0 else ()
