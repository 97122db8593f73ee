"""On a projector: large, on the whole screen, worked by a presenter's clicker; and on paper."""

import re

from playwright.sync_api import Page, expect

from benchmarks.server import Server
from tests.e2e.lab import Lab

TEXTS = ".tf-stage :is(svg text, dt, dd, p, label, button, .tf-progress)"
SMALLEST = f"""() => Math.min(...[...document.querySelectorAll("{TEXTS}")]
    .filter(text => text.textContent.trim() && text.getClientRects().length)
    .map(text => parseFloat(getComputedStyle(text).fontSize) * (text.currentCSSZoom ?? 1)))"""
LINE = """() => parseFloat(getComputedStyle(document.querySelector(".scatterlayer .js-line")).strokeWidth)"""

PRINTED = """link => {
    dispatchEvent(new Event("beforeprint"));
    return document.querySelector(".tf-printed").textContent.includes(link);
}"""


def test_everything_is_large_as_the_link_says_and_stays_so(lab: Lab) -> None:
    page = lab.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    lab.open(epochs=200)
    usual = page.evaluate(LINE)
    page.get_by_role("button", name="Large").click()
    expect(page).to_have_url(re.compile("[?&]large=1"))
    page.wait_for_function(f"usual => ({LINE})() >= 1.5 * usual", arg=usual)
    page.wait_for_function(f"({SMALLEST})() >= 22")
    for chart in page.locator(".tf-chart").all():
        expect(chart).to_be_in_viewport(ratio=0.99)
    page.get_by_role("radio", name="Landscape").click()  # the server writes another address
    expect(page).to_have_url(re.compile("chart=landscape.*large=1"))
    expect(page.get_by_text("Arrow: gradient")).to_be_visible()
    lab.wait_until_quiet()
    page.keyboard.press("PageDown")
    lab.wait_for_epoch(1)
    page.keyboard.press("PageUp")
    lab.wait_for_epoch(0)
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("document.fullscreenElement === document.documentElement")
    expect(page.locator(".stAlert")).to_have_count(0)


def test_a_clicker_turns_the_lesson_and_a_page_of_paper_holds_it(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/lesson")
    page.wait_for_selector(".tf-stage .js-plotly-plot .scatterlayer")
    expect(page).to_have_url(re.compile("chapter=model"))
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile("chapter=loss"))
    expect(page.locator(".tf-stage .js-plotly-plot .scatterlayer")).to_have_count(2)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf())) == 1
    page.emulate_media(media="print")
    page.wait_for_function(PRINTED, arg="chapter=loss")  # the stage of the chapter before may still stand
    for part in (".tf-chart", ".tf-readouts", ".tf-printed"):
        expect(page.locator(part).first).to_be_visible()
    for part in (".tf-bar", "[data-testid=stHeader]"):
        expect(page.locator(part)).to_be_hidden()
