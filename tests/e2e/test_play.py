"""Play, pause, steps, time travel: what the stage does with the rows it has."""

import pytest

from tests.e2e.lab import BOTH, Lab
from thermofit import Config, train

pytestmark = pytest.mark.e2e

LONG = {"epochs": 60_000, "speed": "max"}


@pytest.mark.everywhere
@BOTH
def test_play_to_the_end_and_again(lab: Lab) -> None:
    lab.open(epochs=50, speed=1000)
    assert lab.epoch == 0
    lab.press("Play")
    lab.wait_for_status("Finished: 50 epochs")
    assert lab.epoch == 50
    expected = train(Config(epochs=50)).row(50)
    assert lab.number("Training loss") == pytest.approx(expected["train_loss"], rel=1e-6)
    assert lab.number("Validation loss") == pytest.approx(expected["val_loss"], rel=1e-6)
    lab.speed("10")
    lab.press("Play")  # at the end it starts over
    lab.page.get_by_role("button", name="Pause", exact=True).wait_for()
    assert lab.epoch < 50


@BOTH
def test_steps_are_epochs(lab: Lab) -> None:
    lab.open(epochs=100, speed=1)
    for _ in range(12):
        lab.press("Step")
    lab.wait_for_epoch(12)
    lab.press("Back")
    lab.wait_for_epoch(11)
    assert lab.number("Training loss") == pytest.approx(
        train(Config(epochs=11)).row(11)["train_loss"], rel=1e-6
    )
    lab.press("Reset")
    lab.wait_for_epoch(0)
    assert lab.page.get_by_role("button", name="Back", exact=True).is_disabled()


def test_keyboard(lab: Lab) -> None:
    lab.open(epochs=1000, speed=10)
    lab.page.locator(".tf-status").click()
    for _ in range(3):
        lab.page.keyboard.press("ArrowRight")
    lab.wait_for_epoch(3)
    lab.page.keyboard.press("ArrowLeft")
    lab.wait_for_epoch(2)
    lab.page.keyboard.press(" ")
    lab.wait_past(4)
    lab.page.keyboard.press(" ")
    lab.page.get_by_role("button", name="Play", exact=True).wait_for()
    lab.page.keyboard.press("Home")
    lab.wait_for_epoch(0)


def test_pause_is_at_once_and_ten_steps_back_are_ten_epochs(lab: Lab) -> None:
    lab.open(**LONG)
    lab.press("Play")
    lab.wait_past(2000)
    at = lab.page.evaluate(
        """() => { document.querySelector('[data-part=play]').click();
            return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
                done(Number(document.querySelector('.tf-cell .tf-value').innerText))))); }"""
    )
    lab.page.wait_for_timeout(600)
    assert lab.epoch == at < 60_000
    for _ in range(10):
        lab.press("Back")
    lab.wait_for_epoch(at - 10)
    assert lab.number("Weight w") == pytest.approx(train(Config(epochs=at - 10)).row(at - 10)["w"], rel=1e-5)


@BOTH
def test_thinned_runs_are_exact_where_they_stand(lab: Lab) -> None:
    """A run too long to send completely: Back and the timeline still show exactly the requested epoch."""
    lab.open(epochs=1_000_000, speed="max", gradient="manual", optimizer="by-hand")
    lab.press("Play")
    lab.wait_past(20_000)
    lab.press("Pause")
    lab.drag_timeline(12_347)
    lab.wait_for_epoch(12_347)
    for _ in range(3):
        lab.press("Back")
    lab.wait_for_epoch(12_344)


def test_timeline_reaches_every_epoch_so_far(lab: Lab) -> None:
    lab.open(epochs=400, speed="max", play=1)
    lab.wait_for_status("Finished")
    lab.drag_timeline(123)
    lab.wait_for_epoch(123)
    assert lab.number("Bias b") == pytest.approx(train(Config(epochs=123)).row(123)["b"], rel=1e-4)
    lab.press("Play")
    lab.wait_for_status("Finished")
    assert lab.epoch == 400


