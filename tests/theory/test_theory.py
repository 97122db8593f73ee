"""Theory against the printed figures, against autograd, and above all against real runs."""

import itertools

import pytest
import torch

from thermofit import Config, Run, Status
from thermofit.data.registry import THERMOMETER
from thermofit.data.scaling import SCALINGS
from thermofit.model.line import lines
from thermofit.model.losses import LOSSES
from thermofit.theory.curvature import curvature
from thermofit.theory.forecast import excess_loss, forecast
from thermofit.theory.least_squares import closed_form, least_squares, mse_at

T_U, T_C = THERMOMETER.t_u, THERMOMETER.t_c
SPLITS = [(0.0, 0), (0.2, 58), (0.5, 3)]
GROUND = pytest.mark.parametrize(
    ("scaling", "share", "seed"), [(name, *split) for name, split in itertools.product(SCALINGS, SPLITS)]
)
START = (1.0, 0.0)


def prepared(scaling, share, seed, **settings):
    config = Config(scaling=scaling, val=share, split_seed=seed, gradient="manual", optimizer="by-hand")
    return config.replace(**settings), Run(config).data


def look(data, lr, loss="mse", start=START):
    return forecast(data.train_scaled, data.train_targets, loss, lr, start)


def trained(config):
    run = Run(config)
    run.advance(epochs=config.epochs)
    return run


# ---- the printed figures -----------------------------------------------------------------------------------


def test_the_closed_form_of_all_rows():
    line, fit = closed_form(T_U, T_C), least_squares(T_U, T_C)
    assert (line.slope, line.intercept) == (
        pytest.approx(0.536772, abs=5e-7),
        pytest.approx(-17.304786, abs=1e-6),
    )
    assert fit.params == (line.slope, line.intercept)
    assert fit.mse == pytest.approx(2.927646, abs=1e-6)
    assert fit.r2 == pytest.approx(0.96205, abs=5e-6)
    assert not fit.exact


def test_the_true_line_is_not_the_minimum():
    assert mse_at((5 / 9, -32 * 5 / 9), T_U, T_C) == pytest.approx(3.2685, abs=5e-5)


@pytest.mark.parametrize(
    ("scaling", "largest", "condition"),
    [("none", "3.399e-04", "33599"), ("tenth", "0.03298", "357"), ("standardize", "1", "1")],
)
def test_largest_rate_and_condition_number(scaling, largest, condition):
    bend = curvature(SCALINGS[scaling].fit(T_U).apply(T_U))
    assert (f"{bend.largest_rate:.4g}", f"{bend.condition:.0f}") == (f"{float(largest):.4g}", condition)


# ---- against autograd and linear algebra -------------------------------------------------------------------


def hessian(loss, t, t_c, params):
    point = torch.tensor(params, dtype=torch.float64)
    value = lambda p: loss.value(lines(p.unsqueeze(0), t.double()), t_c.double())[0]  # noqa: E731
    return torch.autograd.functional.hessian(value, point)


@GROUND
def test_the_hessian_is_autograds(scaling, share, seed):
    _, data = prepared(scaling, share, seed)
    bend = curvature(data.train_scaled)
    ours = torch.tensor(bend.hessian, dtype=torch.float64)
    for params in (START, (-3.0, 20.0)):
        assert torch.allclose(
            ours, hessian(LOSSES["mse"], data.train_scaled, data.train_targets, params), rtol=1e-12
        )
    for value, direction in zip(bend.eigenvalues, bend.directions, strict=True):
        v = torch.tensor(direction, dtype=torch.float64)
        assert torch.allclose(ours @ v, value * v, rtol=1e-9, atol=1e-9)
    assert bend.eigenvalues == pytest.approx(torch.linalg.eigvalsh(ours).flip(0).tolist(), rel=1e-9)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_a_loss_has_a_limit_only_if_its_hessian_is_constant(loss):
    _, data = prepared("tenth", 0.0, 0)
    t, t_c = data.train_scaled, data.train_targets
    found = [hessian(loss, t, t_c, params) for params in (START, least_squares(t, t_c).params)]
    constant = torch.allclose(*found) and bool(found[0].any())
    seen = look(data, 0.01, loss.name)
    assert (seen.curvature is not None) == constant == (seen.stable is not None) == (seen.unknown == "")
    if not constant:
        assert (seen.factors, seen.epochs) == (None, None)


def test_a_loss_registered_tomorrow_gets_no_guess():
    seen = look(prepared("tenth", 0.0, 0)[1], 0.01, "log-cosh")
    assert seen.curvature is None and "not constant" in seen.unknown


# ---- against real runs -------------------------------------------------------------------------------------


def arrival(config, smallest):
    """The run, and the first epoch at which its loss is within 1 % of the smallest."""
    run = trained(config)
    near = run.history.rows(columns=("train_loss",))[:, 0] <= 1.01 * smallest
    assert near[-1]
    return run, int(near.nonzero()[0])


