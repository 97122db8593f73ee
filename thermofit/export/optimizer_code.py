"""The lines of code that make an optimizer and a scheduler, read off the registry entries themselves.

No optimizer is named here. The code is read from the object that a registry entry builds, so it works for new
entries as well.
"""

import inspect
from collections.abc import Mapping
from typing import Any

import torch

from thermofit.errors import Number
from thermofit.optim.registry import ByHand, Optimizer
from thermofit.optim.schedules import Schedule


def constructor(entry: Optimizer, lr: float, hyper: Mapping[str, Number]) -> str:
    """The call that makes the optimizer for `params` and `learning_rate`; "" for a step by hand."""
    stepper = entry.build(torch.zeros(2), lr, hyper)
    if isinstance(stepper, ByHand):
        return ""
    written = (f", {name}={value!r}" for name, value in _keywords(stepper, entry, lr).items())
    return f"optim.{type(stepper).__name__}([params], lr=learning_rate{''.join(written)})"


def _keywords(stepper: torch.optim.Optimizer, entry: Optimizer, lr: float) -> dict[str, Any]:
    """The keywords without which the optimizer would behave differently.

    Those of `fixed_keywords` only make it faster. torch derives some keywords from others (LBFGS its max_eval
    from max_iter), so it is tried what happens without each.
    """
    parameters = inspect.signature(type(stepper)).parameters
    usual = {name: p.default for name, p in parameters.items() if name not in ("lr", *entry.fixed_keywords)}
    values = {k: v for k, v in stepper.defaults.items() if k in usual and v != usual[k]}
    for name in tuple(values):
        others = {k: v for k, v in values.items() if k != name}
        if _defaults(stepper, entry, lr, others) == stepper.defaults:
            values = others
    return values


def _defaults(
    stepper: torch.optim.Optimizer, entry: Optimizer, lr: float, keywords: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The settings of an optimizer of the same class made with these keywords; None if torch refuses."""
    make: Any = type(stepper)
    try:
        made: torch.optim.Optimizer = make([torch.zeros(2)], lr=lr, **entry.fixed_keywords, **keywords)
    except ValueError:  # Nesterov without its momentum
        return None
    return made.defaults


def scheduler(entry: Schedule, optimizer: Optimizer, lr: float, hyper: Mapping[str, Number], per: str) -> str:
    """The call that makes torch's scheduler for `optimizer`; `per` is the number of batches, as code, or "".

    Only what differs from torch's own defaults is written.
    """
    assert entry.kind is not None
    told = {"max_lr": "learning_rate", "total_steps": f"n_epochs * {per}" if per else "n_epochs"}
    usual = inspect.signature(entry.kind).parameters
    knob = entry.knob(hyper, optimizer)
    given = entry.arguments(lr, hyper, knob).items()
    changed = [(name, value) for name, value in given if value != usual[name].default]
    written = (f", {name}={told.get(name, repr(value))}" for name, value in changed)
    return f"optim.lr_scheduler.{entry.kind.__name__}(optimizer{''.join(written)})"
