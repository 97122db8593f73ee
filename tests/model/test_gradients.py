from itertools import product

import pytest
import torch

from thermofit.data.registry import THERMOMETER
from thermofit.data.scaling import SCALINGS
from thermofit.model.gradients import GRADIENTS
from thermofit.model.line import design_matrix, model
from thermofit.model.losses import LOSSES

CASES = list(product(LOSSES, SCALINGS))


def gradient(name, params, design, t_c, loss):
    entry = GRADIENTS[name]
    params = params.clone().requires_grad_(entry.needs_graph)
    entry.compute(params, design, t_c, loss)
    return params.grad


def states(count, dtype):
    return torch.randn(count, 2, generator=torch.Generator().manual_seed(7), dtype=dtype) * 20


def task(scaling, dtype=torch.float64):
    t = SCALINGS[scaling].fit(THERMOMETER.t_u).apply(THERMOMETER.t_u.to(dtype))
    return design_matrix(t), THERMOMETER.t_c.to(dtype)


@pytest.mark.parametrize("loss, scaling", CASES)
def test_all_gradients_agree(loss, scaling):
    design, t_c = task(scaling)
    for params in states(100, torch.float64):
        manual, *others = (gradient(name, params, design, t_c, LOSSES[loss]) for name in GRADIENTS)
        for other in others:
            assert torch.allclose(manual, other, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("loss, scaling", CASES)
@pytest.mark.parametrize("name", GRADIENTS)
def test_gradients_are_finite_differences(name, loss, scaling):
    design, t_c = task(scaling)
    value, h = LOSSES[loss].value, 1e-6
    for params in states(10, torch.float64):
        found = gradient(name, params, design, t_c, LOSSES[loss])
        for k, step in enumerate(torch.eye(2, dtype=torch.float64) * h):
            up, down = (value(model(params + s, design), t_c) for s in (step, -step))
            assert found[k].item() == pytest.approx(((up - down) / (2 * h)).item(), rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("name", GRADIENTS)
def test_gradients_keep_float32(name):
    design, t_c = task("tenth", torch.float32)
    assert gradient(name, torch.tensor([1.0, 0.0]), design, t_c, LOSSES["mse"]).dtype == torch.float32


def test_autograd_accumulates_until_zeroed():
    design, t_c = task("tenth")
    params = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    GRADIENTS["autograd"].compute(params, design, t_c, LOSSES["mse"])
    once = params.grad.clone()
    GRADIENTS["autograd"].compute(params, design, t_c, LOSSES["mse"])
    assert torch.allclose(params.grad, 2 * once)


def test_autograd_works_inside_no_grad():
    design, t_c = task("tenth")
    with torch.no_grad():
        assert (
            gradient("autograd", torch.ones(2, dtype=torch.float64), design, t_c, LOSSES["mse"]) is not None
        )
