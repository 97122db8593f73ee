"""The line and the point are moved by hand: the picture follows, and where they are dropped a run begins."""

import math
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Locator, expect

from benchmarks.server import Server
from tests.e2e.lab import Lab
from tests.e2e.test_landscape import visit
from thermofit import Config, Run
from thermofit.landscape.axes import Units, view
from thermofit.model.losses import LOSSES

pytestmark = pytest.mark.e2e

EPOCHS = 60
SETUP = {"epochs": EPOCHS, "speed": "max", "lr": 0.03}

START = "[stage.rows.value('w', 0), stage.rows.value('b', 0)]"

# Every message that the page sends, counted.
COUNT = """window.sent = 0;
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (...data) { window.sent++; return send.apply(this, data); };"""

# For every move of the pointer: after how many frames the readout and the line show what is held.
WATCH = """() => {
    const stage = document.querySelector('.tf-stage').parentElement.stage;
    window.frames_taken = [];
    const drawn = () => {
        const plot = stage.figures.find(({ meta }) => meta.hand?.moves === 'line').plot;
        const { x: [from, to], y: [low, high] } = plot.data.find(({ name }) => name === 'Current line');
        return (high - low) / (to - from);
    };
    document.addEventListener('pointermove', ({ buttons }) => {
        if (!buttons) return;
        let frames = 0;
        const look = () => {
            frames++;
            const { start, part } = stage.hand;
            const loss = document.querySelectorAll('.tf-cell.tf-train .tf-value')[0].textContent;
            const shown = Number(loss) === Number(stage.tracks.inHand.columns.train_loss[0].toPrecision(7));
            const slope = stage.tracks.inHand.value('slope', 0);
            const follows = Math.abs(drawn() - slope) < 1e-5 * Math.max(1, Math.abs(slope));
            if (shown && follows) window.frames_taken.push(frames);
            else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    });
}"""


# Several frames pass until a plot that becomes another one is ready, as on a slow machine.
SLOW_PLOTS = """() => {
    const react = Plotly.react;
    Plotly.react = async (...spec) => {
        const plot = await react(...spec);
        return new Promise((resolve) => setTimeout(() => resolve(plot), 200));
    };
}"""

# From now on, of every frame: the training loss, and slope and intercept of the line that is drawn.
RECORD = """() => {
    window.seen = new Set();
    const stage = document.querySelector('.tf-stage').parentElement.stage;
    const look = () => {
        const plot = stage.figures.find(({ meta }) => meta.hand?.moves === 'line').plot;
        const { x, y } = plot.data.find(({ name }) => name === 'Current line');
        const slope = (y[1] - y[0]) / (x[1] - x[0]);
        const loss = Number(document.querySelector('.tf-cell.tf-train .tf-value').textContent);
        window.seen.add(JSON.stringify([loss, slope, y[0] - slope * x[0]]));
        requestAnimationFrame(look);
    };
    look();
}"""


def started(lab: Lab, where: str = "landscape", at: int = EPOCHS, **query: object) -> Lab:
    """A run that has ended and is shown at epoch `at`, and whose page is quiet."""
    lab.page.add_init_script(COUNT)
    everything = {**SETUP, "play": 1, **query}
    visit(lab, **everything) if where == "landscape" else lab.open(**everything)
    lab.wait_for_status("Finished")
    if at != EPOCHS:
        lab.drag_timeline(at)
        lab.wait_for_epoch(at)
    lab.wait_until_quiet()
    return lab


def handle(lab: Lab, name: str) -> Locator:
    return lab.page.locator(f".tf-handle-{name}")


def centre(locator: Locator) -> tuple[float, float]:
    box = locator.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def take(lab: Lab, name: str) -> tuple[float, float]:
    """Press the mouse on a handle; where that is."""
    handle(lab, name).scroll_into_view_if_needed()
    x, y = centre(handle(lab, name))
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    return x, y


