"""The landscape against the loss itself, and frames that show what matters."""

import math

import pytest
import torch

from thermofit import Config, Run
from thermofit.data.scaling import SCALINGS
from thermofit.landscape.loss_surface import LEVELS, Frame, frame, losses_at, surface
from thermofit.model.line import lines
from thermofit.model.losses import LOSSES
from thermofit.theory.least_squares import least_squares

ALL = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
START = (1.0, 0.0)


def drawn(loss=LOSSES["mse"], scaling="none", size=80, **settings):
    """The run, and the surface under its path, framed around start, least squares and path."""
    run = Run(Config(scaling=scaling, val=0.2, loss=loss.name, **settings))
    run.advance(epochs=run.config.epochs)
    t, t_c = run.data.train_scaled, run.data.train_targets
    best = least_squares(t, t_c).params
    path = [] if run.diverged_at else run.history.rows(columns=("w", "b")).tolist()
    view = frame([START, best, *path])
    return run, surface(t, t_c, loss, view, best, size)


@ALL
@pytest.mark.parametrize("scaling", SCALINGS)
def test_every_grid_point_is_the_loss_there(loss, scaling):
    run, seen = drawn(loss, scaling, size=9, epochs=20)
    t, t_c = run.data.train_scaled.double(), run.data.train_targets.double()
    assert seen.loss.shape == seen.height.shape == (9, 9)
    for i, j in ((0, 0), (8, 0), (0, 8), (3, 5)):
        value = loss.value(seen.w[j] * t + seen.b[i], t_c)
        assert seen.loss[i, j].item() == pytest.approx(value.item(), rel=1e-12)


@ALL
def test_the_losses_of_a_run_lie_on_the_surface(loss):
    run, _ = drawn(loss, "tenth", epochs=50)
    rows = run.history.rows(columns=("w", "b", "train_loss")).double()
    known = losses_at(rows[:, :2], run.data.train_scaled.double(), run.data.train_targets.double(), loss)
    assert torch.allclose(rows[:, 2], known, rtol=1e-5)


def test_both_units_show_the_same_loss_of_the_same_line():
    run, scaled = drawn(scaling="standardize", epochs=20, lr=0.1)
    w, b = torch.meshgrid(scaled.w, scaled.b, indexing="xy")
    original = torch.stack(run.scale.original(w.flatten(), b.flatten()), dim=1)
    t, t_c = run.data.train_inputs.double(), run.data.train_targets.double()
    assert torch.allclose(losses_at(original, t, t_c, LOSSES["mse"]), scaled.loss.flatten(), rtol=1e-5)


def test_rows_come_in_portions_without_changing_a_digit():
    generator = torch.Generator().manual_seed(3)
    t, t_c = torch.randn(2, 70_000, generator=generator, dtype=torch.float64)
    points = torch.randn(40, 2, generator=generator, dtype=torch.float64)
    whole = LOSSES["mse"].value(lines(points, t), t_c)
    assert torch.allclose(losses_at(points, t, t_c, LOSSES["mse"]), whole, rtol=1e-12)


# ---- heights -----------------------------------------------------------------------------------------------


@ALL
@pytest.mark.parametrize("scaling", SCALINGS)
def test_levels_are_evenly_spaced_heights_inside_the_surface(loss, scaling):
    _, seen = drawn(loss, scaling, epochs=20)
    steps = torch.tensor(seen.levels).diff()
    assert len(seen.levels) == len(seen.losses) == LEVELS
    assert torch.allclose(steps, steps[:1].expand(LEVELS - 1), rtol=1e-4) and steps[0] > 0
    assert math.log10(seen.lift) < seen.levels[0] and seen.levels[-1] < seen.height.max()
    assert [seen.height_of(value) for value in seen.losses] == pytest.approx(list(seen.levels))
    assert seen.height.isfinite().all() and seen.floor <= seen.loss.min()


def test_a_long_valley_is_one_valley():
    """In every row of the grid, the lowest two thirds of the contours are in one piece."""
    _, seen = drawn(epochs=200, lr=1e-4)
    inside = seen.height < seen.levels[LEVELS // 2]
    starts = inside[:, 1:] & ~inside[:, :-1]
    touched = inside.any(dim=1)
    assert (starts.sum(dim=1) + inside[:, 0] <= 1).all()
    first, last = touched.nonzero()[0], touched.nonzero()[-1]
    assert touched[first : last + 1].all() and touched.sum() > 40


def test_a_flat_landscape_has_no_contours():
    """With one reading of 0, w changes nothing; on a frame without b there is nothing to see."""
    zero = torch.zeros(1)
    seen = surface(zero, zero, LOSSES["mse"], Frame((0.0, 1.0), (0.0, 0.0)), (0.0, 0.0), size=4)
    assert seen.levels == () and seen.height.isfinite().all()


# ---- frames ------------------------------------------------------------------------------------------------


def test_a_frame_holds_what_must_be_seen_and_a_calm_path():
    run, seen = drawn(scaling="tenth", epochs=500)
    path = run.history.rows(columns=("w", "b")).tolist()
    best = least_squares(run.data.train_scaled, run.data.train_targets).params
    assert all(seen.frame.holds(*point) for point in [START, best, *path])


def test_a_divergent_run_stays_drawable():
    run, seen = drawn(epochs=100, lr=1e-2)
    assert run.diverged_at is not None
    assert seen.frame.w[1] - seen.frame.w[0] < 5 and seen.loss.isfinite().all()


def test_a_single_point_gets_room():
    for point in ((0.0, 0.0), (500.0, -3.0)):
        view = frame([point])
        assert view.w[0] < point[0] < view.w[1] and view.b[0] < point[1] < view.b[1]


def test_a_frame_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one point"):
        frame([])
