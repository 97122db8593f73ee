"""The recorded epochs of a run, as they are sent."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from thermofit import Run
from thermofit.live.row_blocks import Block
from thermofit.live.setting_change import last_remeasured
from thermofit.training.effort import EFFORT
from thermofit.training.history import COLUMNS


def recorded(run: Run, block: Block, columns: Sequence[str]) -> Tensor:
    """The epochs of a block, shape (count, columns), measured with the run's present loss and split.

    Columns are any of COLUMNS and EFFORT.
    """
    rows = run.history.rows(block.start, block.stop, block.stride, COLUMNS)
    before = (last_remeasured(run) - block.start) // block.stride + 1
    if before > 0:
        earlier = run.evaluated(rows[:before])
        earlier[earlier.isinf()] = math.nan  # too large for float32: there is nothing to draw
    effort = [name for name in columns if name in EFFORT]
    if effort:
        rows = torch.cat([rows, run.history.rows(block.start, block.stop, block.stride, effort)], dim=1)
    names = (*COLUMNS, *effort)
    return rows[:, [names.index(name) for name in columns]]