def drag(lab: Lab, name: str, dx: float, dy: float, steps: int = 6) -> None:
    """Drag a handle by so many pixels, without letting go."""
    x, y = take(lab, name)
    lab.page.mouse.move(x + dx, y + dy, steps=steps)
    lab.frames()


def held(lab: Lab) -> tuple[float, float]:
    """The line in the hand: (w, b)."""
    w, b = lab.probe("[stage.hand.start?.w, stage.hand.start?.b]")
    return w, b


def run_of(lab: Lab, **settings: Any) -> Run:
    return Run(Config(epochs=EPOCHS, lr=0.03, **settings))


def losses_of(run: Run, w: float, b: float) -> tuple[float, float]:
    """Training and validation loss of a line by the formula of the loss, in float64."""
    value, data = LOSSES[run.config.loss].value, run.data
    parts = ((data.train_scaled, data.train_targets), (data.val_scaled, data.val_targets))
    train, validation = (value(w * t.double() + b, t_c.double()).item() for t, t_c in parts)
    return train, validation


def assert_shows(lab: Lab, w: float, b: float, **settings: Any) -> None:
    """All readouts are those of this line at epoch 0."""
    run = run_of(lab, **settings)
    train, validation = losses_of(run, w, b)
    assert lab.number("Training loss") == pytest.approx(train, rel=2e-6)
    assert lab.number("Validation loss") == pytest.approx(validation, rel=2e-6)
    assert (lab.number("Weight w"), lab.number("Bias b")) == pytest.approx((w, b), rel=1e-5, abs=1e-5)
    slope, intercept = run.scale.original(w, b)
    _, _, slope_shown, _, _, sign, intercept_shown = lab.readout("Line").split()
    assert float(slope_shown.replace("−", "-")) == pytest.approx(slope, rel=1e-4, abs=1e-4)
    assert float(intercept_shown) * (-1 if sign == "−" else 1) == pytest.approx(intercept, rel=1e-4, abs=1e-3)
    assert lab.epoch == 0


def dropped(lab: Lab, w: float, b: float) -> None:
    """The server has begun a run from this line, which stands at epoch 0 and is in the address."""
    lab.wait_for_status(f"New run from w = {w:g}, b = {b:g}.")
    lab.page.wait_for_function("!document.querySelector('.tf-stage').parentElement.stage.hand.isActive")
    assert (lab.epoch, lab.probe("stage.playing")) == (0, False)
    assert lab.probe("[stage.rows.value('w', 0), stage.rows.value('b', 0)]") == pytest.approx(
        [w, b], rel=1e-6
    )
    query = parse_qs(urlparse(lab.page.url).query)
    assert (float(query["w0"][0]), float(query["b0"][0])) == (w, b)
    lab.wait_for_field("Start bias", f"{b:g}")


def plays_on(lab: Lab, w: float, b: float, **settings: Any) -> None:
    lab.press("Play")
    lab.wait_for_status("Finished")
    run = run_of(lab, w0=w, b0=b, **settings)
    run.advance(epochs=EPOCHS)
    assert lab.number("Weight w") == pytest.approx(run.history.row(EPOCHS)["w"], rel=1e-5)
    assert lab.number("Training loss") == pytest.approx(run.history.row(EPOCHS)["train_loss"], rel=1e-5)


def release(lab: Lab) -> tuple[float, float]:
    w, b = held(lab)
    lab.page.mouse.up()
    dropped(lab, w, b)
    return w, b


@pytest.mark.parametrize(
    ("where", "name"), [("lab", "left"), ("lab", "middle"), ("landscape", "middle"), ("landscape", "right")]
)
def test_the_line_is_dragged(lab: Lab, where: str, name: str) -> None:
    started(lab, where, at=30)
    before = lab.probe("stage.hand.line")
    stays = {"left": "right", "right": "left"}.get(name)
    pivot = centre(handle(lab, stays)) if stays else (0.0, 0.0)
    sent = lab.page.evaluate("window.sent")
    drag(lab, name, 0, -70)
    w, b = held(lab)
    assert_shows(lab, w, b)
    assert lab.page.evaluate("window.sent") == sent
    if stays:
        assert w != before["w"]
        assert centre(handle(lab, stays)) == pytest.approx(pivot, abs=1.5)
    else:
        assert w == pytest.approx(before["w"], rel=1e-5) and b > before["b"] + 3
    release(lab)
    plays_on(lab, w, b)


