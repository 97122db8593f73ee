"""The landscape in a real browser: a click starts a run there, and what is drawn is what was run."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.lab import Lab
from thermofit import Config, Run, numbers
from thermofit.landscape.axes import Units, view
from thermofit.ui.controls.stability_hint import forecast_of

pytestmark = pytest.mark.e2e

PLOT = "document.querySelector('.js-plotly-plot')"
SPACE = f"{PLOT}._fullLayout.scene"


def visit(lab: Lab, **query: object) -> Lab:
    """Open the landscape by its address."""
    lab.page.goto(f"{lab.url}/landscape?{urlencode(query)}")
    lab.page.wait_for_selector(".tf-stage .js-plotly-plot .scatterlayer")
    expect(lab.page.locator(".tf-status")).not_to_have_text("Loading the charts …")
    return lab


def click_plot(page: Page, x: float, y: float, plot: str = ".tf-plot") -> None:
    """Click a plot at these shares of its inner width and height."""
    area = page.locator(f"{plot} .nsewdrag").first
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box
    page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
    page.mouse.down()
    page.mouse.up()


def trace(lab: Lab, name: str) -> dict[str, Any]:
    """x and y of a trace of the landscape, as drawn."""
    found: dict[str, Any] = lab.page.evaluate(
        """name => { const {x, y} = document.querySelector('.js-plotly-plot').data.find(t => t.name === name);
            return {x: [...x], y: [...y]}; }""",
        name,
    )
    return found


def address(lab: Lab) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlparse(lab.page.url).query).items()}


def test_click_a_start_run_travel_back_and_go_on_differently(lab: Lab) -> None:
    visit(lab, epochs=400, speed=1000, lr=0.01)
    click_plot(lab.page, 0.4, 0.6)
    lab.wait_for_status("Finished: 400 epochs")
    start = {name: float(address(lab)[name]) for name in ("w0", "b0")}
    assert start["w0"] != 1.0 and start["b0"] != 0.0
    config = Config(epochs=400, lr=0.01, **start)
    lab.drag_timeline(20)
    lab.wait_for_epoch(20)
    lab.type("Learning rate", "0.033")
    lab.wait_for_status("Learning rate 0.033 from epoch 20 on")
    left = trace(lab, "Abandoned path")
    lab.press("Play")
    lab.wait_for_status("Finished")
    run = Run(config)
    run.advance(epochs=400)
    assert left["x"][-1] == pytest.approx(run.history.row(400)["w"], rel=1e-4)
    run.rewind(20)
    assert left["x"][0] == pytest.approx(run.history.row(20)["w"], rel=1e-4)
    run.change_rate(0.033)
    run.advance(epochs=400)
    assert lab.number("Weight w") == pytest.approx(run.history.row(400)["w"], rel=1e-5)
    assert trace(lab, "Now")["y"] == [pytest.approx(run.history.row(400)["b"], rel=1e-5)]


@pytest.mark.parametrize("units", ["trained", "original"])
def test_the_path_drawn_is_the_path_run(lab: Lab, units: Units) -> None:
    visit(lab, epochs=200, speed="max", play=1, lr=0.03)
    lab.wait_for_status("Finished")
    if units == "original":
        lab.page.get_by_role("radio", name="Original").click()
        lab.page.wait_for_function(
            "document.querySelector('.js-plotly-plot')?.layout.xaxis.title.text.startsWith('Slope')"
        )
        lab.frames(5)
    run = Run(Config(epochs=200, lr=0.03))
    run.advance(epochs=200)
    points = run.history.rows(columns=("w", "b")).double()
    expected = [view(run.data, units).drawn((w, b)) for w, b in points.tolist()]
    path = trace(lab, "Path")
    assert path["x"] == pytest.approx([x for x, _ in expected], rel=1e-5)
    assert path["y"] == pytest.approx([y for _, y in expected], rel=1e-5, abs=1e-5)


def test_one_run_is_seen_on_both_pages(lab: Lab) -> None:
    lab.open(epochs=300, speed="max", play=1)
    lab.wait_for_status("Finished")
    lab.drag_timeline(120)
    lab.wait_for_epoch(120)
    lab.page.wait_for_timeout(600)  # the server is told once the picture stops
    lab.page.get_by_role("link", name="Landscape").click()
    lab.page.wait_for_url("**/landscape**")
    lab.page.wait_for_selector(".tf-cell .tf-value")
    lab.wait_for_epoch(120)
    assert trace(lab, "Now")["x"] == [pytest.approx(lab.number("Weight w"), rel=1e-5)]
    assert address(lab)["epochs"] == "300"


@pytest.mark.parametrize("where", ["lab", "landscape"])
def test_the_divergence_hint_leads_to_a_run_that_converges(lab: Lab, where: str) -> None:
    set_up = {"gradient": "manual", "optimizer": "by-hand", "lr": 0.05, "val": 0, "epochs": 3000}
    query = {**set_up, "speed": "max", "play": 1}
    lab.open(**query) if where == "lab" else visit(lab, **query)
    lab.wait_for_status("Diverged at epoch")
    known = forecast_of(Config(**set_up))
    assert known and known.curvature and known.factors
    expect(lab.page.get_by_text(f"{numbers.number(known.factors[0])}: it overshoots")).to_be_visible()
    lab.page.get_by_role("button", name=f"Use {numbers.rate(known.curvature.safe_rate)}").click()
    lab.wait_for_status("Finished: 3\u202f000 epochs")
    assert lab.number("Training loss") == pytest.approx(known.fit.mse, rel=0.01)
    assert float(address(lab)["lr"]) == known.curvature.safe_rate
    expect(lab.page.get_by_text("it overshoots")).to_have_count(0)


def test_the_tab_of_the_lab_follows_a_run_that_plays_on(lab: Lab) -> None:
    lab.open(epochs=60_000, speed=1000, play=1)
    lab.wait_past(200)
    lab.probe("{ stage.seen = []; setInterval(() => stage.seen.push(stage.epoch), 10); }")
    lab.page.get_by_role("radio", name="Landscape").click()
    lab.page.wait_for_function("document.querySelectorAll('.js-plotly-plot')[1].layout.images?.length")
    lab.page.get_by_role("radio", name="Original").click()
    lab.wait_past(lab.epoch + 500)
    lab.page.get_by_role("radio", name="Loss").click()
    lab.wait_past(lab.epoch + 500)
    seen = lab.probe("stage.seen")
    assert seen == sorted(seen) and lab.probe("stage.playing")
    assert lab.probe("stage.rows.dense(0, stage.rows.last)")


def test_a_start_is_chosen_in_the_tab_of_the_lab(lab: Lab) -> None:
    lab.open(epochs=60, speed="max")
    lab.page.get_by_role("radio", name="Landscape").click()
    lab.page.wait_for_function("document.querySelectorAll('.js-plotly-plot')[1].layout.images?.length")
    lab.frames(5)
    click_plot(lab.page, 0.4, 0.6, ".tf-chart:nth-child(2) .tf-plot")
    lab.wait_for_status("Finished: 60 epochs")
    assert float(address(lab)["w0"]) != 1.0 and not lab.page.url.split("?")[0].endswith("landscape")
    run = Run(Config(epochs=60, **{name: float(address(lab)[name]) for name in ("w0", "b0")}))
    run.advance(epochs=60)
    assert lab.number("Weight w") == pytest.approx(run.history.row(60)["w"], rel=1e-5)


def test_the_path_on_the_surface_is_the_path_run_and_the_camera_stays(lab: Lab) -> None:
    visit(lab, epochs=60, speed="max", lr=0.03)
    lab.page.get_by_role("radio", name="3-D surface").click()
    lab.page.wait_for_function(f"{SPACE} && {SPACE}._scene")
    lab.page.evaluate(f"Plotly.relayout({PLOT}, {{'scene.camera.eye': {{x: 0.5, y: 2, z: 0.5}}}})")
    lab.press("Play")
    lab.wait_for_status("Finished: 60 epochs")
    lab.page.get_by_role("radio", name="Original").click()
    lab.page.wait_for_function(f"{SPACE}.xaxis.title.text.startsWith('Slope')")
    run = Run(Config(epochs=60, lr=0.03))
    run.advance(epochs=60)
    points = run.history.rows(columns=("w", "b")).double().tolist()
    expected = [view(run.data, "original").drawn((w, b)) for w, b in points]
    lab.page.wait_for_function(f"{PLOT}?.data.find(t => t.name === 'Path')?.x.length === 61")
    path = trace(lab, "Path")
    assert path["x"] == pytest.approx([x for x, _ in expected], rel=1e-5)
    assert path["y"] == pytest.approx([y for _, y in expected], rel=1e-5, abs=1e-5)
    eye = lab.page.evaluate(f"{SPACE}._scene.getCamera().eye")
    assert [eye[axis] for axis in "xyz"] == pytest.approx([0.5, 2, 0.5], abs=1e-6)
    lab.drag_timeline(20)
    lab.wait_for_epoch(20)
    lab.type("Learning rate", "0.033")
    lab.wait_for_status("from epoch 20 on")
    left = trace(lab, "Abandoned path")
    assert [left["x"][0], left["x"][-1]] == pytest.approx([path["x"][20], path["x"][60]], rel=1e-5)


def test_a_run_that_diverges_leaves_the_surface_as_it_is(lab: Lab) -> None:
    visit(lab, epochs=300, speed="max", lr=0.05)
    lab.page.get_by_role("radio", name="3-D surface").click()
    lab.page.wait_for_function(f"{SPACE} && {SPACE}._scene")
    scale = lab.page.evaluate(f"[...{SPACE}._scene.dataScale]")
    lab.press("Play")
    lab.wait_for_status("Diverged at epoch")
    lab.page.wait_for_function(f"{PLOT}?.data.find(t => t.name === 'Now')?.x[0] === null")
    path = [value for value in trace(lab, "Path")["x"] if value is not None]
    low, high = lab.page.evaluate(f"{SPACE}.xaxis.range")
    assert len(path) >= 2 and all(low - 1e-6 <= value <= high + 1e-6 for value in path)
    assert lab.page.evaluate(f"[...{SPACE}._scene.dataScale]") == pytest.approx(scale, rel=1e-6)


def test_without_webgl_a_sentence_says_so(lab: Lab) -> None:
    lab.page.add_init_script(
        """const context = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
            return kind.startsWith("webgl") ? null : context.call(this, kind, ...rest); };"""
    )
    visit(lab, epochs=50, speed="max")
    lab.page.get_by_role("radio", name="3-D surface").click()
    expect(lab.page.get_by_text("WebGL is off")).to_be_visible()
    lab.press("Play")
    lab.wait_for_status("Finished: 50 epochs")
    lab.page.get_by_role("radio", name="Contours").click()
    expect(lab.page.get_by_text("WebGL is off")).to_have_count(0)
    lab.page.wait_for_function(f"{PLOT}?.data.find(t => t.name === 'Path')?.x.length === 51")


def test_fit_by_hand_then_let_gradient_descent_do_it(lab: Lab) -> None:
    visit(lab, epochs=100, speed="max")
    slider = lab.page.get_by_role("slider", name="Bias b at the start")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowLeft")
    lab.page.wait_for_function(
        f"""() => {{ const b0 = Number(new URL(location).searchParams.get('b0'));
            const [shown] = {PLOT}?.data.find(({{name}}) => name === 'Now').y ?? [];
            return b0 < 0 && Math.abs(b0 - shown) < 1e-5; }}"""
    )
    lab.page.locator(".tf-status").click()
    lab.press("Play")
    lab.wait_for_status("Finished: 100 epochs")


def test_squares_are_square_and_average_to_the_loss(lab: Lab) -> None:
    visit(lab, epochs=20, speed="max", play=1)
    lab.wait_for_status("Finished: 20 epochs")
    fit = "document.querySelectorAll('.js-plotly-plot')[1]"
    for zoom in ("0, 100", "30, 60"):
        lab.page.evaluate(f"Plotly.relayout({fit}, {{'xaxis.range': [{zoom}]}})")
        lab.frames(5)
        corners = lab.page.evaluate(
            f"""(() => {{ const {{ data: [{{ x, y }}], _fullLayout: {{ xaxis, yaxis }} }} = {fit};
                return x.map((t, i) => [y[i], xaxis.l2p(t), yaxis.l2p(y[i])]); }})()"""
        )
        squares = [corners[i : i + 5] for i in range(0, len(corners), 6)]
        areas = [(square[1][0] - square[0][0]) ** 2 for square in squares]
        assert sum(areas) / len(areas) == pytest.approx(lab.number("Training loss"), rel=1e-4)
        for square in squares:
            width, height = square[2][1] - square[1][1], square[1][2] - square[0][2]
            assert abs(width) == pytest.approx(abs(height), abs=0.05)


def test_a_rate_is_taken_to_the_lab(lab: Lab) -> None:
    visit(lab, epochs=100)
    lab.page.get_by_role("radio", name="Try sixty learning rates").click()
    lab.page.wait_for_selector(".tf-bare .scatterlayer")
    click_plot(lab.page, 0.5, 0.5, ".tf-bare .tf-plot")
    expect(lab.page.locator(".tf-bare")).to_have_count(0)
    lab.wait_for_status("New run with learning rate")
    assert not lab.page.url.split("?")[0].endswith("landscape")
    field = lab.page.get_by_label("Learning rate", exact=True)
    expect(field).not_to_have_value("")
    rate = float(field.input_value())
    assert 1e-3 < rate < 1e-2  # the middle of a log axis from 1e-6 to 10
    lab.press("Play")
    lab.wait_for_status("Finished: 100 epochs")


@pytest.mark.thorough
def test_trying_rates_can_be_cancelled(lab: Lab) -> None:
    visit(lab, epochs=100, optimizer="LBFGS")
    lab.page.get_by_role("radio", name="Try sixty learning rates").click()
    lab.page.get_by_role("slider", name="Epochs for each rate").press("End")
    lab.page.get_by_role("button", name="Try 60 rates").click()
    expect(lab.page.get_by_role("progressbar").first).to_be_visible(timeout=30_000)
    lab.page.get_by_role("button", name="Cancel").click()
    expect(lab.page.get_by_role("button", name="Cancel")).to_have_count(
        0, timeout=15_000
    )  # all take a minute
    expect(lab.page.get_by_role("button", name="Try 60 rates")).to_be_visible()
    lab.press("Step")
    lab.wait_for_epoch(1)
    expect(lab.page.locator(".tf-bare")).to_have_count(0)
    lab.page.get_by_role("slider", name="Epochs for each rate").press("Home")
    lab.page.get_by_role("button", name="Try 60 rates").click()
    lab.page.wait_for_selector(".tf-bare .scatterlayer", timeout=120_000)  # LBFGS takes its time


def test_phone(page: Page, lab: Lab) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(lab, epochs=50, speed="max", play=1)
    lab.wait_for_status("Finished")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert all(
        (box.bounding_box() or {"width": 999})["width"] <= 390 for box in page.locator(".tf-chart").all()
    )
