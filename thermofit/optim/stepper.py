"""Who applies a step: the update by hand, or an optimizer of torch without its bookkeeping."""

import inspect
from collections.abc import Callable
from functools import partial
from types import MethodType
from typing import Any

import torch
from torch import Tensor


class ByHand:
    """params ← params - lr · gradient, written out; it answers to the same calls as torch.optim."""

    def __init__(self, params: Tensor, lr: float) -> None:
        self.params = params
        self.param_groups: list[dict[str, Any]] = [{"lr": lr}]

    def step(self) -> None:
        """One step downhill; call it under no_grad, because the update is no part of the model."""
        assert self.params.grad is not None
        self.params.sub_(self.params.grad, alpha=self.param_groups[0]["lr"])

    def state_dict(self) -> dict[str, Any]:
        """Plain gradient descent remembers nothing."""
        return {}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Nothing to take back."""


Stepper = torch.optim.Optimizer | ByHand


def unwrapped_step(stepper: Stepper) -> Callable[[], object]:
    """The stepper's step() without torch's wrappers around it; call it under no_grad.

    They serve its profiler and hooks and turn the graph off, and take longer than SGD itself.
    """
    return partial(inspect.unwrap(type(stepper).step), stepper)


def unwrapped(kind: type[torch.optim.Optimizer], *parts: object, **keywords: object) -> torch.optim.Optimizer:
    """`kind(*parts, **keywords)`, one of torch's optimizers, without the wrappers around its bookkeeping.

    They keep torch's compiler off these methods, and to do so load it: a second and tens of megabytes,
    which nothing here has a use for.
    """
    stepper = kind.__new__(kind)
    for name in ("add_param_group", "state_dict", "load_state_dict"):
        setattr(stepper, name, MethodType(inspect.unwrap(getattr(kind, name)), stepper))
    kind.__init__(stepper, *parts, **keywords)  # type: ignore[arg-type]
    return stepper


def set_rate(stepper: Stepper, lr: float) -> None:
    """Use the learning rate `lr` from the next step on."""
    for group in stepper.param_groups:
        group["lr"] = lr
