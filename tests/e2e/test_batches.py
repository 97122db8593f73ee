"""A run with mini-batches and a schedule, as it is seen: updates, the next batch, the rate, a moment."""

import pytest
from playwright.sync_api import expect

from tests.e2e.lab import Lab
from thermofit import Config, Run

pytestmark = pytest.mark.e2e

CONFIG = Config(
    batch=4, batch_seed=7, lr=0.02, epochs=40, schedule="StepLR", schedule_hyper={"step_size": 10}
)
SET_UP = {"batch": 4, "batch_seed": 7, "lr": 0.02, "epochs": 40, "schedule": "StepLR", "step_size": 10}

# The readings with a ring, as the plot has them.
RINGS = """() => {
    const {data} = document.querySelector(".tf-stage .js-plotly-plot");
    const {x, y} = data.find(({name}) => name === "Next batch");
    return x.map((value, i) => [value, y[i]]).filter(([value]) => value !== null);
}"""


def rings_after(run: Run, row: int) -> list[list[float]]:
    (batch,) = run.batches(row, row + 1)
    assert batch is not None
    return sorted([run.t_u[n].item(), run.t_c[n].item()] for n in batch.tolist())


def expect_rings(lab: Lab, wanted: list[list[float]]) -> None:
    places = sorted([round(value, 6) for value in each] for each in wanted)
    same = "JSON.stringify(found.sort((a, b) => a[0] - b[0] || a[1] - b[1])) === JSON.stringify(wanted)"
    lab.page.wait_for_function(f"wanted => {{ const found = ({RINGS})(); return {same}; }}", arg=places)


def test_updates_the_next_batch_and_the_rate_are_seen(lab: Lab) -> None:
    run = Run(CONFIG)
    run.advance(epochs=40)
    lab.open(**SET_UP, epoch=37, speed=10)
    lab.wait_for_status("Paused at epoch 12.3, update 37.")
    expect(lab.page.locator(".tf-progress")).to_have_text("epoch 12.3 of 40, update 37")
    timeline = lab.page.get_by_label("Timeline")
    assert timeline.get_attribute("aria-valuetext") == "epoch 12.3 of 40, update 37"
    expect(lab.cell("Learning rate")).to_have_text("0.002000")
    expect_rings(lab, rings_after(run, 37))
    lab.press("Step")
    lab.wait_for_status("Paused at epoch 12.6, update 38.")
    expect_rings(lab, rings_after(run, 38))
    for _ in range(9):
        lab.press("Back")
    expect(lab.cell("Learning rate")).to_have_text("0.02000")  # of the last update before the drop
    expect_rings(lab, rings_after(run, 29))
    assert "mini-batch" in (lab.page.locator("[data-part=step]").get_attribute("title") or "")
    lab.wait_until_quiet()
    lab.page.reload()
    lab.wait_for_status("Paused at epoch 9.6, update 29.")
    lab.drag_timeline(118)
    lab.press("Play")
    lab.wait_for_status("Finished: 40 epochs, 120 updates.")
    expect_rings(lab, [])
    loss = lab.probe("stage.rows.value('batch_loss', stage.rows.at(119))")
    assert loss == pytest.approx(run.history.row(119)["batch_loss"], rel=1e-5)
    assert lab.probe("stage.figures[1].plot.data.find(({name}) => name === 'Batch').x.at(-1)") == 40


def test_a_rate_changed_by_hand_says_what_the_schedule_does(lab: Lab) -> None:
    lab.open(**SET_UP, epoch=37, speed=10)
    lab.wait_for_status("Paused at epoch 12.3, update 37.")
    lab.type("Learning rate", "0.04")
    lab.wait_for_status("StepLR goes on as if it had begun at this rate.")
    expect(lab.cell("Learning rate")).to_have_text("0.004000")
