"""How a recorded run came about, as a value from which it can be trained again."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import torch

from thermofit.config.clock import clock_of
from thermofit.config.config import Config
from thermofit.config.pin import Segments
from thermofit.training.branch import branch
from thermofit.training.run import Run
from thermofit.training.segment import Segment


@dataclass(frozen=True)
class Plan:
    """A run up to `epoch`: the settings that counted, each with the epoch from which they did.

    With mini-batches, all of these are updates.

    The first settings count from epoch 0. Each of the others follows the ones before as `branch` has it: the
    optimizer keeps its memory if only the learning rate, the number of epochs or the tolerance changes.

    ValueError if the epochs of the changes do not ascend from 0, reach beyond `epoch` or beyond the epochs
    of the settings before, or if the readings change.
    """

    segments: Segments
    epoch: int

    def __post_init__(self) -> None:
        if not self.segments or self.segments[0][0] != 0:
            raise ValueError("a plan begins with the settings from epoch 0 on")
        firsts = [first for first, _ in self.segments]
        if any(later <= first for first, later in pairwise(firsts)) or firsts[-1] > self.epoch:
            raise ValueError(f"the epochs of a plan ascend up to its last one, {self.epoch}: not {firsts}")
        for place, stop in enumerate(self._stops):
            so_far = self.segments[: place + 1]
            most = clock_of(so_far).update(so_far[-1][1].epochs)
            if stop > most:
                raise ValueError(f"epoch {stop} is beyond the end of its settings; allowed: up to {most}")
        if len({config.data for _, config in self.segments}) > 1:
            raise ValueError("a run goes on with its own readings: all settings of a plan need the same data")

    @property
    def _stops(self) -> list[int]:
        """The epoch at which each of the segments ends."""
        return [*(first for first, _ in self.segments[1:]), self.epoch]

    def begin(self) -> Run:
        """The run at its first epoch."""
        return Run(self.segments[0][1])

    def go_on(self, run: Run, seconds: float) -> Run:
        """Train a run of this plan for so many seconds of computing (at least one epoch), or up to its end.

        Where the settings change, the run returned is another one. The rows have the same digits as those of
        the run that was planned. Settings that do not allow the line to go on leave a run that has failed.
        """
        stop = next((stop for stop in self._stops if stop > run.update), self.epoch)
        run.advance(updates=max(0, stop - run.update), seconds=seconds)
        return self._changed(run)

    def _changed(self, run: Run) -> Run:
        """The run under the settings that count from the epoch on at which it stands."""
        config = dict(self.segments[1:]).get(run.update)
        if config is None or config == run.config or config.epochs <= run.epoch:
            return run
        try:
            return branch(run, run.update, config)
        except ValueError as refused:  # only settings that no run was recorded with
            run.error = str(refused)
            return run


def plan_of(run: Run, epoch: int) -> Plan:
    """How the rows 0 … `epoch` of `run` came about.

    A plan trains every segment as it was trained. The tolerance of settings that were left, which did not
    stop the run, is 0 in it; so is the last one where it came into force only later.

    ValueError for an epoch that is not recorded, and for a start that is outside the range of w0 or b0,
    which only a run that left another one at epoch 0 can have.
    """
    if not 0 <= epoch <= run.update:
        raise ValueError(f"epoch {epoch} is not recorded; allowed: 0 to {run.update}")
    known = [segment for segment in run.past if segment.first_epoch <= epoch]
    segments = known + ([run.segment(run.update)] if run.first_epoch <= epoch else [])
    stops = [*(segment.first_epoch for segment in segments[1:]), epoch]
    settings = [
        (first, config.replace(tolerance=0.0))
        for segment, stop in zip(segments, stops, strict=True)
        for first, config in _settings(segment, stop, last=segment is segments[-1])
    ]
    return Plan(_with_tolerance(run, epoch, settings, segments[-1]), epoch)


def _settings(segment: Segment, stop: int, last: bool) -> Iterator[tuple[int, Config]]:
    """The settings of one segment, by the epochs from which its learning rates counted."""
    config = _as_started(segment)
    rates, first, before = segment.timeline.rates, segment.first_epoch, None
    for epochs, lr in [*rates.spans(first, stop), *([(0, rates.at(stop))] if last else [])]:
        if lr != before:
            yield first, config.replace(lr=lr)
        first, before = first + epochs, lr


def _as_started(segment: Segment) -> Config:
    """The settings with the start that the loop really had: a branch keeps the one of the run it left."""
    config, (w, b) = segment.config, segment.start.tolist()
    if segment.first_epoch or torch.equal(torch.tensor([config.w0, config.b0]), segment.start):
        return config
    return config.replace(w0=w, b0=b)


def _with_tolerance(run: Run, epoch: int, settings: list[tuple[int, Config]], segment: Segment) -> Segments:
    """The same settings, with the tolerance of the segment from the epoch on at which it is in force."""
    tolerance = segment.config.tolerance
    if tolerance == 0:
        return tuple(settings)
    start = max(segment.first_epoch, _not_stopped(run, epoch, segment))
    before = [(first, config) for first, config in settings if first < start]
    after = [(first, config.replace(tolerance=tolerance)) for first, config in settings if first >= start]
    if not after or after[0][0] > start:
        after.insert(0, (start, before[-1][1].replace(tolerance=tolerance)))
    return (*before, *after)


def _not_stopped(run: Run, epoch: int, segment: Segment) -> int:
    """The first epoch from which on the segment's tolerance did not stop the run before `epoch`."""
    if segment is not run.segment(run.update):
        return epoch  # its gradients may be recorded in other units
    gradients = run.history.rows(segment.first_epoch, epoch, columns=("grad_w", "grad_b"))
    calm = (gradients.norm(dim=1) < segment.config.tolerance).nonzero()
    return segment.first_epoch + int(calm[-1]) + 1 if len(calm) else segment.first_epoch
