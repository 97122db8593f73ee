"""What can be known without training: computed in float64, from formulas instead of steps."""

from dataclasses import dataclass

import torch
from torch import Tensor

from thermofit.model import design_matrix


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
