"""Many runs on one playhead, on a page with nothing else (benchmarks/race_page)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import ROOT, Server
from tests.e2e.lab import BOTH, Lab

pytestmark = pytest.mark.e2e
APP = ROOT / "benchmarks" / "race_page" / "app.py"
ENDED = """(() => { const { stage } = document.querySelector('.tf-stage').parentElement;
    return stage.end && stage.epoch === stage.end.epoch && !stage.playing; })()"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(app=APP) as server:
        yield server


def opened(lab: Lab, salt: float) -> Page:
    lab.page.goto(f"{lab.url}/?epochs=300&speed=max&salt={salt}")
    lab.page.wait_for_function("document.querySelector('.tf-stage')?.parentElement.stage?.shown === 0")
    expect(lab.page.locator(".tf-board tbody tr")).to_have_count(15)
    lab.page.evaluate("window.plots = [...document.querySelectorAll('.js-plotly-plot, .main-svg')]")
    return lab.page


def place_of(page: Page, track: str) -> list[float]:
    """The row at which each chart's curve of this track ends: the epoch shown."""
    return page.evaluate(
        f"""(() => {{ const {{ stage }} = document.querySelector('.tf-stage').parentElement;
        return stage.figures.map(({{ moving }}) => {{
            const part = moving.find((each) => each.track === '{track}');
            const shown = part.trace.x ? part.place(stage.tracks, stage.epoch, {{}}) : null;
            return shown.x.at(-1); }}); }})()"""
    )


@BOTH
def test_a_race_to_the_end_rebuilds_no_plot_and_every_runner_arrives(lab: Lab) -> None:
    page = opened(lab, 0.011)
    lab.press("Play")
    page.wait_for_function(ENDED, timeout=60_000)
    expect(page.locator(".tf-status")).to_contain_text("The race is over")
    assert page.evaluate("plots.every((plot) => plot.isConnected)")
    lasts = lab.probe("[...stage.tracks.all.values()].map((rows) => rows.last)")
    assert lasts == [300] * 16
    assert place_of(page, "Adam")[0] == 300
    path = page.locator(".js-plotly-plot").first.locator(".lines path.js-line")
    assert path.count() == 15


def test_the_board_sorts_lifts_hides_and_tells_what_is_done(lab: Lab) -> None:
    page = opened(lab, 0.012)
    rows = page.locator(".tf-board tbody tr")
    page.get_by_role("button", name="Learning rate").click()
    expect(page.locator(".tf-board th[data-column=lr]")).to_have_attribute("aria-sort", "ascending")
    expect(rows.last).to_have_attribute("data-track", "Adadelta")
    page.get_by_role("button", name="Learning rate").click()
    expect(rows.first).to_have_attribute("data-track", "Adadelta")

    rows.first.hover()
    lifted = page.evaluate(
        "[...document.querySelectorAll('.scatterlayer .trace:not(.tf-dim)')]"
        ".map((node) => node.__data__[0].trace.meta?.track)"
    )
    assert set(lifted) == {"Adadelta", None}
    page.mouse.move(5, 5)
    expect(page.locator(".tf-dim")).to_have_count(0)

    page.get_by_label("Show Adadelta", exact=True).uncheck()
    page.get_by_label("Name of Adam", exact=True).fill("Favourite")
    page.get_by_label("Name of Adam", exact=True).press("Enter")
    page.get_by_role("button", name="Take these settings: LBFGS").press("Enter")
    expect(page.get_by_text(re.compile("hide Adadelta.*rename Adam Favourite.*take LBFGS"))).to_be_visible()
    hidden = "stage.figures[0].plot.data.filter(({ visible }) => visible === false).length"
    assert lab.probe(hidden) == 1


def test_a_chart_is_saved_with_its_names(lab: Lab, tmp_path: Path) -> None:
    page = opened(lab, 0.013)
    page.locator(".tf-save summary").first.click()
    with page.expect_download() as started:
        page.get_by_role("button", name="SVG").first.click()
    started.value.save_as(tmp_path / "chart.svg")
    assert started.value.suggested_filename.endswith(".svg")
    text = (tmp_path / "chart.svg").read_text()
    assert "<svg" in text and "Adadelta" in text
