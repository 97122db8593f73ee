"""The training loop: zero the gradient, compute it, apply it, record the parameters."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from thermofit.checks import Number
from thermofit.gradients import Gradient
from thermofit.model import Loss, model
from thermofit.optimizers import Optimizer, set_rate


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All that the next step depends on: parameters, their gradient, the optimizer's memory."""

    params: Tensor
    grad: Tensor | None
    stepper: dict[str, Any]


class Loop:
    """Parameters on their way downhill, one epoch at a time.

    `start` is [w, b]; `design` (n, 2) and `t_c` (n,) are the train rows, in scaled units and °C.
    """

    def __init__(
        self,
        gradient: Gradient,
        optimizer: Optimizer,
        loss: Loss,
        hyper: Mapping[str, Number],
        start: Tensor,
        design: Tensor,
        t_c: Tensor,
        lr: float,
    ) -> None:
        self.gradient, self.optimizer, self.loss, self.hyper = gradient, optimizer, loss, hyper
        self.design, self.t_c, self.lr = design, t_c, lr
        self._begin(start)

    def _begin(self, start: Tensor) -> None:
        self.params = start.clone().requires_grad_(self.gradient.needs_graph)
        self.stepper = self.optimizer.build(self.params, self.lr, self.hyper)
        self.step = self._choose_step()

    def compute_gradient(self) -> None:
        """The gradient of the present parameters into params.grad, and nothing of the one before."""
        self.params.grad = None
        self.gradient.compute(self.params, self.design, self.t_c, self.loss)

    def _plain_step(self) -> None:
        """One epoch, as in every textbook."""
        self.compute_gradient()
        self.stepper.step()

    def _sparse_step(self) -> None:
        """The same, for an optimizer that takes sparse gradients only."""
        self.compute_gradient()
        assert self.params.grad is not None
        self.params.grad = self.params.grad.to_sparse()
        self.stepper.step()

    def _closure_step(self) -> None:
        """For an optimizer that asks for loss and gradient itself, at points of its own choice."""
        assert isinstance(self.stepper, torch.optim.Optimizer)
        self.stepper.step(self._closure)

    def _closure(self) -> float:
        self.compute_gradient()
        with torch.no_grad():
            return self.loss.value(model(self.params, self.design), self.t_c).item()

    def _choose_step(self) -> Callable[[], None]:
        if self.optimizer.closure:
            return self._closure_step
        return self._sparse_step if self.optimizer.sparse else self._plain_step

    def run(self, rows: Tensor) -> None:
        """One epoch for each of rows (m, 2), which takes the parameters after it."""
        values = self.params.detach()  # the same memory without the graph
        for row in rows.unbind():
            self.step()
            row.copy_(values)

    def skip(self, epochs: int) -> None:
        """The same epochs, recording nothing."""
        for _ in range(epochs):
            self.step()

    def set_rate(self, lr: float) -> None:
        """Use this learning rate from the next epoch on."""
        self.lr = lr
        set_rate(self.stepper, lr)

    def save(self) -> Snapshot:
        """The present state, independent of what comes."""
        grad = None if self.params.grad is None else self.params.grad.clone()
        return Snapshot(self.params.detach().clone(), grad, copy.deepcopy(self.stepper.state_dict()))

    def restore(self, snapshot: Snapshot) -> None:
        """Back to a saved state, bit by bit; the learning rate is the saved one, too."""
        self._begin(snapshot.params)
        self.params.grad = None if snapshot.grad is None else snapshot.grad.clone()
        self.stepper.load_state_dict(copy.deepcopy(snapshot.stepper))
