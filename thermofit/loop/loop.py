"""The training loop: zero the gradient, compute it, apply it, record the parameters."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor

from thermofit.data.batches import Batches, Batching, Place
from thermofit.errors import Number
from thermofit.loop.mistakes import MISTAKES, Action, Mistake
from thermofit.loop.pace import Curved, OnPlateau, Pace, Plan
from thermofit.model.evaluation import losses_of
from thermofit.model.gradients import Gradient
from thermofit.model.line import model
from thermofit.model.losses import Loss
from thermofit.optim.registry import Optimizer, set_rate, unwrapped_step


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything that the next step depends on: parameters, their gradient, the optimizer's memory.

    So do the updates done so far, what the schedule remembers, and the place in the order of the batches.
    """

    params: Tensor
    grad: Tensor | None
    stepper: dict[str, Any]
    updates: int = 0
    pace: tuple[float, object] | None = None
    batches: Place | None = None


class Loop:
    """Trains the parameters, one update at a time; without mini-batches, an epoch is one update.

    `start` is [w, b]; `design` (n, 2) and `t_c` (n,) are the train rows, in scaled units and as read.
    Training uses `validation`, rows in the same form (k, 2) and (k,), only by mistake, and for a schedule
    that watches their loss. `batching` deals the train rows out in mini-batches; without it, each step sees
    all of them.
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
        batching: Batching | None = None,
        plan: Plan | None = None,
    ) -> None:
        self.gradient, self.optimizer, self.loss, self.hyper = gradient, optimizer, loss, hyper
        self.design, self.t_c, self.lr = design, t_c, lr
        self.mistake, self.validation = mistake, validation
        self.counts: list[int] = []  # of the updates run last: how often each evaluated the gradient
        self.seen: list[tuple[Tensor, Tensor]] = []  # of the updates run last: the batch of each
        self.updates = 0  # done since the start
        self.batches = Batches(batching, design, t_c) if batching else None
        self.pace = self._pace_of(plan) if plan else None
        self._begin(start)

    def _pace_of(self, plan: Plan) -> Pace:
        """What the schedule makes of the learning rate."""
        if not plan.schedule.watches_loss:
            defaults = {each.name: each.default for each in self.optimizer.hyper}
            return Curved(plan, self.optimizer, float((defaults | dict(self.hyper)).get("beta2", 0.0)))
        design, t_c = self.validation or (self.design, self.t_c)
        return OnPlateau(plan, self.lr, partial(losses_of, t=design[:, 0], t_c=t_c, loss=self.loss))

    def _begin(self, start: Tensor) -> None:
        self.params = start.clone().requires_grad_(self.gradient.needs_graph)
        self.stepper = self.optimizer.build(self.params, self.lr, self.hyper)
        self.batch = self.design, self.t_c  # what the present step sees
        self.compute_gradient: Action = partial(
            self.gradient.compute, self.params, self.design, self.t_c, self.loss
        )
        if self.batches:
            self.compute_gradient = self._batch_gradient
        self.dense_step = unwrapped_step(self.stepper)
        self.apply_step = self._sparse_step if self.optimizer.sparse else self.dense_step
        self.closure = self._closure
        self.update = self._closure_update if self.optimizer.closure else self._plain_update
        self._make_mistake()
        if self.batches:
            self.update = partial(self._batch_update, self.batches, self.update)

    def _make_mistake(self) -> None:
        """Put the mistake into the loop once, here, so that the correct loop never has to check for it."""
        self.apply_step = self.mistake.step(self.apply_step)
        if self.validation is not None:
            self.compute_gradient = self.mistake.gradient(self.compute_gradient, self._validate)
        if not self.mistake.zeroes_grad:
            self.closure = self._unzeroed_closure
            self.update = self._closure_update if self.optimizer.closure else self._unzeroed_update

    def _batch_gradient(self) -> None:
        """The gradient of the loss over the present batch."""
        self.gradient.compute(self.params, *self.batch, self.loss)

    def _batch_update(self, batches: Batches, update: Action) -> None:
        """One update that sees the next batch."""
        design, t_c = batches.take()
        self.batch = design, t_c
        self.seen.append(self.batch)
        update()

    def _plain_update(self) -> None:
        """One update as in any textbook: zero the gradient, compute it, apply it."""
        self.params.grad = None
        self.compute_gradient()
        self.apply_step()

    def _closure_update(self) -> None:
        """One update of an optimizer that evaluates loss and gradient itself, at points that it chooses."""
        assert isinstance(self.stepper, torch.optim.Optimizer)
        self.counts.append(0)
        self.stepper.step(self.closure)

    def _closure(self) -> float:
        self.params.grad = None
        return self._unzeroed_closure()

    def _unzeroed_closure(self) -> float:
        self.counts[-1] += 1
        self.compute_gradient()
        design, t_c = self.batch
        return self.loss.value(model(self.params, design), t_c).item()

    def _unzeroed_update(self) -> None:
        """One update that forgets to zero the gradient, so that gradients add up."""
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
        """One update for each of rows (m, 2), into which the parameters after it are written.

        Returns how often each update evaluated the gradient; nothing where each does so once. `seen` then has
        the batch of each.
        """
        self.counts, self.seen = [], []
        with torch.no_grad():  # neither the step nor the record is part of the model
            if self.pace is None:
                self._run(rows)
            else:
                self._run_scheduled(self.pace, rows)
        return self.counts

    def _run(self, rows: Tensor) -> None:
        for row in rows.unbind():
            self.update()
            row.copy_(self.params)
        self.updates += len(rows)

    def _run_scheduled(self, pace: Pace, rows: Tensor) -> None:
        """The same, each update at its own rate."""
        done = 0
        while done < len(rows):
            groups = pace.next(self.updates, self.lr, len(rows) - done)
            part, present = rows[done : done + len(groups)], self.stepper.param_groups[0]
            for row, group in zip(part.unbind(), groups, strict=True):
                present.update(group)
                self.update()
                row.copy_(self.params)
            pace.watch(self.updates, part)
            self.updates += len(part)
            done += len(part)

    def skip(self, updates: int) -> None:
        """Train for this many updates and record nothing."""
        self.run(torch.empty(updates, *self.params.shape))

    @property
    def rate(self) -> float:
        """The rate of the next update: the learning rate, or what the schedule makes of it."""
        return self.lr if self.pace is None else self.pace.at(self.updates, self.lr)

    def set_rate(self, lr: float) -> None:
        """Use this learning rate from the next update on; a schedule goes on from it."""
        if self.pace is not None:
            self.pace.change(self.updates, self.lr, lr)
        self.lr = lr
        set_rate(self.stepper, lr)

    def share_curves(self, other: "Loop") -> None:
        """Use the rates that another loop of the same schedule has computed, and add to them."""
        if isinstance(self.pace, Curved) and isinstance(other.pace, Curved):
            self.pace.curves = other.pace.curves

    def save(self) -> Snapshot:
        """A copy of the present state, which later updates do not change."""
        grad = None if self.params.grad is None else self.params.grad.clone()
        return Snapshot(
            params=self.params.detach().clone(),
            grad=grad,
            stepper=copy.deepcopy(self.stepper.state_dict()),
            updates=self.updates,
            pace=None if self.pace is None else (self.lr, self.pace.save()),
            batches=self.batches.save() if self.batches else None,
        )

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a saved state, bit for bit, including its learning rate."""
        self.updates = snapshot.updates
        if self.batches and snapshot.batches:
            self.batches.restore(snapshot.batches)
        if self.pace is not None and snapshot.pace is not None:
            self.lr, saved = snapshot.pace
            self.pace.restore(saved)
        self._begin(snapshot.params)
        self.params.grad = None if snapshot.grad is None else snapshot.grad.clone()
        self.stepper.load_state_dict(copy.deepcopy(snapshot.stepper))
