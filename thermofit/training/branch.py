"""Going on differently from any epoch: a new run that shares the past of another, which stays as it was."""

from torch import Tensor

from thermofit.config.config import Config
from thermofit.data.scaling import Scale
from thermofit.training.assembly import prepared
from thermofit.training.history import COLUMNS, History
from thermofit.training.run import Run
from thermofit.training.segment import Segment, new_segment
from thermofit.training.units import Terms, unit_conversion

OUTSIDE = ("lr", "epochs", "tolerance", "w0", "b0")  # settings that are no part of a loop under way
CHUNK = 2**16  # rows told in other units at a time


def branch(run: Run, epoch: int, config: Config) -> Run:
    """A new run with rows 0 … `epoch` of `run` that goes on from there under `config`; `run` is not touched.

    Where `config` differs from the one followed at `epoch` in nothing but the learning rate, the number of
    epochs and the tolerance, the optimizer keeps its memory, and the numbers are those of a run that
    never stopped. Otherwise a new loop begins at the line of that epoch, remembering nothing. The start,
    w0 and b0, is that of the rows copied, whatever `config` says.

    Another scaling, or another split that fits it anew, is another unit of w: the rows copied are told in
    the new one, so that slope = factor · w and intercept = offset · w + b hold for every row. Their losses
    stay as recorded, whatever loss and split `config` has: they are what the run was judged by and
    what it descended, and a history tells what happened.

    ValueError for an epoch that is not recorded, for no epoch left to do, and where a copied row, or
    the loss it starts with, is too large for float32 under `config`.
    """
    if not 0 <= epoch <= run.epoch:
        raise ValueError(f"epoch {epoch} is not recorded; allowed: 0 to {run.epoch}")
    if config.epochs <= epoch:
        least = epoch + 1
        raise ValueError(f"no epoch is left to do: epochs is {config.epochs}, allowed: {least} or more")
    segment = run.segment(epoch)
    go_on = _keep_loop if _same_loop(segment.config, config) else _fresh_loop
    return go_on(run, epoch, segment, config)


def _same_loop(old: Config, new: Config) -> bool:
    return new.replace(**{name: getattr(old, name) for name in OUTSIDE}) == old


def _keep_loop(run: Run, epoch: int, segment: Segment, config: Config) -> Run:
    """The loop of that epoch goes on, at the config's rate."""
    own = segment.fork(epoch, config)
    own.timeline.return_to(epoch)
    own.timeline.set_rate(epoch, config.lr)
    rows = _rows(run, epoch, own.data.scale)
    rows[-1, :2] = own.timeline.loop.params.detach()  # told in other units and back, it may be rounded
    return _resume(run, own, rows, _before(run, segment))


def _fresh_loop(run: Run, epoch: int, segment: Segment, config: Config) -> Run:
    """A loop without memory begins at the line of that epoch."""
    data = prepared(config, run.dataset)
    rows = _rows(run, epoch, data.scale)
    own = new_segment(config, data, epoch, start=rows[-1, :2].clone())
    left = [segment.fork(epoch)] if segment.first_epoch < epoch else []
    return _resume(run, own, rows, [*_before(run, segment), *left])


def _before(run: Run, segment: Segment) -> list[Segment]:
    return [earlier for earlier in run.past if earlier.first_epoch < segment.first_epoch]


def _resume(run: Run, own: Segment, rows: Tensor, past: list[Segment]) -> Run:
    return Run.resume(own, run.dataset, History.of(rows, own.config.epochs + 1), tuple(past))


def _rows(run: Run, epoch: int, scale: Scale) -> Tensor:
    """A copy of rows 0 … epoch, shape (m, 6), with parameters and gradients in the units of `scale`."""
    rows = run.history.rows(stop=epoch + 1, columns=COLUMNS)
    if scale != run.scale:
        terms = unit_conversion(run.scale, scale)
        for start in range(0, len(rows), CHUNK):
            _tell(rows[start : start + CHUNK], terms)
    return rows


def _tell(rows: Tensor, terms: Terms) -> None:
    """Columns of rows (m, 6) as sums of what they were, in place; computed in float64."""
    before = dict(zip(COLUMNS, rows.double().unbind(1), strict=True))
    for name, parts in terms.items():
        value = sum(factor * before[column] for column, factor in parts.items())
        rows[:, COLUMNS.index(name)] = value
    if not rows[:, :4].isfinite().all():
        raise ValueError("a row of the run is too large for float32 in the units of this scaling")
