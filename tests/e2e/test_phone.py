"""What people do on a phone: swipes scroll, taps click, and settings change in sight of the picture."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.server import Server
from tests.e2e.phone import Phone


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Phone]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(30_000)
    phone = Phone(context.new_page(), server.url)
    yield phone
    context.close()
    assert phone.errors == []


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
