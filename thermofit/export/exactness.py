"""Which set-ups magnify the last digit of a gradient, so that their code must repeat the loop exactly."""

from collections.abc import Mapping

import torch
from torch import Tensor

from thermofit.errors import Number
from thermofit.model.losses import Loss
from thermofit.optim.registry import Optimizer, unwrapped_step

TINY = 1e-6  # in the target's unit
STEPS = 10  # RAdam's first five are plain momentum


def magnifies(entry: Optimizer, hyper: Mapping[str, Number]) -> bool:
    """Whether a step is not proportional to the gradient.

    Near the minimum, an optimizer that divides by the gradient's size, or uses its sign, turns rounding
    errors into whole steps; plain descent and momentum leave them small.
    """
    if entry.closure:
        return True
    none, once, twice = (_update(entry, hyper, factor) for factor in (0.0, 1.0, 2.0))
    return not torch.allclose(twice - once, once - none, rtol=1e-6, atol=0.0)


def _update(entry: Optimizer, hyper: Mapping[str, Number], factor: float) -> Tensor:
    """The total change after some steps along a multiple of a gradient, from a start near 0, in float64."""
    start = torch.tensor([1.0, -2.0], dtype=torch.float64)
    params, grad = start.clone(), factor * torch.tensor([3.0, 0.5], dtype=torch.float64)
    params.grad = grad.to_sparse() if entry.sparse else grad
    step = unwrapped_step(entry.build(params, 0.01, hyper))
    with torch.no_grad():
        for _ in range(STEPS):
            step()
    return params - start


def jumps(loss: Loss) -> bool:
    """Whether the slope jumps where a prediction is exact, so that a rounding error reverses the step."""
    exact, off = torch.zeros(1), torch.full((1,), TINY)
    return bool((loss.derivative(off, exact) - loss.derivative(-off, exact)).abs() > 1000 * TINY)
