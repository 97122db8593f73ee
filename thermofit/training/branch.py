"""Branching: a new run goes on from any epoch of another one under other settings, and shares its past."""

from math import floor

import torch
from torch import Tensor

from thermofit.config.clock import Clock, same_loop
from thermofit.config.config import Config
from thermofit.data.scaling import Scale
from thermofit.training.assembly import prepared
from thermofit.training.history import COLUMNS, History
from thermofit.training.run import Run
from thermofit.training.segment import Segment, new_segment
from thermofit.training.units import Terms, unit_conversion

CHUNK = 2**16  # rows converted at a time


class RowTooLarge(ValueError):
    """A row of a run is too large for float32 in the units of another scaling."""

    def __init__(self) -> None:
        super().__init__("a row of the run is too large for float32 in the units of this scaling")


def branch(run: Run, epoch: int, config: Config) -> Run:
    """A new run with rows 0 … `epoch` of `run` that goes on from there under `config`; `run` is not changed.

    If `config` differs from the settings that led to `epoch` only in the learning rate, the number of epochs
    and the tolerance, the optimizer keeps its memory, and the numbers are those of a run that never stopped.
    Otherwise a new loop without memory starts at the line of that epoch. The start, w0 and b0, is that of the
    copied rows, whatever `config` says.

    Another scaling, or another split on which it is fitted, changes the unit of w. The copied rows are
    converted to the new unit, so that slope = factor · w and intercept = offset · w + b hold for every row.
    Unless the optimizer keeps its memory, mini-batches are dealt out anew from `epoch` on, and a schedule
    begins anew. With mini-batches, `epoch` is the number of an update.

    Their losses stay as recorded, whatever loss and split `config` has: they are the losses that the run
    descended at the time.

    ValueError for an epoch that is not recorded, and if no epoch is left to do; RowTooLarge or LossTooLarge,
    which are ValueErrors, if a copied row, or the loss at the start of the branch, is too large for float32
    under `config`.
    """
    if not 0 <= epoch <= run.update:
        raise ValueError(f"epoch {epoch} is not recorded; allowed: 0 to {run.update}")
    done = run.history.clock.exact(epoch)
    if config.epochs <= done:
        least = floor(done) + 1
        raise ValueError(f"no epoch is left to do: epochs is {config.epochs}, allowed: {least} or more")
    if config.data != run.config.data:
        kept, other = run.dataset.name, config.dataset.name
        raise ValueError(f"a run goes on with its own readings, {kept}, not with {other}")
    segment = run.segment(
        max(epoch - 1, 0)
    )  # the one that trained this row: a later one has done nothing yet
    go_on = _keep_loop if same_loop(segment.config, config) else _fresh_loop
    return go_on(run, epoch, segment, config)


def _keep_loop(run: Run, epoch: int, segment: Segment, config: Config) -> Run:
    """Go on with a copy of the run, rewound to that epoch, at the config's rate."""
    own = segment.rewound(epoch, config)
    rows = _rows(run, epoch, own.data.scale)
    rows[-1, :2] = own.timeline.loop.params.detach()  # exact: converting there and back may have rounded it
    clock = run.history.clock.until(epoch)
    new = _resume(run, own, rows, _before(run, segment), clock)
    new.change_rate(config.lr)
    return new


def _fresh_loop(run: Run, epoch: int, segment: Segment, config: Config) -> Run:
    """Start a loop without memory at the line of that epoch."""
    data = prepared(config)
    rows = _rows(run, epoch, data.scale)
    rows[-1, :2] = _line(run, epoch, segment, data.scale)
    clock = run.history.clock.then(epoch, config.updates_per_epoch)
    total = clock.update(config.epochs) - epoch
    own = new_segment(config, data, epoch, start=rows[-1, :2].clone(), total=total)
    left = [segment.fork(epoch)] if segment.first_epoch < epoch else []
    return _resume(run, own, rows, [*_before(run, segment), *left], clock)


def _line(run: Run, epoch: int, segment: Segment, scale: Scale) -> Tensor:
    """[w, b] at this epoch in the units of `scale`, converted once, however often the rows have been."""
    row = torch.zeros(1, len(COLUMNS))
    if segment is run.segment(run.update):
        row[:, :2] = run.history.rows(epoch, epoch + 1, columns=COLUMNS[:2])
    else:
        row[0, :2] = segment.loop_at(epoch).params.detach()
    if scale != segment.data.scale:
        _tell(row, unit_conversion(segment.data.scale, scale))
    return row[0, :2]


def _before(run: Run, segment: Segment) -> list[Segment]:
    return [earlier for earlier in run.past if earlier.first_epoch < segment.first_epoch]


def _resume(run: Run, own: Segment, rows: Tensor, past: list[Segment], clock: Clock) -> Run:
    capacity = clock.update(own.config.epochs) + 1
    return Run.resume(own, History.of(rows, capacity, run.history, clock, own.config.batch > 0), tuple(past))


def _rows(run: Run, epoch: int, scale: Scale) -> Tensor:
    """A copy of rows 0 … epoch, shape (m, 6), with parameters and gradients in the units of `scale`."""
    rows = run.history.rows(stop=epoch + 1, columns=COLUMNS)
    if scale != run.scale:
        terms = unit_conversion(run.scale, scale)
        for start in range(0, len(rows), CHUNK):
            _tell(rows[start : start + CHUNK], terms)
    return rows


def _tell(rows: Tensor, terms: Terms) -> None:
    """Replace columns of rows (m, 6) by sums of the old ones, in place; computed in float64."""
    before = dict(zip(COLUMNS, rows.double().unbind(1), strict=True))
    for name, parts in terms.items():
        value = sum(factor * before[column] for column, factor in parts.items())
        rows[:, COLUMNS.index(name)] = value
    if not rows[:, :4].isfinite().all():
        raise RowTooLarge
