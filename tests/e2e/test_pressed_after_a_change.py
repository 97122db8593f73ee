"""What is pressed after a setting was changed is meant for the run that the change begins."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.lab import Lab
from thermofit import Config, train

pytestmark = pytest.mark.e2e

GAPS = (0, 30, 100, 250, 500, 1000)  # ms between the change and the press

# Record for every picture which run it shows, at which epoch, and with which bias.
RECORD = """(() => {
    window.pictures = [];
    const part = document.querySelector('.tf-stage').parentElement.stage;
    const look = () => {
        const last = window.pictures.at(-1);
        if (part.shown >= 0 && (last?.[0] !== part.run || last[1] !== part.epoch))
            window.pictures.push([part.run, part.epoch]);
        requestAnimationFrame(look);
    };
    look();
})()"""


def typed(label: str, value: str) -> Callable[[Lab], None]:
    """Types like a person: without Enter."""

    def act(lab: Lab) -> None:
        field = lab.page.get_by_label(label, exact=True)
        field.click()
        field.press("Control+a")
        field.press_sequentially(value)

    return act


def chosen(label: str, option: str) -> Callable[[Lab], None]:
    def act(lab: Lab) -> None:
        menu = lab.page.get_by_role("combobox", name=label)
        menu.scroll_into_view_if_needed()  # an open menu closes when the page scrolls
        lab.frames()
        menu.click()
        lab.page.get_by_role("option", name=option, exact=True).click()

    return act


def picked(name: str) -> Callable[[Lab], None]:
    return lambda lab: lab.page.get_by_role("radio", name=name, exact=True).click()


def slid(label: str) -> Callable[[Lab], None]:
    return lambda lab: lab.page.get_by_role("slider", name=label).press("ArrowRight")


# control: (how a person changes it, the settings of the run after that)
CONTROLS: dict[str, tuple[Callable[[Lab], None], dict[str, Any]]] = {
    "rate": (typed("Learning rate", "0.004"), {"lr": 0.004}),
    "rate slider": (slid("Rate slider"), {"lr": 0.0112}),
    "epochs": (typed("Epochs", "900"), {"epochs": 900}),
    "start": (typed("Start weight", "4"), {"w0": 4.0}),
    "seed": (typed("Split seed", "7"), {"split_seed": 7}),
    "gradient": (picked("Manual"), {"gradient": "manual"}),
    "optimizer": (chosen("Optimizer", "Adam"), {"optimizer": "Adam"}),
    "scaling": (chosen("Input scaling", "Standardize"), {"scaling": "standardize"}),
    "loss": (chosen("Loss", "Mean absolute error"), {"loss": "mae"}),
    "share": (slid("Validation share"), {"val": 0.21}),
}


def play(lab: Lab) -> int:
    lab.press("Play")
    lab.wait_past(20)
    lab.press("Pause")
    return lab.epoch


def step(lab: Lab) -> int:
    lab.press("Step")
    lab.press("Step")
    lab.wait_for_epoch(2)
    return 2


def timeline(lab: Lab) -> int:
    lab.drag_timeline(3)
    lab.wait_for_epoch(3)
    return 3


def speed(lab: Lab) -> int:
    lab.speed("Max")
    lab.press("Play")
    lab.wait_for_status("Finished")  # too soon for Pause: the button may say Play before it is pressed
    return lab.epoch


PRESSES = (play, step, timeline, speed)
WAYS = ("lane", "page")  # that rows come: see the fixture
CASES = [
    (control, press, GAPS[i % len(GAPS)], WAYS[(i // len(GAPS) + i) % 2])
    for i, (control, press) in enumerate(itertools.product(CONTROLS, PRESSES))
]


@pytest.mark.parametrize(("control", "press", "gap", "lab"), CASES, indirect=["lab"])
def test_a_press_after_a_change_at_the_start(
    lab: Lab, control: str, press: Callable[[Lab], int], gap: int
) -> None:
    change, settings = CONTROLS[control]
    lab.open(speed=100)
    lab.page.evaluate(RECORD)
    change(lab)
    lab.page.wait_for_timeout(gap)
    reached = press(lab)
    config = Config(**settings)
    row = train(config).row(reached)
    assert lab.number("Bias b") == pytest.approx(row["b"], rel=1e-5)
    assert lab.probe("[stage.changed.length, stage.ghost]") == [0, None]  # a new run, not a branch
    runs = lab.page.evaluate("window.pictures")
    assert {epoch for run, epoch in runs if run != runs[-1][0]} <= {0}  # no epoch of the previous run


@pytest.mark.parametrize("gap", GAPS)
def test_a_rate_typed_then_reset_then_play(lab: Lab, gap: int) -> None:
    lab.open(speed=100)
    lab.press("Play")
    lab.wait_past(30)
    lab.press("Pause")
    typed("Learning rate", "0.004")(lab)
    lab.page.wait_for_timeout(gap)
    lab.press("Reset")
    lab.press("Play")
    lab.page.wait_for_function(
        "[document.querySelector('.tf-stage').parentElement.stage]"
        ".every(stage => stage.playing && !stage.changed.length)"
    )
    lab.wait_past(10)
    lab.press("Pause")
    row = train(Config(lr=0.004)).row(lab.epoch)
    assert lab.number("Bias b") == pytest.approx(row["b"], rel=1e-5)
    assert lab.probe("[stage.changed.length, stage.ghost]") == [0, None]


def test_while_it_plays_no_epoch_runs_under_a_rate_that_is_being_typed_over(lab: Lab) -> None:
    lab.open(speed=100, epochs=20_000)
    lab.press("Play")
    lab.wait_past(30)
    typed("Learning rate", "0.004")(lab)
    held = lab.epoch
    lab.page.wait_for_timeout(300)
    assert lab.epoch == held
    lab.wait_for_status("Press Enter or Play")
    lab.page.keyboard.press("Enter")
    lab.wait_past(held + 20)
    assert lab.probe("stage.changed") == [held]


@pytest.mark.parametrize("path", ["", "landscape"])
def test_typing_keeps_the_console_quiet(lab: Lab, path: str) -> None:
    said: list[str] = []
    lab.page.on("console", lambda message: said.append(message.text))
    lab.page.goto(f"{lab.url}/{path}?epochs=20000&speed=100&play=1")
    lab.page.wait_for_selector(".tf-stage .js-plotly-plot .scatterlayer")
    for label, value in (("Learning rate", "0.02"), ("Start weight", "4"), ("Learning rate", "0.03")):
        typed(label, value)(lab)
        lab.page.wait_for_timeout(150)
        lab.page.locator("[data-part=play]").click()
        lab.page.wait_for_timeout(300)
    assert not [text for text in said if "fragmentIds" in text]


def test_a_press_beside_settings_changes_nothing(lab: Lab) -> None:
    lab.open(speed=100, epochs=20_000)
    lab.press("Play")
    lab.wait_past(10)
    before = lab.probe("stage.run")
    lab.page.get_by_text("Advanced").click()
    lab.wait_past(lab.epoch + 50)
    assert lab.probe("stage.run") == before


@pytest.mark.parametrize(
    ("label", "wrong", "reason"), [("Epochs", "2.5", "not a whole number"), ("Epochs", "", "left empty")]
)
def test_a_number_that_is_none_is_refused_not_changed(lab: Lab, label: str, wrong: str, reason: str) -> None:
    lab.open(epochs=40)
    lab.type(label, wrong)
    alert = lab.page.get_by_test_id("stAlert")
    alert.get_by_text(label).wait_for()
    assert reason in alert.inner_text()
    assert lab.page.get_by_label(label, exact=True).input_value() == wrong
    assert lab.probe("stage.scene.epochs") == 40


def test_going_on_from_an_explosion_goes_on_from_the_last_sane_epoch(lab: Lab) -> None:
    lab.open(preset="raw-explodes", play=1, speed="max")
    lab.wait_for_status("Diverged at epoch")
    lab.page.get_by_role("radio", name="Go on from here").click()
    chosen("Optimizer", "Adam")(lab)
    lab.wait_for_status("exploded")
    assert lab.epoch == 0  # this one exploded at once, so it is a new run
    assert lab.number("Training loss") < 1e5
