"""Settings while a run plays, divergence, links, phones, and the first visitor of a server."""

import random
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import ROOT, Server
from tests.e2e.lab import Lab
from thermofit import Config, Run, train
from thermofit.config.presets import PRESETS
from thermofit.numbers import count, written
from thermofit.ui.navigation import PAGES

pytestmark = pytest.mark.e2e


def test_a_new_rate_applies_from_the_epoch_shown(lab: Lab) -> None:
    lab.open(epochs=20_000, speed=100)
    lab.press("Play")
    lab.wait_past(40)
    lab.type("Learning rate", "0.02")
    lab.wait_for_status("Learning rate 0.02 from epoch")
    changed = int(lab.status.split("from epoch ")[1].split()[0])
    lab.speed("Max")
    lab.wait_for_status("Finished")
    run = Run(Config(epochs=20_000))
    run.advance(epochs=changed)
    run.change_rate(0.02)
    run.advance(epochs=20_000)
    assert 40 < changed < 20_000
    assert lab.number("Training loss") == pytest.approx(run.history.row(20_000)["train_loss"], rel=1e-6)
    lab.press("Reset")
    lab.press("Play")  # Reset brings back the start: now with the new rate from epoch 0
    lab.wait_for_status("Finished")
    expected = train(Config(epochs=20_000, lr=0.02)).row(20_000)["train_loss"]
    assert lab.number("Training loss") == pytest.approx(expected, rel=1e-6)


def change_the_rate_at_50(lab: Lab) -> None:
    lab.open(epochs=200, speed="max", play=1)
    lab.wait_for_status("Finished")
    lab.drag_timeline(50)
    lab.wait_for_epoch(50)
    lab.type("Learning rate", "0.001")
    lab.wait_for_status("Learning rate 0.001 from epoch 50 on")


def test_a_new_rate_while_paused_and_back_in_time(lab: Lab) -> None:
    change_the_rate_at_50(lab)
    assert lab.epoch == 50
    lab.press("Play")
    lab.wait_for_status("Finished")
    run = Run(Config(epochs=200))
    run.advance(epochs=50)
    run.change_rate(0.001)
    run.advance(epochs=200)
    assert lab.number("Bias b") == pytest.approx(run.history.row(200)["b"], rel=1e-5)


@pytest.mark.parametrize(("pressed", "reached"), [(["step", "step"], 2), (["play"], 200)])
def test_what_is_pressed_right_after_reset_is_meant_for_the_new_run(
    lab: Lab, pressed: list[str], reached: int
) -> None:
    change_the_rate_at_50(lab)
    at_once = ["reset", *pressed]  # before the server can answer the first one
    lab.probe(f"{at_once}.forEach(part => stage.part(part).click())")
    expected = train(Config(epochs=200, lr=0.001)).row(reached)["b"]
    expect(lab.cell("Bias b")).to_have_text(written(expected, 6), timeout=60_000)
    assert lab.epoch == reached


def test_other_settings_start_a_new_run_and_say_so(lab: Lab) -> None:
    lab.open(epochs=5000, speed=100)
    lab.press("Play")
    lab.wait_past(20)
    lab.page.get_by_role("radio", name="Manual").click()
    lab.wait_for_status("New run: gradient changed")
    lab.wait_for_epoch(0)
    lab.press("Play")
    lab.wait_past(20)


def test_divergence_is_told_not_shown_as_nan(lab: Lab) -> None:
    lab.open(preset="raw-explodes", play=1, speed=10)
    lab.wait_for_status("Diverged at epoch")
    run = Run(PRESETS["raw-explodes"].config)
    run.advance(epochs=100)
    assert f"Diverged at epoch {run.diverged_at}" in lab.status
    assert "smaller learning rate" in lab.status and "scale the inputs" in lab.status
    shown = lab.page.inner_text("body")
    assert "nan" not in shown.lower().split() and "NaN" not in shown and "Infinity" not in shown
    assert lab.page.get_by_role("button", name="Step", exact=True).is_disabled()
    lab.type("Learning rate", "0.0001")  # nobody wants to go on from an exploded line
    lab.wait_for_status("New run with learning rate 0.0001")


