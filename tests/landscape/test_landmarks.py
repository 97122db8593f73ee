"""The landscape's landmarks and units, against the scaling, autograd and the run itself."""

import pytest
import torch

from thermofit import Config, Run
from thermofit.data.preparation import PreparedData, prepare
from thermofit.data.registry import THERMOMETER
from thermofit.data.scaling import SCALINGS
from thermofit.landscape.arrows import arrow_length, gradient, round_down
from thermofit.landscape.axes import View, gradient_terms, view
from thermofit.landscape.landmarks import landmarks, mirrored_start
from thermofit.model.losses import LOSSES
from thermofit.theory.curvature import curvature
from thermofit.theory.least_squares import least_squares, mse_at

UNITS = ("trained", "original")


def data_of(scaling: str, share: float = 0.2) -> PreparedData:
    return prepare(THERMOMETER, share, 58, SCALINGS[scaling])


@pytest.mark.parametrize("units", UNITS)
@pytest.mark.parametrize("scaling", SCALINGS)
def test_the_path_drawn_is_the_path_run(scaling: str, units: str) -> None:
    """The sums that the browser draws give the history's parameters, converted by the scaling itself."""
    run = Run(Config(scaling=scaling, lr=1e-4, epochs=200))
    run.advance(epochs=200)
    seen = view(run.data, units)
    columns = {name: run.history.rows(columns=(name,))[:, 0].double() for name in ("w", "b")}
    drawn = [sum(factor * columns[name] for name, factor in seen.path()[axis].items()) for axis in ("x", "y")]
    w, b = columns["w"], columns["b"]
    expected = (w, b) if units == "trained" else run.scale.original(w, b)
    for got, want in zip(drawn, expected, strict=True):
        torch.testing.assert_close(got, want)


@pytest.mark.parametrize("units", UNITS)
@pytest.mark.parametrize("base", SCALINGS)
@pytest.mark.parametrize("own", SCALINGS)
def test_a_run_of_another_scaling_is_drawn_where_its_line_is(own: str, base: str, units: str) -> None:
    """The height of the landscape at each place of its path is the loss of its line."""
    run, other = data_of(own), data_of(base)
    seen = view(other, units)
    terms = seen.path_of(run.scale, other.scale)
    for w, b in ((1.0, 0.0), (5.0, -17.0), (-0.3, 40.0)):
        values = {"w": w, "b": b}
        x, y = (sum(factor * values[name] for name, factor in terms[axis].items()) for axis in ("x", "y"))
        there = mse_at(seen.trained((x, y)), other.train_scaled, other.train_targets)
        assert mse_at((w, b), run.train_scaled, run.train_targets) == pytest.approx(there, rel=1e-4)


@pytest.mark.parametrize("scaling", SCALINGS)
def test_a_place_has_the_same_loss_in_both_units(scaling: str) -> None:
    data = data_of(scaling)
    seen = View(data.scale)
    for params in ((1.0, 0.0), (5.0, -17.0)):
        there = mse_at(seen.drawn(params), data.train_inputs, data.train_targets)
        assert mse_at(params, data.train_scaled, data.train_targets) == pytest.approx(there, rel=1e-5)
        assert seen.trained(seen.drawn(params)) == pytest.approx(params)


@pytest.mark.parametrize("units", UNITS)
@pytest.mark.parametrize("scaling", SCALINGS)
def test_marks(scaling: str, units: str) -> None:
    data = data_of(scaling)
    marks = landmarks(data, (1.0, 0.0), units, THERMOMETER.truth)
    best = least_squares(marks.inputs, data.train_targets)
    assert marks.best == pytest.approx(best.params, rel=1e-4)
    assert View(data.scale).drawn(marks.view.trained(marks.truth)) == pytest.approx(
        (THERMOMETER.truth.slope, THERMOMETER.truth.intercept)
    )
    for place in (marks.start, marks.best, marks.truth):
        assert marks.frame.holds(*place)
    assert 5 / 9 * 212 + THERMOMETER.truth.intercept == pytest.approx(100)  # water boils


