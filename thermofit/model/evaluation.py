"""The losses and gradients of many recorded parameters at once.

The training loop records only parameters. Their losses and gradients are computed here for a whole slice of
epochs in one expression, which costs less than doing so in each epoch.
"""

import torch
from torch import Tensor

from thermofit.model.line import lines
from thermofit.model.losses import Loss

CHUNK = 2**18  # residuals at a time: 1 MB of float32, which stays in the processor's cache


def evaluate_rows(table: Tensor, t: Tensor, t_c: Tensor, t_val: Tensor, t_c_val: Tensor, loss: Loss) -> None:
    """Fill gradient, train and validation loss of rows (m, 6), whose first two columns are [w, b].

    t, t_c (n,) are the train rows and t_val, t_c_val (k,) the validation rows, with inputs in scaled units.
    Without validation rows the last column becomes NaN.
    """
    # At least two rows: torch sums a single long row in several threads, and so in another order.
    size = max(2, CHUNK // max(len(t), len(t_val)))
    for part in table.split(size):  # type: ignore[no-untyped-call]
        params = part[:, :2] if len(part) > 1 else part[:, :2].expand(2, 2)
        t_p = lines(params, t)
        slope = loss.derivative(t_p, t_c)
        part[:, 2] = (slope * t).sum(-1)[: len(part)]
        part[:, 3] = slope.sum(-1)[: len(part)]
        part[:, 4] = loss.value(t_p, t_c)[: len(part)]
        part[:, 5] = loss.value(lines(params, t_val), t_c_val)[: len(part)] if len(t_val) else torch.nan


def first_nonfinite(rows: Tensor) -> int:
    """Number of the first row that holds an infinity or NaN; the number of rows if none does."""
    return _first(~rows.isfinite().all(dim=1))


def first_converged(gradients: Tensor, tolerance: float) -> int:
    """Number of the first gradient (m, 2) shorter than `tolerance`, else m; a tolerance of 0 is never met."""
    return _first(gradients.norm(dim=1) < tolerance) if tolerance > 0 else len(gradients)


def _first(flags: Tensor) -> int:
    found = flags.nonzero()
    return int(found[0]) if len(found) else len(flags)
