"""Inside one step: the same state taken through the chain rule, through autograd, and through the optimizer.

Everything happens on a copy of the loop, which the run's own checkpoints bring to the epoch. The run itself
is not affected.
"""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from thermofit.inspection.autograd_graph import Node, graph, graph_nodes
from thermofit.inspection.report import Memory, Pair, Plain, StepReport
from thermofit.inspection.validation_cost import ValidationCost, validation_cost
from thermofit.loop.loop import Loop
from thermofit.loop.mistakes import StepRefused
from thermofit.model.line import model
from thermofit.model.losses import Loss
from thermofit.training.assembly import make_loop
from thermofit.training.run import Run

__all__ = [
    "Memory",
    "Node",
    "StepReport",
    "ValidationCost",
    "graph",
    "graph_nodes",
    "inspect_step",
    "validation_cost",
]


def inspect_step(run: Run, epoch: int) -> StepReport:
    """The step from the parameters of row `epoch` to the next, whether or not it has been taken yet.

    With mini-batches the row is that of an update, and all sums go over the batch that the step sees.

    If the settings have changed since, it is the step as it was taken, under the settings in force at that
    epoch. ValueError for an epoch that is not recorded.
    """
    loop = _loop_at(run, epoch)
    params, rate, base = loop.params.detach().clone(), loop.rate, loop.lr
    taken = _by_optimizer(params, loop)  # first, since only then is it known which batch the step sees
    grad = autograd_gradient(params, *loop.batch, loop.loss)
    (seen,) = run.batches(epoch, epoch + 1)
    return StepReport(
        epoch=epoch,
        lr=rate,
        base_lr=base,
        optimizer=loop.optimizer.name,
        params=_pair(params),
        grad_autograd=_pair(grad),
        update_autograd=_pair(-rate * grad),
        leaked=_leaked(params, loop),
        batch=None if seen is None else tuple(seen.tolist()),
        **_by_hand(params, loop, rate),
        **taken,
    )


def _loop_at(run: Run, epoch: int) -> Loop:
    """A separate loop, in the run's state at this epoch."""
    if not 0 <= epoch <= run.update:
        raise ValueError(f"epoch {epoch} is not recorded; allowed: 0 to {run.update}")
    if epoch < run.update:
        return run.segment(epoch).loop_at(epoch)
    loop = make_loop(run.config, run.data, run.loop.params.detach())
    loop.restore(run.loop.save())
    loop.set_rate(run.base_lr)
    return loop


def _by_hand(params: Tensor, loop: Loop, rate: float) -> dict[str, Any]:
    """Forward, and back by the chain rule: dL/dw = sum dL/dt_p · dt_p/dw, dL/db = sum dL/dt_p · dt_p/db."""
    design, t_c = loop.batch
    dt_p_dw, dt_p_db = design.unbind(1)  # t_p = w * t + b, so these are t and 1
    t_p = model(params, design)
    dloss_dt_p = loop.loss.derivative(t_p, t_c)
    products_w, products_b = dloss_dt_p * dt_p_dw, dloss_dt_p * dt_p_db
    grad = torch.stack([products_w.sum(), products_b.sum()])
    columns = {
        "t": dt_p_dw,
        "t_c": t_c,
        "t_p": t_p,
        "dloss_dt_p": dloss_dt_p,
        "dt_p_dw": dt_p_dw,
        "dt_p_db": dt_p_db,
        "products_w": products_w,
        "products_b": products_b,
        "grad_by_hand": grad,
        "update_by_hand": -rate * grad,
    }
    return {"loss": loop.loss.value(t_p, t_c).item()} | {
        name: tuple(values.tolist()) for name, values in columns.items()
    }


def autograd_gradient(params: Tensor, design: Tensor, t_c: Tensor, loss: Loss) -> Tensor:
    """dL/d[w, b], shape (2,), as backward() writes it into an empty .grad."""
    leaf = params.clone().requires_grad_()
    with torch.enable_grad():
        train_loss = loss.value(model(leaf, design), t_c)
    train_loss.backward()  # type: ignore[no-untyped-call]
    assert leaf.grad is not None
    return leaf.grad


def _leaked(params: Tensor, loop: Loop) -> Pair | None:
    """The gradient of the validation loss, where a mistake adds it to that of the training loss."""
    if not loop.mistake.adds_validation or loop.validation is None:
        return None
    return _pair(autograd_gradient(params, *loop.validation, loop.loss))


def _by_optimizer(params: Tensor, loop: Loop) -> dict[str, Any]:
    """One update of the real loop, and what it did to parameters, .grad and the optimizer's memory."""
    piles_up = not loop.mistake.zeroes_grad and loop.params.grad is not None
    pile = _pair(loop.params.grad) if piles_up and loop.params.grad is not None else (0.0, 0.0)
    before, refused = _state(loop), None
    try:
        loop.skip(1)
    except StepRefused as error:
        refused = str(error)
    after, grad = _state(loop), loop.params.grad
    assert grad is not None
    return {
        "pile": pile,
        "applied": _pair(grad),
        "memory": _memory(before, after),
        "update_optimizer": _pair(loop.params.detach() - params),
        "refused": refused,
    }


def _state(loop: Loop) -> Mapping[str, Plain]:
    """What the optimizer remembers about its one tensor of parameters: plain values under torch's names."""
    state: Mapping[str, Any] = loop.stepper.state_dict().get("state", {}).get(0, {})
    return {name: _plain(value) for name, value in state.items()}


def _plain(value: Any) -> Plain:
    if isinstance(value, Tensor):
        return _plain(value.to_dense().tolist())
    return tuple(map(_plain, value)) if isinstance(value, list | tuple) else value


def _memory(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> tuple[Memory, ...]:
    return tuple(Memory(name, before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after]))


def _pair(values: Tensor) -> Pair:
    w, b = values.to_dense().tolist()
    return w, b
