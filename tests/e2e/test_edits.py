"""Points of the fit are moved, added and removed: the closed form follows, and a new run begins."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Locator, expect

from benchmarks.server import Server
from tests.e2e.lab import Lab
from tests.e2e.test_by_hand import centre
from thermofit.config.readings_text import unpack_readings
from thermofit.data.dataset import Dataset
from thermofit.data.edit import rows
from thermofit.data.registry import THERMOMETER
from thermofit.data.split import split
from thermofit.theory.least_squares import least_squares

pytestmark = pytest.mark.e2e

SETUP = {"epochs": 60, "speed": "max", "lr": 0.03}
EDITS = "stage.figures[0].points.edits"

# For every move of the pointer: how many frames pass until the closed form is drawn where the point is held,
# in the fit and in the landscape (of inputs times 0.1).
WATCH = f"""() => {{
    const stage = document.querySelector('.tf-stage').parentElement.stage;
    window.frames_taken = [];
    document.addEventListener('pointermove', ({{ buttons }}) => {{
        if (!buttons) return;
        let frames = 0;
        const look = () => {{
            frames++;
            const {{ slope }} = {EDITS}.numbers;
            const {{ x, y }} = stage.figures[0].plot.data.find(({{ name }}) => name === 'Closed-form line');
            const minimum = stage.figures[1].plot.data.find(({{ name }}) => name === 'Minimum').x[0] / 10;
            const near = (value) => Math.abs(value - slope) < 1e-9;
            if (near((y[1] - y[0]) / (x[1] - x[0])) && near(minimum)) window.frames_taken.push(frames);
            else requestAnimationFrame(look);
        }};
        requestAnimationFrame(look);
    }});
}}"""


def editing(lab: Lab, **query: Any) -> Lab:
    lab.open(**SETUP, **query)
    lab.page.get_by_label("Edit points").check()
    strip = lab.page.locator(".tf-edit:visible")
    expect(strip).to_contain_text("Closed form")
    lab.page.wait_for_function(  # the plot has made room for the line above it
        "() => { const { plot } = document.querySelector('.tf-stage').parentElement.stage.figures[0];"
        " return Math.abs(plot._fullLayout.height - plot.clientHeight) <= 1; }"
    )
    lab.frames(5)
    return lab


def point(lab: Lab, number: int) -> Locator:
    return lab.page.get_by_role("slider", name=f"Point {number}", exact=True)


def readings(lab: Lab) -> Dataset:
    """The readings in the address."""
    return unpack_readings(parse_qs(urlparse(lab.page.url).query)["readings"][0])


def test_the_mouse_moves_a_point_and_the_closed_form_follows(lab: Lab) -> None:
    editing(lab, chart="landscape")
    expect(lab.page.locator(".tf-handle-middle")).to_be_hidden()
    bar, contours = lab.page.locator(".colorbar .cbaxis text"), lab.page.locator(".tf-contours canvas")
    losses = bar.all_text_contents()
    lab.page.evaluate(WATCH)
    x, y = centre(point(lab, 4))
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x - 60, y + 90, steps=8)
    lab.frames(5)
    taken = lab.page.evaluate("window.frames_taken")
    assert len(taken) >= 6 and max(taken) <= 3
    held = lab.probe(f"[{EDITS}.inputs, {EDITS}.targets, {EDITS}.numbers]")
    moved = Dataset("held", *(THERMOMETER.t_u.new_tensor(column) for column in held[:2]))
    train = split(11, 0.2, 58).train
    fit = least_squares(moved.t_u[train], moved.t_c[train])
    assert (held[2]["slope"], held[2]["intercept"]) == pytest.approx(fit.params, rel=1e-5)
    assert held[2]["r2"] == pytest.approx(fit.r2, rel=1e-5)
    expect(contours).to_be_visible()
    assert bar.all_text_contents() != losses
    lab.page.keyboard.press("Escape")
    expect(contours).to_have_count(0)
    assert bar.all_text_contents() == losses
    lab.page.mouse.up()
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x - 60, y + 90, steps=2)
    lab.page.mouse.up()
    lab.wait_for_status("New run: point 4 moved to")
    lab.page.wait_for_url("**readings=*")
    expect(contours).to_have_count(0)
    expected = rows(THERMOMETER)
    expected[3] = (held[0][3], held[1][3])
    assert expected[3] != (81.9, 28.0) and rows(readings(lab)) == expected
    assert (lab.epoch, lab.probe("stage.playing")) == (0, False)
    lab.press("Back to the original readings")
    lab.page.wait_for_url("**data=thermometer*")


def test_the_keyboard_moves_and_removes_a_point_and_keeps_its_place(lab: Lab) -> None:
    editing(lab)
    point(lab, 1).focus()
    lab.page.keyboard.press("Tab")
    expect(point(lab, 2)).to_be_focused()
    lab.page.keyboard.press("ArrowRight")
    lab.page.keyboard.press("Shift+ArrowUp")
    lab.wait_for_status("New run: point 2 moved to")
    expect(lab.page.locator(".tf-edit:visible [role=status]")).to_contain_text("Point 2 moved: Reading t_u")
    expect(point(lab, 2)).to_be_focused()
    x, y = rows(readings(lab))[1]
    assert x > 55.9 and y > 14.0
    lab.page.keyboard.press("Delete")
    lab.wait_for_status("New run: point 2 removed.")
    expect(point(lab, 2)).to_be_focused()
    expect(point(lab, 11)).to_have_count(0)
    assert set(rows(readings(lab))) == {row for i, row in enumerate(rows(THERMOMETER)) if i != 1}


def test_a_double_click_adds_a_point_where_it_is_and_the_zoom_stays(lab: Lab) -> None:
    editing(lab)
    x, y = centre(point(lab, 8))
    lab.page.mouse.dblclick(x + 60, y - 120)
    lab.wait_for_status("New run: point 3 added at")  # where the seed's split has it train
    expect(point(lab, 3)).to_be_focused()
    (new,) = set(rows(readings(lab))) - set(rows(THERMOMETER))
    assert new[0] > 21.8 and new[1] > -4.0 and rows(readings(lab))[2] == new


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Lab]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(30_000)
    lab = Lab(context.new_page(), server.url)
    yield lab
    context.close()
    assert lab.errors == []


def test_a_finger_moves_a_point_and_removes_it(phone: Lab) -> None:
    editing(phone)
    point(phone, 4).scroll_into_view_if_needed()
    box = point(phone, 4).bounding_box()
    assert box and min(box["width"], box["height"]) >= 44
    x, y = centre(point(phone, 4))
    touch = phone.finger()
    touch("touchStart", (x, y))
    for step in range(1, 8):
        touch("touchMove", (x - 5 * step, y + 8 * step))
    touch("touchEnd")
    phone.wait_for_status("New run: point 4 moved to")
    phone.page.get_by_role("button", name="Remove point 4").tap()
    phone.wait_for_status("New run: point 4 removed.")