def test_the_handle_stays_under_the_pointer(lab: Lab) -> None:
    started(lab)
    x, y = take(lab, "middle")
    lab.page.mouse.move(x + 40, y - 90)
    lab.frames()
    assert centre(handle(lab, "middle")) == pytest.approx((x, y - 90), abs=1.5)
    lab.page.mouse.up()
    lab.wait_for_status("New run from")
    x, y = take(lab, "right")
    lab.page.mouse.move(x - 30, y + 60)
    lab.frames()
    assert centre(handle(lab, "right")) == pytest.approx((x - 30, y + 60), abs=1.5)
    release(lab)


@pytest.mark.parametrize("where", ["lab", "landscape"])
@pytest.mark.parametrize("units", ["trained", "original"])
def test_the_point_is_dragged_in_both_units(lab: Lab, where: str, units: Units) -> None:
    started(lab, where, scaling="standardize")
    if where == "lab":
        lab.page.get_by_role("radio", name="Landscape").click()
    if units == "original":
        lab.page.get_by_role("radio", name="Original").click()
    title = "Slope" if units == "original" else "Weight"
    lab.page.wait_for_function(
        "title => document.querySelector('.tf-handle-point')"
        " && [...document.querySelectorAll('.xtitle')].some(t => t.textContent.startsWith(title))",
        arg=title,
    )
    lab.page.wait_for_selector("[data-test-script-state=notRunning]")
    lab.wait_until_quiet()
    lab.frames(5)
    sent = lab.page.evaluate("window.sent")
    drag(lab, "point", -60, 40)
    w, b = held(lab)
    assert_shows(lab, w, b, scaling="standardize")
    drawn = view(run_of(lab, scaling="standardize").data, units).drawn((w, b))
    now = lab.probe(
        "(({data}) => { const {x, y} = data.find(t => t.name === 'Now'); return [x[0], y[0]]; })"
        "(stage.figures.find(({meta}) => meta.hand?.moves === 'point').plot)"
    )
    assert now == pytest.approx(drawn, rel=1e-4, abs=1e-4)
    assert lab.page.evaluate("window.sent") == sent
    release(lab)
    plays_on(lab, w, b, scaling="standardize")


@pytest.mark.parametrize("loss", LOSSES)
def test_the_arrow_points_down_the_slope_of_the_line_in_the_hand(lab: Lab, loss: str) -> None:
    started(lab, loss=loss)
    drag(lab, "point", 50, -120)
    w, b = held(lab)
    assert_shows(lab, w, b, loss=loss)
    run = run_of(lab, loss=loss, w0=w, b0=b)
    gradient = run.history.row(0)
    x, y = lab.probe(
        "(({data}) => { const {x, y} = data.find(t => t.name?.startsWith('Arrow: ')); return [x, y]; })"
        "(stage.figures.find(({meta}) => meta.hand?.moves === 'point').plot)"
    )
    down = math.atan2(-gradient["grad_b"], -gradient["grad_w"])
    assert math.atan2(y[1] - y[0], x[1] - x[0]) == pytest.approx(down, abs=1e-3)
    lab.page.keyboard.press("Escape")
    lab.page.mouse.up()


def test_every_move_is_seen_in_the_next_frame(lab: Lab) -> None:
    started(lab, "lab")
    x, y = take(lab, "right")
    lab.page.mouse.move(x, y - 20)
    lab.page.evaluate(WATCH)
    for step in range(30):
        lab.page.mouse.move(x - step, y + 4 * step)
        lab.frames(1)
    taken = lab.page.evaluate("window.frames_taken")
    assert len(taken) >= 20 and set(taken) == {1}
    release(lab)


