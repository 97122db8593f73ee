"""What the landscape shows of a step's own batch, and of the average, as the browser has drawn it."""

import pytest
import torch

from tests.e2e.lab import Lab
from thermofit import Config, Run
from thermofit.training.average import average

pytestmark = pytest.mark.e2e

CONFIG = Config(batch=4, scaling="standardize", lr=0.05, val=0.0, average=2, epochs=40)
SET_UP = {"batch": 4, "scaling": "standardize", "lr": 0.05, "val": 0, "average": 2, "epochs": 40}

# A trace of the landscape, by its name, as Plotly has it.
TRACE = """(called => {
    const {x, y} = stage.figures[1].plot.data.find(({name}) => name === called);
    return {x, y};
})"""


def trace(lab: Lab, name: str) -> list[list[float]]:
    """The places of a trace, without gaps."""
    found = lab.probe(f"{TRACE}('{name}')")
    pairs = zip(found["x"], found["y"], strict=True)
    return [[x, y] for x, y in pairs if x is not None and y is not None]


def test_the_arrow_the_contours_of_the_batch_and_the_average(lab: Lab) -> None:
    run = Run(CONFIG)
    run.advance(epochs=3)
    lab.open(**SET_UP, epoch=9, chart="landscape")
    lab.wait_for_status("Paused at epoch 3.0, update 9.")
    (seen,) = run.batches(9, 10)
    assert seen is not None
    t, t_c = run.scale.apply(run.t_u[seen].double()), run.t_c[seen].double()
    row = run.history.row(9)
    error = row["w"] * t + row["b"] - t_c
    uphill = [2 * (error * t).mean().item(), 2 * error.mean().item()]
    (from_w, from_b), (to_w, to_b) = trace(lab, "Batch arrow")
    assert [from_w, from_b] == pytest.approx([row["w"], row["b"]], rel=1e-5)
    assert (to_w - from_w) * uphill[1] == pytest.approx((to_b - from_b) * uphill[0], rel=1e-3)
    assert (to_w - from_w) * uphill[0] < 0
    assert trace(lab, "Batch contours") == []
    lab.page.get_by_label("Batch contours").check()
    lab.page.wait_for_function(
        "() => { const stage = document.querySelector('.tf-stage').parentElement.stage;"
        f"return {TRACE}('Batch contours').x.length > 99; }}"
    )
    params = torch.tensor(trace(lab, "Batch contours") + trace(lab, "Batch minimum"), dtype=torch.float64)
    losses = ((params[:, :1] * t + params[:, 1:] - t_c) ** 2).mean(1)
    lowest, rises = losses[-1], losses[:-1] - losses[-1]
    assert lowest == losses.min()
    assert len({f"{rise:.3g}" for rise in rises.tolist()}) <= 6  # one loss for each contour
    assert trace(lab, "Average") == [pytest.approx(average(run, 9), rel=1e-5)]
