"""The stage without a mouse, without seeing it, and with a reader's own colours and spacing."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.server import Server
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e

FOCUSED = "document.activeElement.dataset.part ?? document.activeElement.tagName"
SPACING = """* {
    line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important;
}
p { margin-block-end: 2em !important; }"""
# Elements of the stage whose text is cut off; what scrolls is not, nor what is for screen readers only.
CLIPPED = """() => [...document.querySelectorAll(
    '.tf-stage :is(button, span, dt, dd, p, label, legend, .tf-progress)')]
    .filter(element => element.offsetParent && element.clientWidth > 2) // else it is for screen readers
    .filter(element => !element.closest('.tf-unseen, .tf-hidden, .tf-plot, .tf-labels'))
    .filter(element => getComputedStyle(element).overflow !== 'visible')
    .filter(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
        scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1)
    .map(element => element.outerHTML.slice(0, 120))"""


def style(page: Page, selector: str, name: str, pseudo: str | None = None) -> Any:
    script = "(element, [name, pseudo]) => getComputedStyle(element, pseudo)[name]"
    return page.locator(selector).first.evaluate(script, [name, pseudo])


def test_by_keyboard_alone(lab: Lab) -> None:
    page = lab.open(epochs=60).page
    lab.wait_for_status("Ready")
    page.keyboard.press("Tab")  # the first stop of the page
    expect(page.locator(".tf-skip")).to_be_focused()
    expect(page.locator(".tf-skip")).to_have_text("To the experiment")
    page.keyboard.press("Enter")
    expect(page.locator(".tf-play")).to_be_focused()
    # one stop, within which arrows move; Back does nothing at the start and keeps the focus
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == "back"
    expect(page.locator("[data-part=back]")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    lab.wait_for_epoch(1)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    lab.wait_for_epoch(0)
    expect(page.locator("[data-part=back]")).to_have_attribute("aria-disabled", "true")
    assert page.evaluate(FOCUSED) == "back"
    # the list of keys: opened by its own, closed by Escape, and the focus is back
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate(FOCUSED) == "back"
    assert lab.epoch == 0
    # after a click on Play arrows and Home are the run's
    lab.speed("1")
    lab.press("Play")
    lab.press("Pause")
    start = lab.epoch
    page.keyboard.press("ArrowRight")
    lab.wait_for_epoch(start + 1)
    page.keyboard.press("Home")
    lab.wait_for_epoch(0)
    expect(page.get_by_label("Timeline")).to_have_attribute("aria-valuetext", "epoch 0 of 60")


def test_a_run_as_a_table_follows_when_it_pauses_and_is_copied(lab: Lab) -> None:
    page = lab.open(epochs=40, speed="max").page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.wait_for_status("Ready")
    switch = page.locator(".tf-table-switch").nth(1)
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    table = page.get_by_role("table", name="The losses of the run so far")
    expect(table.get_by_role("columnheader")).to_have_text(
        ["Epoch", "Training loss (°C²)", "Validation loss (°C²)"]
    )
    expect(table.locator("tbody tr")).to_have_count(1)
    lab.press("Play")
    lab.wait_for_status("Finished")
    expect(table.locator("tbody tr")).to_have_count(41)
    expect(table.get_by_role("rowheader").last).to_have_text("40")
    expect(table.locator("[aria-current=true] td").first).to_have_text(lab.readout("Training loss"))
    page.get_by_role("button", name="Copy as CSV").click()
    lab.wait_for_status("The table was copied as CSV.")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0] == "Epoch,Training loss (°C²),Validation loss (°C²)"
    assert len(lines) == 42
    assert float(lines[-1].split(",")[1]) == pytest.approx(lab.number("Training loss"), rel=1e-6)
    switch.click()
    expect(table).to_be_hidden()
    expect(page.locator(".tf-plot").nth(1)).to_be_visible()


def test_a_readers_own_spacing_colours_and_wish_for_less_motion(browser: Browser, server: Server) -> None:
    page = browser.new_page(reduced_motion="reduce", viewport={"width": 1400, "height": 900})
    lab = Lab(page, server.url).open(epochs=500, play=1, speed=100)
    lab.wait_for_status("Your system asks for less motion")  # and nothing plays
    assert (lab.epoch, lab.probe("stage.playing")) == (0, False)
    page.add_style_tag(content=SPACING)
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CLIPPED) == [], width
    page.set_viewport_size({"width": 1400, "height": 900})
    lab.press("Play")
    lab.wait_for_status("one picture per second")
    lab.wait_past(0)
    lab.press("Pause")
    forced_colours(page)
    assert lab.errors == []
    page.close()


def forced_colours(page: Page) -> None:
    """In black on white, and in white on black."""
    for scheme, ground, text in (
        ("light", "rgb(255, 255, 255)", "rgb(0, 0, 0)"),
        ("dark", "rgb(0, 0, 0)", "rgb(255, 255, 255)"),
    ):
        page.emulate_media(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate(
            "stage => stage.checkTheme()",
            page.evaluate_handle("document.querySelector('.tf-stage').parentElement.stage"),
        )
        expect(page.locator(".tf-stage")).to_have_attribute("data-theme", scheme)
        for written in (".tf-plot .xtick text", ".tf-plot .ytitle", ".tf-plot .legendtext"):
            expect(page.locator(written).first).to_have_css("fill", text)
        assert style(page, ".tf-play", "borderTopStyle") == "solid"
        assert style(page, ".tf-play", "borderTopColor") not in (ground, "rgba(0, 0, 0, 0)")
        chosen = style(page, ".tf-speeds :checked + span", "backgroundColor")
        others = style(page, ".tf-speeds :not(:checked) + span", "backgroundColor")
        assert chosen not in (others, ground)
        rule = page.evaluate(TRACK)
        assert "Highlight" in rule and "CanvasText" in rule


# What the style sheet says of the track in forced colours: no script gets this part's computed style.
TRACK = """[...document.styleSheets].filter(sheet => sheet.href?.endsWith('stage.css'))
    .flatMap(sheet => [...sheet.cssRules]).filter(rule => rule.conditionText?.includes('forced-colors'))
    .flatMap(rule => [...rule.cssRules]).filter(rule => rule.selectorText?.includes('slider-runnable-track'))
    .map(rule => rule.cssText).join()"""