@pytest.mark.parametrize(
    ("preset", "final"),
    [("raw-inputs", 100), ("scaled-by-hand", 5000), ("scaled-autograd", 5000), ("train-validation", 3000)],
)
def test_printed_runs_come_off_the_page(lab: Lab, preset: str, final: int) -> None:
    lab.open(preset=preset, play=1, speed="max")
    lab.wait_for_status(f"Finished: {count(final)} epochs")
    row = train(PRESETS[preset].config).row(final)
    for label, name in (("Training loss", "train_loss"), ("Weight w", "w"), ("Bias b", "b")):
        assert lab.number(label) == pytest.approx(row[name], rel=1e-5)


def test_the_address_is_the_link(lab: Lab) -> None:
    lab.open(epochs=40, optimizer="Adam", beta1=0.8, lr="1e-2", speed="max")
    lab.page.get_by_role("radio", name="Manual").click()
    lab.page.wait_for_url("**gradient=manual**")
    address = lab.page.url
    assert "beta1=0.8" in address and "play" not in address
    lab.page.goto(address + "&play=1")
    lab.wait_for_status("Finished")
    expected = train(Config(gradient="manual", optimizer="Adam", hyper={"beta1": 0.8}, epochs=40)).row(40)
    assert lab.number("Training loss") == pytest.approx(expected["train_loss"], rel=1e-6)


def test_copy_link(lab: Lab) -> None:
    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.open(epochs=40)
    lab.speed("Max")
    lab.press("Copy link")
    lab.wait_for_status("Link copied")
    copied = lab.page.evaluate("navigator.clipboard.readText()")
    assert "epochs=40" in copied and "speed=max" in copied


def test_a_wrong_link_is_told_and_the_rest_applied(lab: Lab) -> None:
    lab.open(optimizer="Adams", lr=99, epochs=40, val="a lot", colour="red")
    warning = lab.page.get_by_test_id("stAlert")
    for part in ("Optimizer", "Learning rate", "Validation share", "colour", "Everything else was"):
        expect(warning).to_contain_text(part)
    assert lab.probe("stage.scene.epochs") == 40


def test_bad_input_loses_nothing(lab: Lab) -> None:
    lab.open(epochs=40)
    lab.type("Learning rate", "fast")
    expect(lab.page.get_by_test_id("stAlert")).to_contain_text("Learning rate")
    lab.press("Step")
    lab.wait_for_epoch(1)
    lab.type("Learning rate", "0.05")
    expect(lab.page.get_by_test_id("stAlert")).to_have_count(0)


def test_reload_and_wrong_order(lab: Lab) -> None:
    """Impatient hands: every button, twice, while it plays."""
    lab.open(epochs=3000, speed=100)
    for name in ("Play", "Step", "Play", "Reset", "Reset", "Play", "Back", "Back", "Step", "Play"):
        lab.press(name)
        lab.frames(2)
    lab.speed("Max")
    lab.wait_for_status("Finished: 3\u202f000 epochs")
    assert lab.number("Training loss") == pytest.approx(3.1869, rel=2e-5)


def test_phone(page: Page, lab: Lab) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    lab.open(epochs=50, speed="max", play=1)
    lab.wait_for_status("Finished")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    charts = [box.bounding_box() for box in page.locator(".tf-chart").all()]
    assert all(box and box["width"] <= 390 for box in charts)
    assert charts[0]["x"] == charts[1]["x"] and charts[0]["y"] < charts[1]["y"]
    for button in page.locator(".tf-bar button:visible").all():
        assert (button.bounding_box() or {"height": 0})["height"] >= 44
    settings = page.get_by_test_id("stSidebar").bounding_box()
    assert settings and settings["x"] + settings["width"] <= 0  # one tap away, not in the way


def test_everything_fits_a_projector(lab: Lab) -> None:
    lab.open(epochs=50)
    charts = lab.page.locator(".tf-charts").bounding_box()  # the table of pinned runs may begin below
    assert charts and charts["y"] + charts["height"] <= 900
    left, right = (box.bounding_box() for box in lab.page.locator(".tf-chart").all())
    assert left and right and left["height"] == right["height"] and left["y"] == right["y"]
    before = lab.page.locator(".tf-chart").first.bounding_box()
    lab.speed("Max")
    lab.press("Play")
    lab.wait_for_status("Finished")
    assert lab.page.locator(".tf-chart").first.bounding_box() == before


