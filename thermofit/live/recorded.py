"""The recorded epochs of a run, as they are sent."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from thermofit import Run
from thermofit.live.row_blocks import Block
from thermofit.live.setting_change import last_remeasured
from thermofit.training.effort import EFFORT
from thermofit.training.history import BATCH, COLUMNS

RATE = "rate"  # the column of the learning rate that the step after a row uses
BESIDE = (*EFFORT, BATCH)  # columns that the history keeps apart


def recorded(run: Run, block: Block, columns: Sequence[str]) -> Tensor:
    """The epochs of a block, shape (count, columns), measured with the run's present loss and split.

    Columns are any of COLUMNS, EFFORT, BATCH and RATE.
    """
    rows = run.history.rows(block.start, block.stop, block.stride, COLUMNS)
    before = (last_remeasured(run) - block.start) // block.stride + 1
    if before > 0:
        earlier = run.evaluated(rows[:before])
        earlier[earlier.isinf()] = math.nan  # too large for float32: there is nothing to draw
    parts, names = [rows], list(COLUMNS)
    beside = [name for name in columns if name in BESIDE]
    if beside:
        parts.append(run.history.rows(block.start, block.stop, block.stride, beside))
    if RATE in columns:
        parts.append(_rates(run, block, len(rows)))
        beside.append(RATE)
    names += beside
    rows = torch.cat(parts, dim=1) if len(parts) > 1 else rows
    return rows[:, [names.index(name) for name in columns]]


def _rates(run: Run, block: Block, count: int) -> Tensor:
    """The rates of the first so many rows of a block, as a column."""
    numbers = range(block.start, block.start + count * block.stride, block.stride)
    return torch.tensor(run.rates(numbers)).unsqueeze(1)
