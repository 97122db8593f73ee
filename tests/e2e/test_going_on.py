"""From any epoch a run goes on with other settings, and the abandoned part stays visible as a ghost."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.lab import BOTH, Lab
from tests.e2e.test_landscape import address, click_plot
from thermofit import Config, Run
from thermofit.training.branch import branch

pytestmark = pytest.mark.e2e

LEFT = "Before the change"


def choose(lab: Lab, label: str, option: str) -> None:
    """Choose an option of a menu in the sidebar."""
    menu = lab.page.get_by_test_id("stSidebar").get_by_label(label, exact=True).first
    menu.evaluate("menu => menu.scrollIntoView({block: 'center'})")
    menu.click()
    lab.page.get_by_role("option", name=option, exact=True).click()


def go_on(lab: Lab) -> None:
    """Choose that changes apply from the epoch shown."""
    lab.page.get_by_role("radio", name="Go on from here").click()


def ghosts(lab: Lab, figure: int) -> list[dict[str, Any]]:
    """x and y of the ghosts that a figure shows."""
    found: list[dict[str, Any]] = lab.probe(
        f"stage.figures[{figure}].plot.data.filter(({{meta, visible}}) => meta?.track === 'ghost' && visible)"
        ".map(({x, y}) => ({x: [...x], y: [...y]}))"
    )
    return found


def trained(config: Config) -> Run:
    run = Run(config)
    run.advance(epochs=config.epochs)
    return run


@pytest.mark.everywhere
@BOTH
def test_click_a_start_run_travel_back_and_go_on_with_another_optimizer(lab: Lab) -> None:
    lab.open(epochs=400, speed="max")
    lab.page.get_by_role("radio", name="Landscape").click()
    expect(lab.page.locator(".tf-chart").nth(1).get_by_text("Weight w")).to_be_visible()
    lab.frames(5)
    click_plot(lab.page, 0.4, 0.6, ".tf-chart:nth-child(2) .tf-plot")
    lab.wait_for_status("Finished: 400 epochs")
    start = {name: float(address(lab)[name]) for name in ("w0", "b0")}
    before = trained(Config(epochs=400, **start))
    lab.drag_timeline(120)
    lab.wait_for_epoch(120)
    go_on(lab)
    choose(lab, "Optimizer", "Adam")
    lab.wait_for_status("Optimizer changed from epoch 120 on.")
    assert lab.epoch == 120
    lab.frames()
    (path,) = ghosts(lab, 1)
    for end, epoch in ((0, 120), (-1, 400)):
        row = before.history.row(epoch)
        assert (path["x"][end], path["y"][end]) == pytest.approx((row["w"], row["b"]), rel=1e-5)
    lab.press("Play")
    lab.wait_for_status("Finished: 400 epochs")
    after = branch(before, 120, Config(epochs=400, optimizer="Adam", **start))
    after.advance(epochs=400)
    assert lab.number("Training loss") == pytest.approx(after.history.row(400)["train_loss"], rel=1e-6)
    assert lab.number("Bias b") == pytest.approx(after.history.row(400)["b"], rel=1e-5)
    lab.page.get_by_role("radio", name="Loss", exact=True).first.click()
    expect(lab.page.locator(".tf-chart").nth(1).get_by_text(LEFT)).to_have_count(1)
    lab.frames(5)
    assert [ghost["y"][-1] for ghost in ghosts(lab, 1)] == pytest.approx(
        [before.history.row(400)[name] for name in ("train_loss", "val_loss")], rel=1e-5
    )
    lab.press("Reset")
    lab.wait_for_epoch(0)
    expect(lab.page.get_by_text(LEFT)).to_have_count(0)


@BOTH
def test_another_scaling_moves_neither_the_line_nor_its_ghost(lab: Lab) -> None:
    lab.open(epochs=300, speed="max", play=1)
    lab.wait_for_status("Finished")
    lab.drag_timeline(100)
    lab.wait_for_epoch(100)
    line = lab.readout("Line")
    go_on(lab)
    choose(lab, "Input scaling", "Standardize")
    lab.wait_for_status("Input scaling changed from epoch 100 on.")
    assert (lab.epoch, lab.readout("Line")) == (100, line)
    lab.frames(5)
    before = trained(Config(epochs=300))
    slope, intercept = before.original()
    (ghost,) = ghosts(lab, 0)
    assert ghost["y"] == pytest.approx([slope * t + intercept for t in ghost["x"]], rel=1e-4)
    after = branch(before, 100, Config(epochs=300, scaling="standardize"))
    lab.press("Back")
    lab.wait_for_epoch(99)
    assert lab.number("Weight w") == pytest.approx(after.history.row(99)["w"], rel=1e-5)
    lab.press("Play")
    lab.wait_for_status("Finished")
    after.advance(epochs=300)
    assert lab.number("Weight w") == pytest.approx(after.history.row(300)["w"], rel=1e-5)


@pytest.mark.parametrize("delay", [0, 1000])
def test_while_it_plays_and_after_a_divergence(lab: Lab, delay: int) -> None:
    lab.far_away(delay)
    lab.open(preset="raw-explodes", play=1, speed=10)
    lab.wait_for_status("Diverged at epoch")
    lab.drag_timeline(3)
    lab.wait_for_epoch(3)
    go_on(lab)
    choose(lab, "Input scaling", "Standardize")
    lab.wait_for_status("Input scaling changed from epoch 3 on.")
    lab.press("Play")
    lab.wait_past(10)
    choose(lab, "Optimizer", "Adam")
    lab.wait_for_status("Optimizer changed from epoch")
    changed = int(lab.status.split("from epoch ")[1].split()[0])
    assert 10 < changed < 100
    lab.wait_past(changed + 3)  # it plays on
    lab.speed("Max")
    lab.wait_for_status("Finished: 100 epochs")