def test_cold_deep_link(page: Page) -> None:
    """The very first request to a server is a deep link with a set-up."""
    with Server() as server:
        lab = Lab(page, server.url).open(epochs=30, preset="scaled-by-hand", play=1, speed="max")
        lab.wait_for_status("Finished: 30 epochs")
        expect(page.get_by_label("Learning rate", exact=True)).to_be_visible()
        assert lab.errors == []


@pytest.mark.parametrize(
    ("address", "script"),
    [*((address, "app.py") for _, _, address, _ in PAGES), ("landscape", "thermofit/ui/main.py")],
)
def test_cold_deep_link_to_every_page(page: Page, address: str, script: str) -> None:
    """A server without previous visitors shows any page completely: frame, settings, pictures.

    So does one that was started the other way, without a lane of its own.
    """
    with Server(app=ROOT / script) as server:
        page.goto(f"{server.url}/{address}?epochs=30")
        page.wait_for_selector(".tf-stage .js-plotly-plot .scatterlayer")
        expect(page.get_by_test_id("stTopNavLink")).to_have_count(len(PAGES))
        assert page.get_by_test_id("stException").count() == 0
        assert server.errors() == 0


def test_the_theme_changes_while_it_plays(lab: Lab) -> None:
    lab.open(epochs=100_000, speed=100, play=1)
    ink = "stage.figures[0].plot.data.find(trace => trace.name === 'Current line').line.color"
    light = lab.probe(ink)
    lab.page.emulate_media(color_scheme="dark")
    lab.page.wait_for_function(
        """light => {
            const stage = document.querySelector('.tf-stage')?.parentElement.stage;
            const line = stage?.figures[0].plot?.data.find(trace => trace.name === 'Current line');
            return line && line.line.color !== light;
        }""",
        arg=light,
    )
    at = lab.epoch
    lab.wait_past(at + 20)


def test_hidden_tab_asks_for_nothing(lab: Lab) -> None:
    lab.open(epochs=100_000, speed=100)
    lab.press("Play")
    lab.wait_past(10)
    lab.page.evaluate(
        """Object.defineProperty(document, 'hidden', {value: true, configurable: true});
           const draw = window.requestAnimationFrame;
           window.requestAnimationFrame = (callback) => document.hidden ? 0 : draw(callback)"""
    )
    lab.page.wait_for_timeout(500)
    asked = lab.probe("stage.questions.lane.connection.seq + stage.questions.page.seq")
    lab.page.wait_for_timeout(1500)
    assert lab.probe("stage.questions.lane.connection.seq + stage.questions.page.seq") == asked


@pytest.mark.thorough
def test_random_links(page: Page, lab: Lab, server: Server) -> None:
    """Some of the 500 hostile query strings of tests/pages in the real browser."""
    rng = random.Random(7)
    keys = [
        "lr",
        "epochs",
        "optimizer",
        "val",
        "preset",
        "speed",
        "play",
        "w0",
        "hyper",
        "embed_options",
        "%00",
        "<b>",
    ]
    values = [
        "1e999",
        "-1",
        "nan",
        "Adam",
        "max",
        "1",
        "",
        "💥",
        "a" * 3000,
        "<script>alert(1)</script>",
        "[x](http://y)",
    ]
    for _ in range(8):
        parts = [f"{quote(rng.choice(keys))}={quote(rng.choice(values))}" for _ in range(rng.randint(1, 5))]
        page.goto(f"{server.url}/?{'&'.join(parts)}")
        page.wait_for_selector(".tf-stage .js-plotly-plot .scatterlayer")
        assert page.get_by_test_id("stException").count() == 0


def test_axes_follow_a_run_that_explodes_after_another(lab: Lab) -> None:
    lab.open(speed=100, epochs=300, play=1)
    lab.wait_for_status("Finished")
    lab.page.get_by_label("Preset", exact=True).click()
    lab.page.get_by_role("option", name=PRESETS["raw-explodes"].label).click()
    lab.wait_for_status("New run")
    lab.press("Play")
    lab.wait_for_status("Diverged")
    lab.page.get_by_role("button", name="Use ").wait_for()  # the hint, after another run of the script
    lab.frames(10)
    low, high = lab.probe("stage.figures[1].plot.layout.yaxis.range.map(Number)")
    assert 10**low < lab.number("Training loss") <= 10**high