@pytest.mark.parametrize("scaling", SCALINGS)
def test_the_frame_stays_for_a_start_within_and_follows_one_outside(scaling: str) -> None:
    data = data_of(scaling)
    home = landmarks(data, (1.0, 0.0), "trained").frame
    middle = (sum(home.w) / 2, sum(home.b) / 2)
    assert landmarks(data, middle, "trained").frame == home
    far = landmarks(data, (900.0, -900.0), "trained").frame
    assert far != home and far.holds(900.0, -900.0)


def test_the_mirror_image_is_as_high_as_the_start() -> None:
    data = data_of("tenth")
    best = least_squares(data.train_scaled, data.train_targets).params
    there = mirrored_start((1.0, 0.0), best, data.train_scaled)
    heights = [mse_at(place, data.train_scaled, data.train_targets) for place in ((1.0, 0.0), there)]
    assert heights[0] == pytest.approx(heights[1], rel=1e-5)
    moved = torch.tensor([there[0] - 1.0, there[1]])
    steep = torch.tensor(curvature(data.train_scaled).directions[0])
    assert abs(moved @ steep) == pytest.approx(moved.norm().item(), rel=1e-5)


@pytest.mark.parametrize("loss", LOSSES)
def test_gradient_against_autograd(loss: str) -> None:
    data = data_of("tenth")
    params = torch.tensor([1.3, -4.0], dtype=torch.float64, requires_grad=True)
    t, t_c = data.train_scaled.double(), data.train_targets.double()
    LOSSES[loss].value(params[0] * t + params[1], t_c).backward()
    assert params.grad is not None
    assert gradient((1.3, -4.0), t, t_c, LOSSES[loss]) == pytest.approx(params.grad.tolist())


@pytest.mark.parametrize("units", UNITS)
@pytest.mark.parametrize("scaling", SCALINGS)
def test_the_arrow_is_the_step_on_a_scale(scaling: str, units: str) -> None:
    """With the learning rate as its length, the arrow's tip is the next point of plain gradient descent."""
    run = Run(Config(scaling=scaling, lr=1e-4, epochs=3, optimizer="by-hand"))
    run.advance(epochs=1)
    seen, rows = view(run.data, units), [run.history.row(epoch) for epoch in (0, 1)]
    uphill = gradient_terms(run.data.train_scaled, run.data.train_targets, "mse")
    here = {**rows[0], "one": 1.0}
    arrow = seen.arrow_tip(1e-4, uphill)
    tip = [sum(factor * here[name] for name, factor in terms.items()) for terms in arrow.values()]
    assert tip == pytest.approx(seen.drawn((rows[1]["w"], rows[1]["b"])), rel=1e-4)
    length = arrow_length(landmarks(run.data, (1.0, 0.0), units), run.data, LOSSES["mse"])
    assert f"{length:.0e}"[0] in "125"


@pytest.mark.parametrize(("value", "expected"), [(1.0, 1.0), (4.9, 2.0), (0.0531, 0.05), (99.0, 50.0)])
def test_round_down(value: float, expected: float) -> None:
    assert round_down(value) == expected


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("scaling", SCALINGS)
def test_slopes_are_the_recorded_gradient(scaling: str, loss: str) -> None:
    run = Run(Config(scaling=scaling, loss=loss, lr=1e-4, epochs=20))
    run.advance(epochs=20)
    terms = gradient_terms(run.data.train_scaled, run.data.train_targets, loss)
    assert set(terms["grad_w"]) == ({"w", "b", "one"} if loss == "mse" else {"grad_w"})
    for row in (run.history.row(epoch) for epoch in (0, 7, 20)):
        for name, sums in terms.items():
            got = sum(factor * {**row, "one": 1.0}[term] for term, factor in sums.items())
            assert got == pytest.approx(row[name], rel=1e-4, abs=1e-4)
