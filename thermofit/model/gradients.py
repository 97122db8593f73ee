"""Who computes the gradient: you, by the chain rule, or autograd, by recording what you did.

Both have the same signature and write the gradient to `params.grad`, where the step expects it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from thermofit.model.line import model
from thermofit.model.losses import Loss
from thermofit.words import mark


@dataclass(frozen=True)
class Gradient:
    """`compute(params, design, t_c, loss)` puts dL/d[w, b], shape (2,), into `params.grad`.

    `needs_graph` says whether params need requires_grad=True.
    """

    name: str
    label: str
    help: str
    needs_graph: bool
    compute: Callable[[Tensor, Tensor, Tensor, Loss], None]


def manual(params: Tensor, design: Tensor, t_c: Tensor, loss: Loss) -> None:
    """Chain rule by hand: dL/dw = sum dL/dt_p * dt_p/dw with dt_p/dw = t; dL/db likewise with dt_p/db = 1."""
    dloss_dt_p = loss.derivative(model(params, design), t_c)
    params.grad = dloss_dt_p @ design  # columns [t, 1]: both sums at once


def autograd(params: Tensor, design: Tensor, t_c: Tensor, loss: Loss) -> None:
    """Forward pass with a graph, then backward() through it; *adds* to an existing gradient."""
    with torch.enable_grad():
        train_loss = loss.value(model(params, design), t_c)
    train_loss.backward()  # type: ignore[no-untyped-call]


GRADIENTS = {
    gradient.name: gradient
    for gradient in (
        Gradient(
            "manual",
            mark("Manual"),
            mark("The gradient from formulas derived by hand with the chain rule."),
            needs_graph=False,
            compute=manual,
        ),
        Gradient(
            "autograd",
            mark("Autograd"),
            mark(
                "PyTorch records the forward pass and walks it backwards: loss.backward() fills params.grad."
            ),
            needs_graph=True,
            compute=autograd,
        ),
    )
}
