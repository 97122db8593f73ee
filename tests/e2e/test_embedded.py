"""The page in a frame of 900 × 600 pixels, as in a course or on a slide."""

import re

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import Server

PLACES = """() => [".tf-bar", ".tf-time", ".tf-chart"]
    .flatMap(part => [...document.querySelectorAll(`.tf-stage ${part}`)])
    .map(part => part.getBoundingClientRect())
    .map(({ top, bottom, left, right, height }) => [top, bottom, left, right, height])"""
LINES = "() => new Set([...document.querySelectorAll('.tf-cell')].map(c => c.offsetTop).filter(Boolean)).size"
AROUND = "[data-testid=stSidebar], [data-testid=stTopNav]"


@pytest.fixture
def frame(page: Page) -> Page:
    page.set_viewport_size({"width": 900, "height": 600})
    return page


def visit(frame: Page, url: str) -> None:
    frame.goto(url)
    frame.wait_for_selector(".tf-stage .js-plotly-plot .scatterlayer")
    frame.wait_for_function("document.querySelector('.tf-stage').style.getPropertyValue('--above') !== ''")


@pytest.mark.parametrize("place", ["", "lesson", "landscape", "race"])
def test_transport_bar_and_both_pictures_stand_within_the_frame(
    frame: Page, server: Server, place: str
) -> None:
    visit(frame, f"{server.url}/{place}?embed=true")
    frame.wait_for_function(f"Math.max(...({PLACES})().map(place => place[1])) <= 600")
    places = frame.evaluate(PLACES)
    assert len(places) == 4
    assert min(top for top, *_ in places) >= 0
    assert max(right for _, _, _, right, _ in places) <= 900
    assert all(height >= 250 for *_, height in places[2:])
    assert frame.evaluate(LINES) <= 1  # the numbers are folded to one line
    expect(frame.locator(AROUND)).to_have_count(0)


def test_a_link_asks_for_what_surrounds_the_pictures_and_stays_embedded(frame: Page, server: Server) -> None:
    visit(frame, f"{server.url}/?embed=true&embed_options=show_toolbar&epochs=200")
    expect(frame.locator(AROUND)).to_have_count(2)
    expect(frame).to_have_url(re.compile("w0=1&"))  # the browser has completed the address
    frame.get_by_role("radio", name="Landscape").click()
    expect(frame).to_have_url(re.compile("chart=landscape"))
    for part in ("embed=true", "embed_options=show_toolbar", "epochs=200"):
        assert part in frame.url
