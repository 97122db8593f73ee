"""The losses and gradients of many recorded parameters at once.

The training loop records only parameters. Their losses and gradients are computed here for a whole slice of
epochs in one expression, which costs less than doing so in each epoch.
"""

from collections.abc import Sequence

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


def losses_of(params: Tensor, t: Tensor, t_c: Tensor, loss: Loss) -> Tensor:
    """The losses (m,) of parameters (m, 2) on rows t, t_c (n,): the same numbers as in `evaluate_rows`."""
    found = torch.empty(len(params))
    size = max(2, CHUNK // len(t))
    for part, into in zip(params.split(size), found.split(size), strict=True):  # type: ignore[no-untyped-call]
        pair = part if len(part) > 1 else part.expand(2, 2)
        into.copy_(loss.value(lines(pair, t), t_c)[: len(part)])
    return found


def batch_losses(params: Tensor, batches: Sequence[tuple[Tensor, Tensor]], loss: Loss) -> Tensor:
    """The loss (m,) of each of the parameters (m, 2) on its own batch: design (k, 2), targets (k,)."""
    found = torch.empty(len(params))
    sizes = torch.tensor([len(t_c) for _, t_c in batches])
    for size in set(sizes.tolist()):
        picked = (sizes == size).nonzero()[:, 0]
        chosen = [batches[place] for place in picked.tolist()]
        t = torch.stack([design for design, _ in chosen])[..., 0]
        t_c = torch.stack([targets for _, targets in chosen])
        own = params[picked]
        found[picked] = loss.value(own[:, :1] * t + own[:, 1:], t_c)
    return found


def first_nonfinite(rows: Tensor) -> int:
    """Number of the first row that holds an infinity or NaN; the number of rows if none does."""
    return _first(~rows.isfinite().all(dim=1))


def first_converged(gradients: Tensor, tolerance: float) -> int:
    """Number of the first gradient (m, 2) shorter than `tolerance`, else m; a tolerance of 0 is never met."""
    return _first(gradients.norm(dim=1) < tolerance) if tolerance > 0 else len(gradients)


def _first(flags: Tensor) -> int:
    found = flags.nonzero()
    return int(found[0]) if len(found) else len(flags)
