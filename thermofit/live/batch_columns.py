"""What a step's mini-batch says by itself, as further columns of the recorded rows, for the landscape.

Row k is told of the batch of the step from row k to the next: the gradient at the row's parameters, and what
determines the batch's own bowl where the loss is the mean squared error. With the batch's inputs t and
targets t_c, and var the variance of the inputs,

    loss(w, b) = lowest + var · (w - best)² + (mean · w + b - level)²

where mean = mean(t), level = mean(t_c) and best = cov(t, t_c) / var. Without variance there is no best w: the
bowl is a valley.
"""

import math
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from thermofit import Run
from thermofit.live.row_blocks import Block

GRADIENT = ("batch_grad_w", "batch_grad_b")
BOWL = ("batch_mean", "batch_variance", "batch_best", "batch_level")
BATCH_COLUMNS = (*GRADIENT, *BOWL)
LONGEST = 2**17  # steps whose batches are dealt out for one block; of a longer one nothing is told


def batch_terms(run: Run, block: Block, params: Tensor) -> Tensor:
    """BATCH_COLUMNS of the rows of a block, shape (count, 6), whose parameters are `params` (count, 2).

    NaN for steps that see all training rows, and for steps on other readings than the present ones.
    """
    found = torch.full((len(params), len(BATCH_COLUMNS)), math.nan, dtype=torch.float64)
    first = _first_on_these_readings(run)
    skipped = max(0, -(-(first - block.start) // block.stride))  # rows of the block before that
    start = block.start + skipped * block.stride
    if start >= block.stop or block.stop - start > LONGEST:
        return found.float()
    seen = run.batches(start, block.stop)[:: block.stride]
    t, t_c = run.scale.apply(run.t_u.double()), run.t_c.double()
    for places, rows in _of_one_size(seen):
        found[[skipped + place for place in places]] = _terms(
            run, params[[skipped + place for place in places]].double(), t[rows], t_c[rows]
        )
    return found.float()


def _first_on_these_readings(run: Run) -> int:
    """The row from which on all steps have the present readings."""
    first = run.first_epoch
    for segment in reversed(run.past):
        if segment.config.data != run.config.data:
            break
        first = segment.first_epoch
    return first


def _of_one_size(batches: Sequence[Tensor | None]) -> Iterator[tuple[list[int], Tensor]]:
    """Batches of equal size together: their places, and their row numbers (places, size)."""
    sizes = {len(batch) for batch in batches if batch is not None}
    for size in sorted(sizes):
        places = [place for place, batch in enumerate(batches) if batch is not None and len(batch) == size]
        yield places, torch.stack([batch for batch in batches if batch is not None and len(batch) == size])


def _terms(run: Run, params: Tensor, t: Tensor, t_c: Tensor) -> Tensor:
    """BATCH_COLUMNS (m, 6) of parameters (m, 2), each on its own batch t, t_c (m, k), in float64."""
    slope = run.loss.derivative(params[:, :1] * t + params[:, 1:], t_c)
    mean, level = t.mean(1), t_c.mean(1)
    variance = t.var(1, correction=0)
    covariance = ((t - mean[:, None]) * (t_c - level[:, None])).mean(1)
    best = torch.where(variance > 0, covariance / variance, math.nan)
    return torch.stack([(slope * t).sum(1), slope.sum(1), mean, variance, best, level], dim=1)
