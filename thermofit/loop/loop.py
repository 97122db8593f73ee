"""The training loop: zero the gradient, compute it, apply it, record the parameters."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor

from thermofit.errors import Number
from thermofit.loop.mistakes import MISTAKES, Action, Mistake
from thermofit.model.gradients import Gradient
from thermofit.model.line import model
from thermofit.model.losses import Loss
from thermofit.optim.registry import Optimizer, set_rate, unwrapped_step


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything that the next step depends on: parameters, their gradient, the optimizer's memory."""

    params: Tensor
    grad: Tensor | None
    stepper: dict[str, Any]


class Loop:
    """Trains the parameters, one epoch at a time.

    `start` is [w, b]; `design` (n, 2) and `t_c` (n,) are the train rows, in scaled units and as read.
    Training uses `validation`, rows in the same form (k, 2) and (k,), only by mistake.
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
        mistake: Mistake = MISTAKES["none"],
        validation: tuple[Tensor, Tensor] | None = None,
    ) -> None:
        self.gradient, self.optimizer, self.loss, self.hyper = gradient, optimizer, loss, hyper
        self.design, self.t_c, self.lr = design, t_c, lr
        self.mistake, self.validation = mistake, validation
        self.counts: list[int] = []  # of the epochs run last: how often each evaluated the gradient
        self._begin(start)

    def _begin(self, start: Tensor) -> None:
        self.params = start.clone().requires_grad_(self.gradient.needs_graph)
        self.stepper = self.optimizer.build(self.params, self.lr, self.hyper)
        self.compute_gradient: Action = partial(
            self.gradient.compute, self.params, self.design, self.t_c, self.loss
        )
        self.dense_step = unwrapped_step(self.stepper)
        self.apply_step = self._sparse_step if self.optimizer.sparse else self.dense_step
        self.closure = self._closure
        self.epoch = self._closure_epoch if self.optimizer.closure else self._plain_epoch
        self._make_mistake()

    def _make_mistake(self) -> None:
        """Put the mistake into the loop once, here, so that the correct loop never has to check for it."""
        self.apply_step = self.mistake.step(self.apply_step)
        if self.validation is not None:
            self.compute_gradient = self.mistake.gradient(self.compute_gradient, self._validate)
        if not self.mistake.zeroes_grad:
            self.closure = self._unzeroed_closure
            self.epoch = self._closure_epoch if self.optimizer.closure else self._unzeroed_epoch

    def _plain_epoch(self) -> None:
        """One epoch as in any textbook: zero the gradient, compute it, apply it."""
        self.params.grad = None
        self.compute_gradient()
        self.apply_step()

    def _closure_epoch(self) -> None:
        """One epoch of an optimizer that evaluates loss and gradient itself, at points that it chooses."""
        assert isinstance(self.stepper, torch.optim.Optimizer)
        self.counts.append(0)
        self.stepper.step(self.closure)

    def _closure(self) -> float:
        self.params.grad = None
        return self._unzeroed_closure()

    def _unzeroed_closure(self) -> float:
        self.counts[-1] += 1
        self.compute_gradient()
        return self.loss.value(model(self.params, self.design), self.t_c).item()

    def _unzeroed_epoch(self) -> None:
        """One epoch that forgets to zero the gradient, so that gradients add up."""
        self.compute_gradient()
        self.apply_step()

    def _validate(self) -> Tensor:
        """The validation loss with a graph, which only a mistake asks for."""
        assert self.validation is not None
        design, t_c = self.validation
        with torch.enable_grad():
            return self.loss.value(model(self.params, design), t_c)

    def _sparse_step(self) -> None:
        """The step of an optimizer that takes only sparse gradients."""
        assert self.params.grad is not None
        self.params.grad = self.params.grad.to_sparse()
        self.dense_step()

    def run(self, rows: Tensor) -> list[int]:
        """One epoch for each of rows (m, 2), into which the parameters after it are written.

        Returns how often each epoch evaluated the gradient; nothing where each does so once.
        """
        self.counts = []
        with torch.no_grad():  # neither the step nor the record is part of the model
            for row in rows.unbind():
                self.epoch()
                row.copy_(self.params)
        return self.counts

    def skip(self, epochs: int) -> None:
        """Train for this many epochs and record nothing."""
        self.counts = []
        with torch.no_grad():
            for _ in range(epochs):
                self.epoch()

    def set_rate(self, lr: float) -> None:
        """Use this learning rate from the next epoch on."""
        self.lr = lr
        set_rate(self.stepper, lr)

    def save(self) -> Snapshot:
        """A copy of the present state, which later epochs do not change."""
        grad = None if self.params.grad is None else self.params.grad.clone()
        return Snapshot(self.params.detach().clone(), grad, copy.deepcopy(self.stepper.state_dict()))

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a saved state, bit for bit, including its learning rate."""
        self._begin(snapshot.params)
        self.params.grad = None if snapshot.grad is None else snapshot.grad.clone()
        self.stepper.load_state_dict(copy.deepcopy(snapshot.stepper))
