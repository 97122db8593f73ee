"""The rates that a schedule gives, whatever is trained: torch's scheduler, run ahead as far as is asked."""

from array import array
from collections.abc import Mapping
from threading import Lock
from typing import Any

from thermofit.errors import Number
from thermofit.optim.schedule import Knob, Schedule

MOST = 4  # curves that are kept; older ones are computed again


class RateCurve:
    """The rates before step 0, 1, 2, … of a scheduler that began at the learning rate `lr`.

    It may be asked from several threads.
    """

    def __init__(self, schedule: Schedule, lr: float, hyper: Mapping[str, Number], knob: Knob, total: int):
        self._scheduler = schedule.build(lr, hyper, knob, total)
        self._group: dict[str, Any] = self._scheduler.optimizer.param_groups[0]
        self._knob, self._last = knob, total - 1 if schedule.needs_total else None
        self._lock = Lock()
        self.rates, self.momenta = array("d"), array("d")
        self._note()

    def _note(self) -> None:
        self.rates.append(self._group["lr"])
        if self._knob:
            value = self._group[self._knob]
            self.momenta.append(value[0] if self._knob == "betas" else value)

    def reach(self, step: int) -> int:
        """Compute up to this step; returns it, or the last step that there is."""
        step = step if self._last is None else min(step, self._last)
        if step >= len(self.rates):
            with self._lock:
                while len(self.rates) <= step:
                    self._scheduler.step()
                    self._note()
        return step


class RateCurves:
    """The curves of one schedule for different learning rates; several loops may share them."""

    def __init__(self, schedule: Schedule, hyper: Mapping[str, Number], knob: Knob, total: int) -> None:
        self._schedule, self._hyper, self._knob, self._total = schedule, hyper, knob, total
        self._known: dict[float, RateCurve] = {}

    def of(self, lr: float) -> RateCurve:
        """The curve that begins at this learning rate."""
        curve = self._known.get(lr)
        if curve is None:
            curve = RateCurve(self._schedule, lr, self._hyper, self._knob, self._total)
            kept = dict(list(self._known.items())[1 - MOST :])
            self._known = {**kept, lr: curve}
        return curve
