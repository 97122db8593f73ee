"""The luck of a split in a real browser: clicks, sliders, and a phone."""

from urllib.parse import parse_qs, urlencode, urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.lab import Lab
from tests.e2e.test_landscape import click_plot
from thermofit import Config
from thermofit.experiments.split_luck import measure
from thermofit.ui.luck.words import arrived

pytestmark = pytest.mark.e2e

SPLITS = "document.querySelector('.tf-bare .js-plotly-plot')?.data?.[2].y.length"


def visit(lab: Lab, splits: int, **query: object) -> None:
    """Open the page by its address, and wait until this many splits are drawn."""
    lab.page.goto(f"{lab.url}/luck?{urlencode(query)}")
    lab.page.wait_for_function(f"{SPLITS} === {splits}")


def test_a_split_that_is_clicked_is_trained_in_the_lab(lab: Lab) -> None:
    visit(lab, 55, epochs=200)
    click_plot(lab.page, 0.5, 0.5, ".tf-bare .tf-plot")
    lab.wait_for_status("New run with split seed")
    lab.page.wait_for_url("**split_seed=**")
    seed = int(parse_qs(urlparse(lab.page.url).query)["split_seed"][0])
    expected = {outcome.seed: outcome for outcome in measure(Config(epochs=200))}[seed]
    lab.press("Play")
    lab.wait_for_status("Finished: 200 epochs")
    assert lab.number("Validation loss") == pytest.approx(expected.val_loss, rel=1e-4)


def test_a_bar_that_is_clicked_offers_the_split_nearest_to_its_middle(lab: Lab) -> None:
    visit(lab, 55, epochs=200)
    click = lab.page.evaluate("document.querySelectorAll('.tf-bare .tf-plot')[1].layout.meta.click")
    heights, offers = click["series"][0]["heights"], click["series"][0]["offers"]
    bar = heights.index(max(heights))
    across = (
        "({low, high}) => { const {xaxis} = document.querySelectorAll('.tf-bare .tf-plot')[1]._fullLayout;"
    )
    across += " return (xaxis.d2p(low) + xaxis.d2p(high)) / 2 / xaxis._length; }"
    edges = {"low": click["edges"][bar], "high": click["edges"][bar + 1]}
    x = lab.page.evaluate(across, edges)
    click_plot(lab.page, x, 0.98, ".tf-bare figure:nth-child(2) .tf-plot")
    seed = arrived(measure(Config(epochs=200)))[offers[bar] - 1].seed
    lab.wait_for_status(f"New run with split seed {seed}")


def test_the_slider_changes_the_splits_and_the_address(lab: Lab) -> None:
    visit(lab, 55, epochs=100)
    slider = lab.page.get_by_role("slider", name="Readings held back")
    slider.press("ArrowLeft")
    lab.page.wait_for_function(f"{SPLITS} === 11")
    lab.page.wait_for_function("new URL(location).searchParams.get('val') === '0.1'")
    slider.press("ArrowLeft")
    expect(lab.page.get_by_text("No reading is held back now")).to_be_visible()
    expect(lab.page.locator(".tf-bare")).to_have_count(0)


def test_training_on_every_split_can_be_cancelled(lab: Lab) -> None:
    lab.page.goto(f"{lab.url}/luck?{urlencode({'optimizer': 'LBFGS', 'epochs': 3000})}")
    begin = lab.page.get_by_role("button", name="Train all 55 splits")
    begin.click()
    lab.page.get_by_role("button", name="Cancel").click()
    expect(lab.page.get_by_role("button", name="Cancel")).to_have_count(0)
    expect(begin).to_be_visible()
    expect(lab.page.locator(".tf-bare")).to_have_count(0)


def test_phone(page: Page, lab: Lab) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(lab, 55, epochs=100)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