@GROUND
def test_just_below_the_limit_it_converges_when_forecast(scaling, share, seed):
    _, data = prepared(scaling, share, seed)
    lr = 0.98 * curvature(data.train_scaled).largest_rate
    seen = look(data, lr)
    assert seen.stable
    config, _ = prepared(scaling, share, seed, lr=lr, epochs=int(1.1 * seen.epochs) + 10)
    run, arrived = arrival(config, seen.fit.mse)
    assert run.status == Status.FINISHED
    assert arrived == pytest.approx(seen.epochs, rel=0.02, abs=1)


@GROUND
def test_just_above_the_limit_it_diverges(scaling, share, seed):
    _, data = prepared(scaling, share, seed)
    lr = 1.02 * curvature(data.train_scaled).largest_rate
    seen = look(data, lr)
    assert (seen.stable, seen.epochs) == (False, None)
    config, _ = prepared(scaling, share, seed, lr=lr, epochs=3000)
    run = trained(config)
    assert run.status == Status.DIVERGED
    before, last = (run.history.row(run.epoch - k)["train_loss"] for k in (10, 0))
    assert (last / before) ** (1 / 20) == pytest.approx(seen.factors[0], rel=1e-3)


@pytest.mark.parametrize("part", [0.03, 0.3, 0.5])
@pytest.mark.parametrize("scaling", ["tenth", "standardize", "min-max"])
def test_the_forecast_comes_true(scaling, part):
    _, data = prepared(scaling, 0.2, 58)
    lr = part * curvature(data.train_scaled).largest_rate
    seen = look(data, lr)
    config, _ = prepared(scaling, 0.2, 58, lr=lr, epochs=int(1.1 * seen.epochs) + 10)
    assert arrival(config, seen.fit.mse)[1] == pytest.approx(seen.epochs, rel=0.02, abs=1)


def test_the_loss_of_every_epoch_is_known_beforehand():
    config, data = prepared("tenth", 0.2, 58, lr=0.01, epochs=500)
    seen, history = look(data, 0.01), trained(config).history
    for epoch in (0, 1, 7, 100, 500):
        known = seen.fit.mse + excess_loss(seen.fit, seen.curvature, 0.01, START, epoch)
        assert history.row(epoch)["train_loss"] == pytest.approx(known, rel=1e-5)


def test_the_fastest_rate_is_the_fastest():
    _, data = prepared("min-max", 0.0, 0)
    fastest = curvature(data.train_scaled).fastest_rate
    steep, flat = curvature(data.train_scaled).factors(fastest)
    assert steep == pytest.approx(flat)
    assert all(max(curvature(data.train_scaled).factors(fastest * k)) > steep for k in (0.99, 1.01))


@GROUND
def test_the_rate_offered_is_stable_and_short(scaling, share, seed):
    bend = curvature(prepared(scaling, share, seed)[1].train_scaled)
    assert 0.8 * bend.largest_rate < bend.safe_rate < 0.91 * bend.largest_rate
    assert bend.safe_rate == float(f"{bend.safe_rate:.1e}")


# ---- the edges ---------------------------------------------------------------------------------------------


def test_at_the_minimum_there_is_nothing_to_wait_for():
    _, data = prepared("tenth", 0.0, 0)
    best = least_squares(data.train_scaled, data.train_targets).params
    assert look(data, 0.01, start=best).epochs == 0


def test_a_crawl_beyond_a_billion_epochs_is_no_forecast():
    assert look(prepared("none", 0.0, 0)[1], 1e-9).epochs is None


def test_equal_readings_determine_no_line():
    t, t_c = torch.full((3,), 20.1), torch.tensor([1.0, 2.0, 6.0])
    seen = forecast(t, t_c, "mse", 1e-4, START)
    assert seen.curvature.condition is None and seen.curvature.eigenvalues[1] == 0
    assert seen.fit.mse == pytest.approx(t_c.double().var(correction=0).item())
    assert seen.epochs is not None  # the loss converges, although the line is one of many


@pytest.mark.parametrize("rows", [1, 2])
def test_a_line_through_every_row_has_no_smallest_loss_to_be_near(rows):
    seen = forecast(T_U[:rows], T_C[:rows], "mse", 1e-5, START)
    assert seen.fit.exact and seen.stable and seen.epochs is None


def test_targets_that_do_not_vary_explain_nothing():
    assert least_squares(T_U, torch.full((11,), 4.0)).r2 is None


def test_huge_readings_keep_their_small_eigenvalue():
    steep, flat = curvature(torch.tensor([999_999.0, 1_000_000.0])).eigenvalues
    assert steep * flat == pytest.approx(4 * 0.25, rel=1e-9)  # the determinant: 4 var(t)
