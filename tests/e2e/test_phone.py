"""What people do on a phone: swipes scroll, taps click, and settings change in sight of the picture."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.server import Server
from tests.e2e.phone import MAIN, Phone


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Phone]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(30_000)
    phone = Phone(context.new_page(), server.url)
    yield phone
    context.close()
    assert phone.errors == []


# Of what is cut off, the labels: text that its box hides.
CUT_OFF = """() => [...document.querySelectorAll(".stMain :is(.tf-stage *, button, p, label, div)")]
    .filter(box => box.offsetParent && box.clientWidth > 2 && box.scrollWidth > box.clientWidth + 1
        && !box.matches(".tf-hidden, .tf-unseen") && getComputedStyle(box).overflowX === "hidden")
    .map(box => `${box.className} ${box.textContent}`)"""
# What a finger must hit in the stage: a switch by its whole label.
TOO_SMALL = """() => [...document.querySelectorAll(".tf-stage :is(button, summary, input, .tf-handle)")]
    .filter(target => target.offsetParent && !target.closest("tbody th"))
    .filter(target => !target.matches(".tf-term, .tf-table-switch")) // hit beyond what is seen of them
    .map(target => [target, (target.closest("label") ?? target).getBoundingClientRect()])
    .filter(([, box]) => box.width < 43.9 || box.height < 43.9)
    .map(([target, box]) => `${target.outerHTML.slice(0, 80)} ${box.width} × ${box.height}`)"""
WIDER = f"{MAIN}.scrollWidth > {MAIN}.clientWidth || document.documentElement.scrollWidth > innerWidth"

RANGES = "stage.figures.map(({ plot }) => [plot.layout.xaxis?.range, plot.layout.yaxis?.range])"
EYE = "stage.figures[1].space.camera(stage.figures[1].plot).eye"


def test_a_swipe_over_a_chart_scrolls_and_a_tap_starts_a_run(phone: Phone) -> None:
    phone.open(chart="landscape")
    before = phone.probe(RANGES)
    for plot in phone.page.locator(".tf-plot .nsewdrag").all():
        start, scrolled = phone.middle(plot), phone.scrolled
        phone.swipe(start, 0, -150)
        phone.wait_for_scroll(scrolled)
    assert phone.probe(RANGES) == before
    x, y = phone.middle(phone.page.locator(".tf-plot .nsewdrag").last)
    expect(phone.page).to_have_url(re.compile("[?&]w0=1&"))
    phone.page.touchscreen.tap(x + 40, y + 30)
    expect(phone.page).not_to_have_url(re.compile("[?&]w0=1&"))


@pytest.mark.thorough
def test_a_finger_turns_the_surface_sideways_and_scrolls_it_upright(phone: Phone) -> None:
    phone.open(chart="landscape", shape="surface")
    surface = phone.page.locator(".tf-plot canvas").last
    start, eye = phone.middle(surface), phone.probe(EYE)
    phone.swipe(start, 120, 0)
    phone.page.wait_for_function(
        "eye => Math.abs(document.querySelector('.tf-stage').parentElement.stage.figures[1].space"
        ".camera(document.querySelectorAll('.js-plotly-plot')[1]).eye.x - eye.x) > 0.5",
        arg=eye,
    )
    turned, start = phone.probe(EYE), phone.middle(surface)
    scrolled = phone.scrolled
    phone.swipe(start, 0, -150)
    phone.wait_for_scroll(scrolled)
    assert phone.probe(EYE) == pytest.approx(turned)


def test_no_page_is_wider_than_the_smallest_phone(phone: Phone) -> None:
    phone.page.set_viewport_size({"width": 320, "height": 640})
    for page in ("", "lesson", "landscape", "race", "luck"):
        phone.visit(page)
        assert not phone.page.evaluate(WIDER), page
        assert phone.page.evaluate(TOO_SMALL) == [], page


@pytest.mark.parametrize("page", ["", "landscape"])
def test_on_a_tablet_nothing_is_cut_off(phone: Phone, page: str) -> None:
    phone.page.set_viewport_size({"width": 820, "height": 1180})
    phone.visit(page)
    assert phone.page.evaluate(CUT_OFF) == []
    assert phone.page.evaluate(TOO_SMALL) == []
    timeline, stage = (phone.page.locator(part).bounding_box() for part in (".tf-time input", ".tf-stage"))
    assert timeline and stage and timeline["width"] == pytest.approx(stage["width"], abs=1)


def test_the_rate_changes_in_sight_of_the_chart_and_the_sidebar_closes_after_a_choice(phone: Phone) -> None:
    phone.open()
    expect(phone.page).to_have_url(re.compile("[?&]lr=0.01&"))
    phone.middle(phone.page.locator(".tf-chart").first)
    rate = phone.page.get_by_label("Set the learning rate", exact=True).locator("input")
    rate.focus()
    rate.press("ArrowRight")
    expect(phone.page).to_have_url(re.compile("[?&]lr=0.0112&"))
    for part in (phone.page.locator(".tf-chart").first, rate.locator("xpath=../..")):
        expect(part).to_be_in_viewport()
    phone.page.get_by_test_id("stExpandSidebarButton").tap()
    sidebar = phone.page.get_by_test_id("stSidebar")
    expect(sidebar).to_have_attribute("data-collapsed", "false")
    sidebar.get_by_role("combobox", name="Preset").tap()
    phone.page.get_by_role("option", name="Raw inputs").first.tap()
    expect(sidebar).to_have_attribute("data-collapsed", "true")
