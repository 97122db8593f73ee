import pytest
import torch

from thermofit.data.registry import THERMOMETER
from thermofit.model.evaluation import evaluate_rows, first_converged, first_nonfinite
from thermofit.model.line import lines
from thermofit.model.losses import LOSSES


def table(rows):
    generator = torch.Generator().manual_seed(4)
    return torch.cat([torch.randn(rows, 2, generator=generator) * 5, torch.full((rows, 4), -1.0)], dim=1)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_recorded_gradients_and_losses_are_those_of_autograd(loss):
    t, t_c, rows = THERMOMETER.t_u * 0.1, THERMOMETER.t_c, table(50)
    evaluate_rows(rows, t[:9], t_c[:9], t[9:], t_c[9:], loss)
    params = rows[:, :2].clone().requires_grad_()
    losses = loss.value(lines(params, t[:9]), t_c[:9])
    losses.sum().backward()
    assert torch.allclose(rows[:, 2:4], params.grad, rtol=1e-5, atol=1e-5)
    assert torch.equal(rows[:, 4], losses.detach())
    assert torch.equal(rows[:, 5], loss.value(lines(params.detach(), t[9:]), t_c[9:]))


@pytest.mark.parametrize("n", [1, 11, 1000, 100_000])
def test_slicing_changes_no_digit(n):
    generator = torch.Generator().manual_seed(5)
    t, t_c = torch.randn(n, generator=generator), torch.randn(n, generator=generator)
    whole = table(23)
    sliced = whole.clone()
    evaluate_rows(whole, t, t_c, t[: n // 2], t_c[: n // 2], LOSSES["mse"])
    for size in (1, 2, 3, 17):
        part, sliced = sliced[:size], sliced[size:]
        evaluate_rows(part, t, t_c, t[: n // 2], t_c[: n // 2], LOSSES["mse"])
        assert torch.equal(part.nan_to_num(), whole[:size].nan_to_num())
        whole = whole[size:]


def test_without_validation_rows_the_last_column_is_nan():
    rows, none = table(3), torch.empty(0)
    evaluate_rows(rows, THERMOMETER.t_u, THERMOMETER.t_c, none, none, LOSSES["mse"])
    assert rows[:, 5].isnan().all() and rows[:, :5].isfinite().all()


def test_the_first_unfinite_row():
    rows = torch.zeros(5, 6)
    assert first_nonfinite(rows) == 5
    rows[3, 1], rows[4, 4] = float("nan"), float("inf")
    assert first_nonfinite(rows) == 3


def test_the_first_short_gradient():
    gradients = torch.tensor([[3.0, 4.0], [0.3, 0.4], [0.0, 0.0]])
    assert [first_converged(gradients, tolerance) for tolerance in (5.1, 1.0, 0.5, 0.1, 0.0)] == [
        0,
        1,
        2,
        2,
        3,
    ]
