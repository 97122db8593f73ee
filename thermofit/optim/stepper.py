"""What applies a step: the update by hand, or an optimizer of torch without its bookkeeping."""

import inspect
from collections.abc import Callable
from functools import partial
from types import MethodType
from typing import Any

import torch
from torch import Tensor


class ByHand:
    """params ← params - lr · gradient, written out, with the interface of torch.optim."""

    def __init__(self, params: Tensor, lr: float) -> None:
        self.params = params
        self.param_groups: list[dict[str, Any]] = [{"lr": lr}]

    def step(self) -> None:
        """One step downhill; call it under no_grad, because the update is not part of the model."""
        assert self.params.grad is not None
        self.params.sub_(self.params.grad, alpha=self.param_groups[0]["lr"])

    def state_dict(self) -> dict[str, Any]:
        """Plain gradient descent remembers nothing."""
        return {}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """There is nothing to restore."""


Stepper = torch.optim.Optimizer | ByHand


def unwrapped_step(stepper: Stepper) -> Callable[[], object]:
    """The stepper's step() without torch's wrappers around it; call it under no_grad.

    The wrappers serve torch's profiler and hooks and turn the graph off, and take longer than SGD itself.
    """
    return partial(inspect.unwrap(type(stepper).step), stepper)


def unwrapped(kind: type[torch.optim.Optimizer], *parts: object, **keywords: object) -> torch.optim.Optimizer:
    """`kind(*parts, **keywords)`, one of torch's optimizers, without the wrappers around its bookkeeping.

    The wrappers keep torch's compiler away from these methods, but load it to do so. That takes a second and
    tens of megabytes, and nothing here needs it.
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