def test_the_plots_are_never_rebuilt_and_a_zoom_survives(lab: Lab) -> None:
    lab.open(**LONG)
    lab.page.evaluate(
        "document.querySelectorAll('.js-plotly-plot, .main-svg').forEach((node, i) => node.mark = i + 1)"
    )
    before = lab.page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot, .main-svg')].map(node => node.mark)"
    )
    lab.press("Play")
    lab.wait_past(1000)
    plot = lab.page.locator(".tf-plot").nth(0).bounding_box()
    assert plot
    lab.page.mouse.move(plot["x"] + 150, plot["y"] + 120)
    lab.page.mouse.down()
    lab.page.mouse.move(plot["x"] + 300, plot["y"] + 260, steps=5)
    lab.page.mouse.up()
    lab.frames(10)
    zoomed = lab.page.evaluate(
        "document.querySelectorAll('.js-plotly-plot')[0].layout.xaxis.range.map(Number)"
    )
    lab.wait_for_status("Finished")
    after = lab.page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot, .main-svg')].map(node => node.mark)"
    )
    assert after == before
    assert (
        lab.page.evaluate("document.querySelectorAll('.js-plotly-plot')[0].layout.xaxis.range.map(Number)")
        == zoomed
    )
    assert zoomed[1] - zoomed[0] < 40


def test_speeds(lab: Lab) -> None:
    lab.open(epochs=100_000)
    for label, value in (("1", "1"), ("10", "10"), ("1\u202f000", "1000"), ("Max", "max"), ("100", "100")):
        lab.speed(label)
        assert lab.probe("stage.speed") == value
    lab.press("Play")
    lab.wait_past(20)
    lab.speed("1\u202f000")
    lab.wait_past(300)
    lab.press("Pause")
    ahead = lab.probe("stage.rows.last - stage.epoch")
    assert ahead <= 2 * 1000 + 4


@BOTH
def test_a_lost_a_repeated_and_a_late_answer(lab: Lab) -> None:
    """Answers are numbered: after each of these the rows are as if nothing had happened."""
    lab.open(epochs=3000, speed=1000)
    lab.page.evaluate(
        """() => { const stage = document.querySelector('.tf-stage').parentElement.stage;
            const receive = stage.receive.bind(stage); let n = 0; const kept = [];
            stage.receive = (bytes) => { n += 1; kept.push(bytes);
                if (n % 3 === 1) return;                          // lost
                receive(bytes); if (n % 3 === 2) receive(bytes);  // repeated
                if (n % 4 === 0) receive(kept[0]); }; }           // late"""
    )
    lab.press("Play")
    lab.wait_for_status("Finished")
    assert lab.probe("stage.rows.length") == 3001
    assert lab.probe("[...stage.rows.epoch.slice(0, 3001)].every((epoch, row) => epoch === row)")
    history = train(Config())
    rows = lab.probe("[...stage.rows.columns.train_loss.slice(0, 3001)]")
    assert rows == pytest.approx(history.rows(columns=("train_loss",)).flatten().tolist(), rel=1e-6)


def test_toggles(lab: Lab) -> None:
    lab.open(epochs=30, speed="max", play=1)
    lab.wait_for_status("Finished")
    lab.page.get_by_label("Residuals").check()
    lab.page.get_by_label("Closed-form line").check()
    lab.page.get_by_label("Log scale", exact=True).uncheck()
    visible: dict[str, bool] = lab.probe(
        "Object.fromEntries(stage.figures[0].meta.toggles.filter(({traces}) => traces)"
        ".map(({label, traces}) =>"
        "[label, traces.every(index => stage.figures[0].plot.data[index].visible)]))"
    )
    assert visible == {"Squares": False, "Residuals": True, "Closed-form line": True}
    assert lab.page.evaluate("document.querySelectorAll('.js-plotly-plot')[1].layout.yaxis.type") == "linear"
    lab.press("Back")
    lab.wait_for_epoch(29)


def test_hover_tells_prediction_and_residual(lab: Lab) -> None:
    lab.open(epochs=30, speed="max", play=1)
    lab.wait_for_status("Finished")
    points = lab.page.evaluate(
        """document.querySelectorAll('.js-plotly-plot')[0].data
            .filter(trace => trace.name === 'Training').map(({x, y, customdata}) => [x, y, customdata])[0]"""
    )
    row = train(Config(epochs=30)).row(30)
    for t_u, t_c, (_, predicted, residual) in zip(*points, strict=True):
        assert predicted == pytest.approx(row["w"] * 0.1 * t_u + row["b"], rel=1e-5)
        assert residual == pytest.approx(t_c - predicted, abs=1e-9)


@BOTH
def test_steps_pressed_faster_than_rows_arrive(lab: Lab) -> None:
    lab.open(epochs=100, speed=1)
    lab.page.evaluate("for (let i = 0; i < 30; i++) document.querySelector('[data-part=step]').click()")
    lab.wait_for_epoch(30)
    lab.page.evaluate("for (let i = 0; i < 3; i++) document.querySelector('[data-part=back]').click()")
    lab.wait_for_epoch(27)
