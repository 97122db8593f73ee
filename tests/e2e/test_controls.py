"""The stage's own controls: seen in every state, answered at once, and worked by keyboard."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.server import Server
from tests.e2e.lab import Lab
from thermofit.ui.navigation import PAGES
from thermofit.ui.navigation import Page as Place
from thermofit.ui.scenes.guide import meaning

pytestmark = pytest.mark.e2e

# The contrast of an element's text with what lies behind it (WCAG 2.2, relative luminance).
CONTRAST = """element => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const paint = colour => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); };
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.unshift(getComputedStyle(at).backgroundColor);
    const read = colours => {
        colours.forEach(paint);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const luminance = parts => parts.map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = luminance(read(layers));
    const text = luminance(read([...layers, getComputedStyle(element).color]));
    return (Math.max(behind, text) + 0.05) / (Math.min(behind, text) + 0.05);
}"""


TEXTS = ".tf-bar button:visible, .tf-speeds label span, .tf-progress, .tf-status"


def contrasts(page: Page) -> dict[str, float]:
    """The contrast of the bar's texts, resting and with the mouse over them."""
    found: dict[str, float] = {}
    for locator in page.locator(TEXTS).all():
        name = locator.inner_text()
        found[f"{name}, resting"] = locator.evaluate(CONTRAST)
        locator.hover(force=True)
        page.wait_for_timeout(50)
        found[f"{name}, hovered"] = locator.evaluate(CONTRAST)
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_states_can_be_read(browser: Browser, server: Server, theme: Any) -> None:
    page = browser.new_page(color_scheme=theme, viewport={"width": 1400, "height": 900})
    lab = Lab(page, server.url).open(epochs=20)
    lab.wait_for_status("Ready")
    expect(page.locator(".tf-stage")).to_have_attribute("data-theme", theme)
    page.wait_for_timeout(1000)  # Streamlit fades in what it draws
    for chosen in ("10", "Max"):
        lab.speed(chosen)
        found = contrasts(page)
        assert len(found) > 15
        assert {name: ratio for name, ratio in found.items() if ratio < 4.5} == {}
    page.close()


def test_copy_link_answers_after_the_end_and_gives_way_again(lab: Lab) -> None:
    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.open(epochs=5, speed="max", play=1)
    lab.wait_for_status("Finished: 5 epochs.")
    lab.press("Copy link")
    lab.wait_for_status("Link copied")
    lab.wait_for_status("Finished: 5 epochs.")


def test_a_refusal_is_not_told_before_somebody_presses_play(lab: Lab) -> None:
    lab.open(optimizer="by-hand", mistake="no-no_grad", epochs=50)
    lab.wait_for_status("Ready. Press Play")
    lab.page.wait_for_timeout(1000)  # the server has tried meanwhile
    lab.wait_for_status("Ready. Press Play")
    lab.press("Step")
    lab.wait_for_status("torch refused the step")


def test_keys_go_on_working_after_a_click_on_a_button(lab: Lab) -> None:
    lab.open(epochs=50)
    lab.wait_for_status("Ready")
    lab.press("Step")
    lab.wait_for_epoch(1)
    lab.page.keyboard.press("ArrowRight")
    lab.wait_for_epoch(2)
    lab.page.keyboard.press("ArrowLeft")
    lab.wait_for_epoch(1)
    lab.page.keyboard.press("Space")  # the button that has the focus
    lab.wait_for_epoch(2)
    lab.page.keyboard.press("Home")
    lab.wait_for_epoch(0)


def test_the_space_bar_opens_what_has_the_focus(lab: Lab) -> None:
    lab.open(epochs=50)
    lab.wait_for_status("Ready")
    summary = lab.page.locator("summary", has_text="Advanced")
    summary.focus()
    lab.page.keyboard.press("Space")
    expect(lab.page.get_by_label("Stop at gradient", exact=True)).to_be_visible()
    lab.page.wait_for_timeout(300)
    assert (lab.epoch, lab.probe("stage.playing")) == (0, False)


def test_the_running_count_is_not_spoken(lab: Lab) -> None:
    """What changes with each picture is no live region; the status line is the only one of the stage."""
    lab.open(epochs=50)
    live = lab.page.locator(
        ".tf-stage :is(output, [role=status], [role=alert], [aria-live]):not([hidden] *)"  # else nobody hears
    )
    expect(live).to_have_count(1)
    expect(live).to_have_attribute("data-part", "status")
    expect(lab.page.get_by_label("Timeline")).to_have_attribute("aria-valuetext", "epoch 0 of 50")


@pytest.mark.parametrize("place", PAGES, ids=lambda place: place.title)
def test_each_page_has_its_own_title_in_the_tab(lab: Lab, place: Place) -> None:
    lab.page.goto(f"{lab.url}/{place.address}")
    expect(lab.page).to_have_title(f"{place.title} · thermofit")


def test_a_beginner_is_sent_to_the_lesson_and_can_come_back(lab: Lab) -> None:
    lab.open()
    guide, tip = lab.page.locator(".tf-guide"), lab.page.get_by_role("tooltip")
    expect(guide).to_have_text("Each dot is a reading. The line guesses. Press Play: it learns.")
    guide.get_by_role("button", name="reading").focus()
    expect(tip).to_have_text(meaning("reading"))
    lab.page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    lab.page.locator(".tf-cell").get_by_role("button", name="Training loss").click()
    expect(tip).to_be_visible()
    lab.press("Step")
    expect(guide).to_have_text("The line rests. Step moves it by one epoch, Play goes on.")
    lab.page.get_by_role("link", name="New? Start here").click()
    expect(lab.page.get_by_role("heading", name="1. The model")).to_be_visible()
    lab.page.go_back()
    expect(lab.page.get_by_role("link", name="New? Start here")).to_be_visible()


def test_the_rate_slider_tells_the_rate(lab: Lab) -> None:
    lab.open(lr=0.01)
    expect(lab.page.get_by_role("slider", name="Rate slider")).to_have_attribute("aria-valuetext", "0.01")


def test_inside_a_step_uses_the_whole_width(lab: Lab) -> None:
    """The table by hand on the left, all the rest beside it, so that neither half stays empty."""
    lab.open(epochs=50)
    lab.page.get_by_text("Look inside this step").click()
    by_hand = lab.page.locator("table", has_text="Sum").first.bounding_box()
    differences = lab.page.locator("table", has_text="Largest difference").first.bounding_box()
    assert by_hand and differences
    assert differences["x"] > by_hand["x"] + by_hand["width"]
    assert differences["y"] < by_hand["y"] + by_hand["height"] + 200
