import pytest
import torch

from thermofit.data.registry import THERMOMETER
from thermofit.data.scaling import SCALINGS

ALL = pytest.mark.parametrize("scaling", SCALINGS.values(), ids=SCALINGS)


@ALL
def test_a_trained_line_is_the_same_line_in_original_units(scaling):
    scale = scaling.fit(THERMOMETER.t_u)
    t_u, w, b = THERMOMETER.t_u.double(), 1.7, -3.2
    slope, intercept = scale.original(w, b)
    assert torch.allclose(w * scale.apply(t_u) + b, slope * t_u + intercept, rtol=1e-12)


@ALL
def test_original_works_on_whole_columns(scaling):
    scale = scaling.fit(THERMOMETER.t_u)
    w, b = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0])
    slope, intercept = scale.original(w, b)
    assert (slope[1].item(), intercept[1].item()) == pytest.approx(scale.original(2.0, 4.0))


@ALL
@pytest.mark.parametrize("value", [0.0, 50.0, -0.3, 1e6])
@pytest.mark.parametrize("n", [1, 5])
def test_equal_readings_do_not_divide_by_zero(scaling, value, n):
    scale = scaling.fit(torch.full((n,), value))
    assert scale.apply(torch.full((n,), value)).isfinite().all()


def test_standardized_readings_have_mean_0_and_mean_square_1():
    t = SCALINGS["standardize"].fit(THERMOMETER.t_u).apply(THERMOMETER.t_u.double())
    assert t.mean().item() == pytest.approx(0, abs=1e-12)
    assert t.square().mean().item() == pytest.approx(1, rel=1e-12)


def test_min_max_fills_0_to_1():
    t = SCALINGS["min-max"].fit(THERMOMETER.t_u).apply(THERMOMETER.t_u.double())
    assert (t.min().item(), t.max().item()) == pytest.approx((0, 1))


def test_tenth_is_a_tenth():
    assert SCALINGS["tenth"].fit(THERMOMETER.t_u).apply(35.7) == pytest.approx(3.57)


@pytest.mark.parametrize(
    "name, largest_rate, condition",
    [("none", 3.399e-4, 33_599), ("tenth", 0.03298, 357), ("standardize", 1.0, 1)],
)
def test_scaling_rounds_the_valley(name, largest_rate, condition):
    """Eigenvalues of the Hessian 2 XᵀX / n of the mean squared error, X = [t, 1]."""
    t = SCALINGS[name].fit(THERMOMETER.t_u).apply(THERMOMETER.t_u.double())
    design = torch.stack([t, torch.ones_like(t)], dim=1)
    small, large = torch.linalg.eigvalsh(2 * design.T @ design / len(t)).tolist()
    assert 2 / large == pytest.approx(largest_rate, rel=1e-3)
    assert large / small == pytest.approx(condition, rel=1e-3)


@ALL
def test_readings_that_hardly_differ_stay_finite(scaling):
    t = torch.tensor([0.0, 2.1e-40])
    assert scaling.fit(t).apply(t).isfinite().all()
