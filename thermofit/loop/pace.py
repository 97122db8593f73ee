"""What a schedule makes of the learning rate, update by update.

`lr` is the learning rate that was set. The schedule begins at it, and where it is changed on the way, goes on
as if it had begun at the new one.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from torch import Tensor
from torch.optim.lr_scheduler import ReduceLROnPlateau

from thermofit.errors import Number
from thermofit.optim.optimizer import Optimizer
from thermofit.optim.rate_curve import RateCurves
from thermofit.optim.schedules import Schedule

Group = dict[str, Any]  # what is put into torch's param_groups: lr, and a momentum where it is cycled
Log = Mapping[int, float]  # update → the rate from it on


@dataclass(frozen=True)
class Plan:
    """A schedule with its settings, for a loop of `per_epoch` updates per epoch and `total` in all."""

    schedule: Schedule
    hyper: Mapping[str, Number]
    per_epoch: int = 1
    total: int = 1


class Pace(Protocol):
    """The rates of a loop's updates, which are counted from its start."""

    def next(self, update: int, lr: float, most: int) -> Sequence[Group]:
        """The groups of the updates from this one on: `most` of them, or as many as can be known now."""

    def watch(self, update: int, params: Tensor) -> None:
        """Note the parameters (m, 2) after the updates from this one on, whose groups were `next`."""

    def at(self, update: int, lr: float) -> float:
        """The rate of the update after so many."""

    def change(self, update: int, old: float, new: float) -> None:
        """Another learning rate was set after so many updates."""

    def save(self) -> object:
        """What it remembers; None for nothing."""

    def restore(self, saved: Any) -> None:
        """Go back to what was saved."""


class Curved:
    """A schedule that depends on nothing but the count of epochs or updates."""

    def __init__(self, plan: Plan, optimizer: Optimizer, beta2: float) -> None:
        self.knob = plan.schedule.knob(plan.hyper, optimizer)
        self.curves = RateCurves(plan.schedule, plan.hyper, self.knob, plan.total)
        self._each = plan.per_epoch if plan.schedule.each == "epoch" else 1  # updates that share a rate
        self._beta2 = beta2

    def next(self, update: int, lr: float, most: int) -> Sequence[Group]:
        curve, each = self.curves.of(lr), self._each
        last = curve.reach((update + most - 1) // each)
        steps = [min((update + k) // each, last) for k in range(most)]
        if not self.knob:
            return [{"lr": curve.rates[step]} for step in steps]
        if self.knob == "momentum":
            return [{"lr": curve.rates[step], "momentum": curve.momenta[step]} for step in steps]
        return [{"lr": curve.rates[step], "betas": (curve.momenta[step], self._beta2)} for step in steps]

    def watch(self, update: int, params: Tensor) -> None:
        """It depends on no loss."""

    def at(self, update: int, lr: float) -> float:
        curve = self.curves.of(lr)
        return curve.rates[curve.reach(update // self._each)]

    def change(self, update: int, old: float, new: float) -> None:
        """Each learning rate has its curve."""

    def save(self) -> None:
        """There is nothing to remember."""

    def restore(self, saved: None) -> None:
        """There is nothing to go back to."""


class OnPlateau:
    """torch's ReduceLROnPlateau, which looks at the loss after each epoch.

    `losses` gives the losses (m,) of parameters (m, 2), the very numbers that are recorded. They are computed
    together for as many epochs as the scheduler needs in any case before it can drop the rate.
    """

    def __init__(self, plan: Plan, lr: float, losses: Callable[[Tensor], Tensor]) -> None:
        scheduler = plan.schedule.build(lr, plan.hyper)
        assert isinstance(scheduler, ReduceLROnPlateau)
        self._scheduler, self._losses, self._each = scheduler, losses, plan.per_epoch
        self._log: Log = {0: lr}

    @property
    def _lr(self) -> float:
        return float(self._scheduler.optimizer.param_groups[0]["lr"])

    def _patience(self) -> int:
        """How many epochs are left, this one included, of which none but the last can drop the rate."""
        scheduler = self._scheduler
        rest = int(scheduler.cooldown_counter)
        bad = 0 if rest else int(scheduler.num_bad_epochs)
        return rest + int(scheduler.patience) - bad + 1

    def next(self, update: int, lr: float, most: int) -> Sequence[Group]:
        known = self._patience() * self._each - update % self._each
        return [{"lr": self._lr}] * min(most, known)

    def watch(self, update: int, params: Tensor) -> None:
        first = self._each - 1 - update % self._each  # the first of them that ends an epoch
        ends = params[first :: self._each]
        if not len(ends):
            return
        for loss in self._losses(ends).tolist():
            self._scheduler.step(loss)
        self._note(update + len(params))

    def _note(self, update: int) -> None:
        if self._lr != self._log[max(self._log)]:
            self._log = {**self._log, update: self._lr}

    def at(self, update: int, lr: float) -> float:
        return self._log[max(start for start in self._log if start <= update)]

    def change(self, update: int, old: float, new: float) -> None:
        """The drops so far count for the new learning rate, too."""
        if new != old:
            self._scheduler.optimizer.param_groups[0]["lr"] = new * (self._lr / old)
            self._log = {start: rate for start, rate in self._log.items() if start < update}
            self._log = {**self._log, update: self._lr}

    def save(self) -> object:
        return copy.deepcopy(self._scheduler.state_dict()), self._lr, self._log

    def restore(self, saved: tuple[dict[str, Any], float, Log]) -> None:
        state, lr, self._log = saved
        self._scheduler.load_state_dict(copy.deepcopy(state))
        self._scheduler.optimizer.param_groups[0]["lr"] = lr