def test_escape_puts_the_line_back(lab: Lab) -> None:
    started(lab, "lab", at=30)
    before = {label: lab.readout(label) for label in ("Epoch", "Training loss", "Weight w", "Bias b")}
    axes = "stage.figures.map(({ plot }) => [plot.layout.xaxis.range, plot.layout.yaxis.range])"
    ranges = lab.probe(axes)
    run, sent = lab.probe("stage.run"), lab.page.evaluate("window.sent")
    drag(lab, "left", 500, -600)
    assert lab.number("Training loss") > 5000
    assert lab.probe(axes) != ranges  # the axis of the loss has grown
    lab.page.keyboard.press("Escape")
    lab.frames()
    assert lab.probe(axes) == ranges
    assert {label: lab.readout(label) for label in before} == before
    lab.page.mouse.move(300, 300)
    lab.page.mouse.up()
    lab.frames(30)
    assert lab.page.evaluate("window.sent") == sent and lab.probe("stage.run") == run
    assert lab.status == "Paused at epoch 30."


def test_twice_in_a_row_and_back_again(lab: Lab) -> None:
    started(lab)
    drag(lab, "middle", 0, -50)
    first = release(lab)
    drag(lab, "middle", 0, -40)
    second = release(lab)
    assert second[1] > first[1]
    lab.page.go_back()
    lab.page.wait_for_url(f"**b0={first[1]:g}&**")
    lab.page.wait_for_function(
        "b => document.querySelector('.tf-stage')?.parentElement.stage.rows.value('b', 0) === Math.fround(b)",
        arg=first[1],
    )
    expect(field(lab, "Bias b at the start")).to_have_value(f"{first[1]:g}")


def test_taken_again_before_the_server_has_answered(lab: Lab) -> None:
    lab.far_away(400)
    started(lab)
    drag(lab, "middle", 0, -50)
    first = held(lab)
    lab.page.mouse.up()
    drag(lab, "middle", 0, -40)
    second = held(lab)
    assert second[1] > first[1]
    assert_shows(lab, *second)
    lab.wait_for_status("Let go")
    lab.page.wait_for_function(  # the run from the first line is here, beneath the second
        "b => document.querySelector('.tf-stage')?.parentElement.stage.rows.value('b', 0) === Math.fround(b)",
        arg=first[1],
    )
    assert_shows(lab, *second)
    release(lab)
    plays_on(lab, *second)


@pytest.mark.parametrize("where", ["lab", "landscape"])
def test_over_a_slow_line_the_picture_stays_where_it_was_dropped(lab: Lab, where: str) -> None:
    lab.far_away(600)
    started(lab, where)
    drag(lab, "middle", 0, -150)  # beyond the frame of the landscape, which grows for it
    line = held(lab)
    lab.page.evaluate(SLOW_PLOTS)
    lab.page.evaluate(RECORD)
    lab.page.mouse.up()
    lab.page.wait_for_function("window.seen.size > 0")
    take(lab, "middle")  # a mere click changes nothing
    lab.page.mouse.up()
    dropped(lab, *line)
    lab.frames(10)
    run = run_of(lab)
    shown = (losses_of(run, *line)[0], *run.scale.original(*line))
    for seen in lab.page.evaluate("[...window.seen].map(JSON.parse)"):
        assert seen == pytest.approx(shown, rel=1e-5, abs=1e-5)


def test_a_run_that_plays_is_paused_first(lab: Lab) -> None:
    lab.page.add_init_script(COUNT)
    visit(lab, epochs=60_000, speed=100, lr=0.01, play=1)
    lab.wait_past(20)
    expect(handle(lab, "point")).to_be_hidden()
    lab.press("Pause")
    drag(lab, "point", -30, 30)
    line = held(lab)
    release(lab)
    lab.press("Play")
    lab.wait_past(20)
    expect(handle(lab, "point")).to_be_hidden()
    assert lab.probe(START) == pytest.approx(line, rel=1e-6)


