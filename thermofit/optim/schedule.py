"""How the learning rate changes during a run: torch's own schedulers, on an optimizer of their own.

A scheduler of torch changes the rate of an optimizer of torch. Here it changes that of a stand-in, from which
the rate is read: so every schedule works with the step by hand, too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch.optim.lr_scheduler import LRScheduler, ReduceLROnPlateau

from thermofit.errors import ConfigError, Number, Problem, collected, shorten, spell, told, unknown
from thermofit.optim.hyperparameters import Hyper, names
from thermofit.optim.optimizer import Optimizer
from thermofit.optim.schedule_settings import BASE_MOMENTUM, CYCLE_MOMENTUM, MAX_MOMENTUM
from thermofit.optim.stepper import unwrapped
from thermofit.words import mark

Knob = Literal["", "momentum", "betas"]  # what an optimizer of torch calls its momentum, if it has one
CYCLED = (BASE_MOMENTUM.name, MAX_MOMENTUM.name)
BETA2 = 0.5  # of the stand-in; never used
NO_SETTING = mark("the schedule {schedule} has no such setting")

Keywords = Callable[[dict[str, Any], float, int], dict[str, Any]]


def _as_they_are(settings: dict[str, Any], lr: float, total: int) -> dict[str, Any]:
    return settings


@dataclass(frozen=True)
class Schedule:
    """One way to change the learning rate.

    `kind` is torch's class, and `keywords(settings, lr, total)` are the keywords that it takes for our own,
    where `total` is the number of updates of the whole run. It steps after each epoch or after each update,
    as torch's documentation has it.
    """

    name: str
    label: str
    help: str
    kind: type[LRScheduler] | None = None
    hyper: tuple[Hyper, ...] = ()
    each: Literal["epoch", "update"] = "epoch"
    caveat: str = ""
    keywords: Keywords = _as_they_are
    needs_total: bool = False  # depends on how long the whole run is
    watches_loss: bool = False  # depends on the loss after each epoch

    @property
    def cycles_momentum(self) -> bool:
        """Whether it can change the momentum as well."""
        return CYCLE_MOMENTUM in self.hyper

    def hyper_for(self, optimizer: Optimizer) -> tuple[Hyper, ...]:
        """Its settings beside this optimizer: one without a momentum has none to cycle."""
        if knob_of(optimizer):
            return self.hyper
        return tuple(each for each in self.hyper if each.name not in (CYCLE_MOMENTUM.name, *CYCLED))

    def check(self, hyper: Mapping[str, Number], optimizer: Optimizer) -> dict[str, Number]:
        """The given settings without those that change nothing; ConfigError if one is not valid."""
        known = {each.name: each for each in self.hyper}
        problems: list[Problem] = []
        values: dict[str, Number] = {}
        for name, value in hyper.items():
            with collected(problems):
                values[name] = known[name].check(value) if name in known else self._refuse(name, value)
        if values.get(CYCLE_MOMENTUM.name) and not knob_of(optimizer):
            problems.append(_no_momentum(optimizer))
        if problems:
            raise ConfigError(*problems)
        counts = {name for name in values if name not in CYCLED or self._cycles(values, optimizer)}
        counts &= {each.name for each in self.hyper_for(optimizer)}
        return {
            name: values[name] for name in values if name in counts and values[name] != known[name].default
        }

    def _refuse(self, name: str, value: object) -> Number:
        reason = told(NO_SETTING, schedule=self.name)
        raise ConfigError(unknown(shorten(name), value, reason, name, names(self.hyper)))

    def _cycles(self, hyper: Mapping[str, Number], optimizer: Optimizer) -> bool:
        wanted = hyper.get(CYCLE_MOMENTUM.name, CYCLE_MOMENTUM.default)
        return self.cycles_momentum and bool(wanted) and bool(knob_of(optimizer))

    def knob(self, hyper: Mapping[str, Number], optimizer: Optimizer) -> Knob:
        """What it changes besides the rate: momentum, betas or nothing."""
        return knob_of(optimizer) if self._cycles(hyper, optimizer) else ""

    def arguments(
        self, lr: float, hyper: Mapping[str, Number], knob: Knob = "", total: int = 1
    ) -> dict[str, Any]:
        """The keywords with which torch's scheduler is made."""
        settings: dict[str, Any] = {each.name: each.default for each in self.hyper} | dict(hyper)
        if self.cycles_momentum:
            settings[CYCLE_MOMENTUM.name] = bool(knob)
        return self.keywords(settings, lr, total)

    def build(
        self, lr: float, hyper: Mapping[str, Number], knob: Knob = "", total: int = 1
    ) -> LRScheduler | ReduceLROnPlateau:
        """torch's scheduler on its stand-in, at the start; settings that are not given keep their default.

        ConfigError if torch can't make it for so few updates.
        """
        assert self.kind is not None
        keywords = self.arguments(lr, hyper, knob, total)
        try:
            return self.kind(_stand_in(lr, knob), **keywords)
        except ZeroDivisionError:
            reason = told(mark("with {total} updates, torch would divide by 0"), total=total)
            share, allowed = spell(keywords["pct_start"]), mark("another share, or more epochs")
            raise ConfigError(Problem("pct_start", share, reason, allowed)) from None


def knob_of(optimizer: Optimizer) -> Knob:
    """The keyword by which torch's schedulers find this optimizer's momentum."""
    if "betas" in optimizer.tuple_keywords:
        return "betas"
    return "momentum" if any(each.name == "momentum" for each in optimizer.hyper) else ""


def _no_momentum(optimizer: Optimizer) -> Problem:
    reason = told(mark("the optimizer {optimizer} has no momentum to cycle"), optimizer=told(optimizer.label))
    return Problem(CYCLE_MOMENTUM.name, "true", reason, mark("false, or an optimizer with a momentum"))


def _stand_in(lr: float, knob: Knob) -> torch.optim.Optimizer:
    """An optimizer that never takes a step, with a momentum of this kind."""
    if knob == "betas":
        made = unwrapped(torch.optim.Adam, [torch.zeros(1)], lr=lr, betas=(0.0, BETA2))
    else:
        made = unwrapped(torch.optim.SGD, [torch.zeros(1)], lr=lr)
    made._opt_called = True  # type: ignore[attr-defined]  # or torch warns that it was never used
    return made
