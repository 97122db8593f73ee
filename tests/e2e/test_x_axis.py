"""What losses are drawn over in a real browser: the curve ends where the count of the engine does."""

from typing import Any

import pytest
import torch

from tests.e2e.lab import Lab
from thermofit import Config, train

pytestmark = pytest.mark.e2e

LBFGS = Config(optimizer="LBFGS", epochs=60)
# What the chart of the losses shows: the curve's x, the mark's, and how far the axis reaches.
SHOWN = """(({plot: {data, layout}}) => {
    const [curve, point] = ["curve", "point"].map(play => data.find(trace => trace.meta?.play === play));
    return {x: [...curve.x], mark: point.x[0], end: layout.xaxis.range[1]};
})(stage.figures[1])"""
HAS = """column => { const { rows } = document.querySelector(".tf-stage").parentElement.stage;
    return Number.isFinite(rows.value(column, rows.length - 1)); }"""
ROWS = "[...stage.rows.epoch.slice(0, stage.rows.length)]"


def choose(lab: Lab, axis: str, title: str) -> None:
    """Choose an axis, and wait until the chart has it."""
    lab.page.locator('[class*="st-key-set-axis"]').get_by_text(axis, exact=True).click()
    lab.page.wait_for_function(
        "title => document.querySelectorAll('.tf-plot')[1].layout.xaxis.title.text === title", arg=title
    )
    lab.frames()


def shown(lab: Lab) -> dict[str, Any]:
    return dict(lab.probe(SHOWN))


def test_the_curve_of_lbfgs_ends_at_the_evaluations_that_training_counts(lab: Lab) -> None:
    lab.open(optimizer="LBFGS", epochs=60, axis="evaluations", speed="max", play=1)
    lab.wait_for_status("Finished: 60 epochs")
    lab.frames()
    counted = train(LBFGS).effort.evaluations(torch.arange(61)).tolist()
    found = shown(lab)
    assert found["x"] == counted and found["mark"] == counted[-1] > 60
    assert found["end"] >= counted[-1]
    lab.drag_timeline(20)
    lab.wait_for_epoch(20)
    lab.frames()
    assert shown(lab)["mark"] == shown(lab)["x"][-1] == counted[20]
    choose(lab, "Epochs", "Epoch")
    assert shown(lab)["x"] == list(range(21)) and lab.epoch == 20


def test_another_axis_while_it_plays_leaves_run_and_plots_as_they_are_and_gets_what_was_not_sent(
    lab: Lab,
) -> None:
    lab.open(epochs=20_000, speed=100)
    run = lab.probe("stage.run")
    lab.probe("(window.plots = stage.figures.map(({plot}) => plot), 0)")
    lab.press("Play")
    lab.wait_past(30)
    for axis, title, column in (
        ("Evaluations", "Gradient evaluations", "evaluations"),
        ("Time", "Computing time (s)", "seconds"),
        ("Epochs", "Epoch", "epoch"),
    ):
        epoch, rows = lab.epoch, lab.probe(ROWS)
        choose(lab, axis, title)
        lab.page.wait_for_function(HAS, arg=column)
        assert lab.probe("stage.playing") and lab.epoch >= epoch
        assert lab.probe(ROWS)[: len(rows)] == rows
        at = lab.probe(f"({{...{SHOWN}, here: stage.rows.value('{column}', stage.rows.at(stage.epoch))}})")
        assert at["mark"] == at["here"] <= at["end"]
        lab.wait_past(lab.epoch)
    assert lab.probe("stage.run") == run
    assert lab.probe("stage.figures.every(({plot}, i) => plot === window.plots[i])")
    lab.page.wait_for_function("!location.search.includes('axis')")


def test_an_axis_stays_when_the_page_is_loaded_again_and_on_the_race(lab: Lab) -> None:
    lab.open(epochs=300)
    choose(lab, "Evaluations", "Gradient evaluations")
    lab.page.wait_for_url("**axis=evaluations**")
    lab.page.reload()
    title = "document.querySelectorAll('.tf-plot')[{}]?.layout?.xaxis.title.text === 'Gradient evaluations'"
    lab.page.wait_for_function(title.format(1))
    lab.page.get_by_role("link", name="Race").click()
    lab.page.wait_for_function(title.format(0))