def test_play_that_is_pressed_at_once_plays_the_new_run(lab: Lab) -> None:
    started(lab)
    drag(lab, "right", 0, 60)
    w, b = held(lab)
    lab.page.mouse.up()
    lab.press("Play")
    lab.wait_for_status("Finished")
    run = run_of(lab, w0=w, b0=b)
    run.advance(epochs=EPOCHS)
    assert lab.number("Weight w") == pytest.approx(run.history.row(EPOCHS)["w"], rel=1e-5)


def test_arrow_keys_move_a_handle_and_tell_the_server_once(lab: Lab) -> None:
    started(lab, "lab")
    handle(lab, "middle").focus()
    before, sent = lab.probe("stage.hand.line.b"), lab.page.evaluate("window.sent")
    for _ in range(5):
        lab.page.keyboard.down("ArrowUp")  # a key that is held down repeats
    lab.frames()
    small = held(lab)
    assert_shows(lab, *small)
    assert lab.page.evaluate("window.sent") == sent and small[1] > before
    lab.page.keyboard.down("Shift")
    lab.page.keyboard.down("ArrowUp")
    lab.frames()
    large = held(lab)
    assert large[1] - small[1] == pytest.approx(2 * (small[1] - before), rel=0.05)
    lab.page.keyboard.up("ArrowUp")
    lab.page.keyboard.up("Shift")
    dropped(lab, *large)
    expect(handle(lab, "middle")).to_be_focused()
    assert lab.probe("stage.changed") == [] and lab.epoch == 0


def test_arrow_keys_move_the_point_and_escape_puts_it_back(lab: Lab) -> None:
    started(lab)
    handle(lab, "point").focus()
    before = lab.readout("Weight w"), lab.readout("Bias b")
    numbers = lab.number("Weight w"), lab.number("Bias b")
    lab.page.keyboard.down("ArrowLeft")
    lab.page.keyboard.down("ArrowDown")
    lab.frames()
    w, b = held(lab)
    assert (w < numbers[0], b < numbers[1]) == (True, True)
    assert f"w = {w:g}" in (handle(lab, "point").get_attribute("aria-valuetext") or "")
    lab.page.keyboard.press("Escape")
    lab.frames()
    assert (lab.readout("Weight w"), lab.readout("Bias b")) == before


# ---- sliders and fields ----


def slider(lab: Lab, label: str) -> Locator:
    return lab.page.get_by_role("slider", name=label)


def field(lab: Lab, label: str) -> Locator:
    return lab.page.get_by_role("spinbutton", name=label)


@pytest.mark.parametrize("label", ["Weight w at the start", "Bias b at the start"])
def test_the_picture_follows_a_slider(lab: Lab, label: str) -> None:
    started(lab)
    box = slider(lab, label).bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    sent = lab.page.evaluate("window.sent")
    lab.page.mouse.move(box["x"] + box["width"] / 3, middle)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + box["width"] / 2, middle, steps=5)
    lab.frames()
    w, b = held(lab)
    assert_shows(lab, w, b)
    assert (w == 1.0) != (b == 0.0)
    assert lab.page.evaluate("window.sent") == sent
    release(lab)
    expect(field(lab, label)).to_have_value(f"{w if label.startswith('Weight') else b:g}")
    plays_on(lab, w, b)


def test_the_keys_of_a_slider_tell_the_server_once(lab: Lab) -> None:
    started(lab)
    slider(lab, "Weight w at the start").focus()
    for _ in range(4):
        lab.page.keyboard.down("ArrowRight")
    lab.frames()
    w, b = held(lab)
    assert w > 1 and b == 0
    lab.page.keyboard.up("ArrowRight")
    dropped(lab, w, b)
    lab.page.keyboard.press("Escape")
    assert lab.epoch == 0


def test_the_picture_follows_a_number_while_it_is_typed(lab: Lab) -> None:
    started(lab)
    typed = field(lab, "Bias b at the start")
    typed.click()
    typed.press("Control+a")
    sent = lab.page.evaluate("window.sent")
    typed.press_sequentially("-12.3456")
    lab.frames()
    assert_shows(lab, 1.0, -12.3456)
    assert lab.page.evaluate("window.sent") == sent
    typed.press("Enter")
    dropped(lab, 1.0, -12.3456)
    plays_on(lab, 1.0, -12.3456)


