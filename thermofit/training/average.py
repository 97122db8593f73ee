"""The average of the parameters after each of the last epochs: stochastic weight averaging.

After Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization" (2018). It is what
torch.optim.swa_utils.AveragedModel holds if update_parameters() is called after each epoch from a first one
on. The run itself is not changed by it, so it is computed from the recorded rows.
"""

import torch
from torch import Tensor

from thermofit.training.run import Run


def averages(run: Run, updates: Tensor) -> Tensor:
    """The average [w, b], shape (n, 2), as it stands at each of the rows (n,); NaN where there is none yet.

    It includes the ends of the epochs from `run.config.average` on: all of them up to that row, with equal
    weights. Parameters are those of the run's present scaling. NaN everywhere if nothing is to be averaged.
    """
    found = torch.full((len(updates), 2), torch.nan)
    if not run.config.average or not len(updates):
        return found
    clock, newest = run.history.clock, min(int(updates.max()), run.update)
    first = clock.update(run.config.average)
    rows = torch.arange(first, max(first, newest + 1))
    ends = rows[clock.ends_epoch(rows)]
    if not len(ends):
        return found
    params = run.history.rows(first, newest + 1, columns=("w", "b")).double()[ends - first]
    counts = torch.arange(1, len(ends) + 1, dtype=torch.float64).unsqueeze(1)
    means = (params.cumsum(0) / counts).float()
    place = torch.searchsorted(ends, updates, right=True) - 1
    found[place >= 0] = means[place[place >= 0]]
    return found


def average(run: Run, update: int | None = None) -> tuple[float, float] | None:
    """The average (w, b) as it stands at this row, by default the newest; None if there is none yet."""
    w, b = averages(run, torch.tensor([run.update if update is None else update]))[0].tolist()
    return None if w != w else (w, b)
