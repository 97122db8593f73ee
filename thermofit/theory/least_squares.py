"""What can be known without training: computed in float64, from formulas instead of steps."""

from dataclasses import dataclass

import torch
from torch import Tensor

from thermofit.model.line import design_matrix, lines
from thermofit.model.losses import mse

NOTHING = 1e-12  # a smallest loss below this share of the mean t_c² is rounding, not misfit


@dataclass(frozen=True)
class Line:
    """t_c = slope * t_u + intercept, in original units."""

    slope: float
    intercept: float


def closed_form(t_u: Tensor, t_c: Tensor) -> Line:
    """The line of least squares through rows t_u, t_c, shape (n,): solves min ‖X p - t_c‖² with X = [t_u, 1].

    If the rows do not determine a line (fewer than two different readings), the shortest solution.
    """
    solution = torch.linalg.lstsq(
        design_matrix(t_u.double()), t_c.double().unsqueeze(1), driver="gelsd"
    ).solution
    slope, intercept = solution.flatten().tolist()
    return Line(slope, intercept)


@dataclass(frozen=True)
class Fit:
    """The line of least squares and how well it fits its rows.

    `params` are (w, b) in the units of the inputs; `mse` is in the target's unit squared. `r2` is the share
    of the variance of t_c that the line explains, None if t_c doesn't vary. `exact` says that the line
    passes through every row, apart from rounding.
    """

    params: tuple[float, float]
    mse: float
    r2: float | None
    exact: bool


def least_squares(t: Tensor, t_c: Tensor) -> Fit:
    """The closed form through rows t (scaled or not), t_c, both (n,), with R² = 1 - MSE / var(t_c)."""
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
