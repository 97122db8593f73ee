import json

import pytest
import torch
import torch.nn.functional as F

from tests.model.record_losses import EXAMPLES, examples
from thermofit.data.registry import THERMOMETER
from thermofit.model.line import design_matrix, lines, model
from thermofit.model.losses import LOSSES

ORACLES = {"mse": F.mse_loss, "mae": F.l1_loss, "huber": F.huber_loss}
ALL = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)


def predictions(rows: int = 50) -> torch.Tensor:
    generator = torch.Generator().manual_seed(1)
    noise = torch.randn(rows, 11, generator=generator, dtype=torch.float64)
    return THERMOMETER.t_c.double() + noise * torch.logspace(-3, 3, rows, dtype=torch.float64).unsqueeze(1)


def test_the_model_is_a_line():
    t, params = THERMOMETER.t_u, torch.tensor([0.5, -17.0])
    assert torch.allclose(model(params, design_matrix(t)), 0.5 * t - 17.0)


def test_many_lines_at_once_are_the_lines_one_by_one():
    t = THERMOMETER.t_u.double()
    params = torch.randn(20, 2, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    one_by_one = torch.stack([model(p, design_matrix(t)) for p in params])
    assert torch.allclose(lines(params, t), one_by_one, rtol=1e-12)


@ALL
def test_values_are_torchs_own(loss):
    t_c = THERMOMETER.t_c.double()
    expected = torch.stack([ORACLES[loss.name](t_p, t_c) for t_p in predictions()])
    assert torch.allclose(loss.value(predictions(), t_c), expected, rtol=1e-12)
    assert torch.allclose(torch.stack([loss.value(t_p, t_c) for t_p in predictions()]), expected, rtol=1e-12)


@ALL
def test_derivatives_are_autograds(loss):
    t_c, t_p = THERMOMETER.t_c.double(), predictions().requires_grad_()
    loss.value(t_p, t_c).sum().backward()
    assert torch.allclose(loss.derivative(t_p.detach(), t_c), t_p.grad, rtol=1e-12, atol=1e-15)


@ALL
def test_derivatives_are_finite_differences(loss):
    t_c, t_p, h = THERMOMETER.t_c.double(), predictions(rows=8), 1e-6
    for column in range(11):
        step = torch.zeros(11, dtype=torch.float64)
        step[column] = h
        slope = (loss.value(t_p + step, t_c) - loss.value(t_p - step, t_c)) / (2 * h)
        assert torch.allclose(loss.derivative(t_p, t_c)[:, column], slope, rtol=1e-4, atol=1e-6)


@ALL
def test_an_exact_prediction_costs_nothing(loss):
    t_c = THERMOMETER.t_c
    assert loss.value(t_c, t_c).item() == 0
    assert not loss.derivative(t_c, t_c).any()


def test_the_start_of_the_book():
    t_p = model(torch.tensor([1.0, 0.0]), design_matrix(THERMOMETER.t_u))
    assert LOSSES["mse"].value(t_p, THERMOMETER.t_c).item() == pytest.approx(1763.8848, rel=1e-6)


def test_what_the_browser_is_held_to_is_what_is_computed_here():
    """Every loss, scaling and line: `python -m tests.model.record_losses` records a new one."""
    recorded, computed = json.loads(EXAMPLES.read_text()), examples()
    assert recorded["rows"] == computed["rows"]
    assert {name: list(rows) for name, rows in recorded["losses"].items()} == {
        name: list(rows) for name, rows in computed["losses"].items()
    }
    for name, rows in computed["losses"].items():
        for part, numbers in rows.items():
            for known, number in zip(recorded["losses"][name][part], numbers, strict=True):
                assert known == pytest.approx(number, rel=1e-12, abs=1e-12)


def test_the_unit_follows_the_target():
    assert [LOSSES[name].unit_of("°C") for name in ("mse", "mae", "huber")] == ["°C²", "°C", "°C²"]
    assert (LOSSES["mse"].unit_of("km/s"), LOSSES["mae"].unit_of("km/s")) == ("(km/s)²", "km/s")
    assert (LOSSES["mse"].unit_of(""), LOSSES["mae"].unit_of("")) == ("units²", "units")
