"""The training loop: zero the gradient, compute it, apply it, record the parameters."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor

from thermofit.checks import Number
from thermofit.gradients import Gradient
from thermofit.model import Loss, model
from thermofit.optimizers import Optimizer, bare_step, set_rate


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
        self.compute_gradient = partial(self.gradient.compute, self.params, self.design, self.t_c, self.loss)
        self.dense_step = bare_step(self.stepper)
        self.apply_step = self._sparse_step if self.optimizer.sparse else self.dense_step
        self.epoch = self._closure_epoch if self.optimizer.closure else self._plain_epoch

    def _plain_epoch(self) -> None:
        """One epoch, as in every textbook: zero the gradient, compute it, apply it."""
        self.params.grad = None
        self.compute_gradient()
        self.apply_step()

    def _closure_epoch(self) -> None:
        """One epoch of an optimizer that asks for loss and gradient itself, at points of its own choice."""
        assert isinstance(self.stepper, torch.optim.Optimizer)
        self.stepper.step(self._closure)

    def _closure(self) -> float:
        self.params.grad = None
        self.compute_gradient()
        return self.loss.value(model(self.params, self.design), self.t_c).item()

    def _sparse_step(self) -> None:
        """The step of an optimizer that takes sparse gradients only."""
        assert self.params.grad is not None
        self.params.grad = self.params.grad.to_sparse()
        self.dense_step()

    def run(self, rows: Tensor) -> None:
        """One epoch for each of rows (m, 2), which takes the parameters after it."""
        with torch.no_grad():  # neither the step nor the record is part of the model
            for row in rows.unbind():
                self.epoch()
                row.copy_(self.params)

    def skip(self, epochs: int) -> None:
        """The same epochs, recording nothing."""
        with torch.no_grad():
            for _ in range(epochs):
                self.epoch()

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