def test_a_number_that_is_no_start_is_refused_and_said_so(lab: Lab) -> None:
    started(lab)
    typed = field(lab, "Weight w at the start")
    typed.fill("5000")
    lab.wait_for_status("Weight w at the start: from -1000 to 1000 is allowed.")
    expect(typed).to_have_attribute("aria-invalid", "true")
    assert lab.epoch == EPOCHS
    typed.press("Enter")
    expect(typed).to_have_value("1")
    lab.wait_for_status("Finished")


def test_the_controls_are_there_for_that_experiment_only(lab: Lab) -> None:
    started(lab)
    expect(slider(lab, "Bias b at the start")).to_be_visible()
    lab.page.get_by_role("radio", name="Before and after scaling").click()
    expect(slider(lab, "Bias b at the start")).to_have_count(0)
    expect(handle(lab, "middle")).to_be_visible()


# ---- touch, zoom, size ----


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Lab]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, device_scale_factor=2
    )
    context.set_default_timeout(30_000)
    lab = Lab(context.new_page(), server.url)
    yield lab
    context.close()
    assert lab.errors == []


@pytest.mark.parametrize("name", ["middle", "right", "point"])
def test_a_finger_drags_a_handle_and_the_page_stays(phone: Lab, name: str) -> None:
    started(phone)
    handle(phone, name).scroll_into_view_if_needed()
    box = handle(phone, name).bounding_box()
    assert box and min(box["width"], box["height"]) >= 44
    x, y = centre(handle(phone, name))
    scrolled = phone.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
    touch = phone.finger()
    touch("touchStart", (x, y))
    for step in range(1, 8):
        touch("touchMove", (x - 2 * step, y - 6 * step))
    phone.frames()
    w, b = held(phone)
    assert_shows(phone, w, b)
    assert phone.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == scrolled
    touch("touchEnd")
    dropped_on_phone(phone, w, b)


def dropped_on_phone(lab: Lab, w: float, b: float) -> None:
    lab.wait_for_status(f"New run from w = {w:g}, b = {b:g}.")
    assert lab.probe("[stage.rows.value('w', 0), stage.rows.value('b', 0)]") == pytest.approx(
        [w, b], rel=1e-6
    )


def test_handles_follow_a_zoom_and_another_size_of_the_window(lab: Lab) -> None:
    started(lab)
    on_the_line = """(() => {
        const { plot, handles } = stage.figures.find(({ meta }) => meta.hand?.moves === 'line');
        const { xaxis, yaxis } = plot._fullLayout;
        const { left, top } = plot.getBoundingClientRect();
        const { slope, intercept } = { slope: stage.rows.value('slope', stage.rows.at(stage.epoch)),
            intercept: stage.rows.value('intercept', stage.rows.at(stage.epoch)) };
        return handles.handles.map(({ element }) => {
            const box = element.getBoundingClientRect();
            const x = xaxis.p2l(box.x + box.width / 2 - left - xaxis._offset);
            return top + yaxis._offset + yaxis.l2p(slope * x + intercept) - box.y - box.height / 2;
        });
    })()"""
    assert lab.probe(on_the_line) == pytest.approx([0, 0, 0], abs=1)
    fit = "document.querySelectorAll('.js-plotly-plot')[1]"
    lab.page.evaluate(f"Plotly.relayout({fit}, {{'xaxis.range': [30, 50], 'yaxis.range': [0, 15]}})")
    lab.frames()
    assert lab.probe(on_the_line) == pytest.approx([0, 0, 0], abs=1)
    lab.page.set_viewport_size({"width": 1100, "height": 760})
    lab.page.wait_for_function(f"Math.abs({fit}._fullLayout.width - {fit}.clientWidth) <= 1")
    lab.frames(5)
    assert lab.probe(on_the_line) == pytest.approx([0, 0, 0], abs=1)
