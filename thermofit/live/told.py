"""What rows are told of a run: what was recorded, what each step's batch says, and the average so far."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from thermofit import Run
from thermofit.live.batch_columns import BATCH_COLUMNS, batch_terms
from thermofit.live.recorded import recorded
from thermofit.live.row_blocks import Block
from thermofit.model.evaluation import losses_of
from thermofit.training.average import averages

AVERAGE = ("average_w", "average_b", "average_loss")


def told(run: Run, block: Block, columns: Sequence[str]) -> Tensor:
    """The rows of a block, shape (count, columns); besides the recorded ones, BATCH_COLUMNS and AVERAGE.

    Those of the batch are NaN for steps that see all training rows, and for steps on other readings than the
    present ones; the average is NaN as long as there is none.
    """
    names = [name for name in columns if name not in (*BATCH_COLUMNS, *AVERAGE)]
    parts = [recorded(run, block, names)]
    if set(BATCH_COLUMNS) & set(columns):
        parts.append(batch_terms(run, block, recorded(run, block, ("w", "b"))))
        names += BATCH_COLUMNS
    if set(AVERAGE) & set(columns):
        parts.append(_average(run, block, len(parts[0])))
        names += AVERAGE
    if len(parts) == 1:
        return parts[0]
    return torch.cat(parts, dim=1)[:, [names.index(name) for name in columns]]


def _average(run: Run, block: Block, count: int) -> Tensor:
    """AVERAGE of the first so many rows of a block, shape (count, 3): parameters, and their training loss."""
    means = averages(run, torch.arange(block.start, block.start + count * block.stride, block.stride))
    losses = torch.full((count, 1), math.nan)
    known = means[:, 0].isfinite()
    if known.any():
        data = run.data
        losses[known, 0] = losses_of(means[known], data.train_scaled, data.train_targets, run.loss)
    return torch.cat([means, losses], dim=1)
