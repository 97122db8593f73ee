"""Pinned runs in the Lab: pinned, changed, removed, in the address and as files."""

import io
import json
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_lab import assert_calm, control, header, lab, param
from thermofit import Config, train
from thermofit.charts.theme import THEMES
from thermofit.config.link import Link, write
from thermofit.config.pin import Pin
from thermofit.config.pins import MOST_PINS, read_pins, write_pins
from thermofit.data.own import own_dataset
from thermofit.live.companion import Companion
from thermofit.live.protocol import Act, Question
from thermofit.training.plan import Plan
from thermofit.ui.lab import pin_files
from thermofit.ui.scenes import pinned_board
from thermofit.ui.scenes.pinned_board import track_of
from thermofit.ui.state import keys

SLOW = Pin("Slow", ((0, Config(lr=0.001, epochs=500)),), 500)
CHANGED = Pin(
    "速い", ((0, Config(optimizer="Adam", lr=0.1)), (40, Config(lr=0.02))), 90, style=1, shown=False
)


def test_pins_stay_the_same_runs_when_a_setting_changes() -> None:
    link = Link(Config(lr=0.02), pins=(SLOW, CHANGED))
    at = lab(**write(link))
    assert_calm(at)
    assert not at.warning
    control(at, "optimizer").set_value("Adam").run()
    assert_calm(at)
    assert param(at, "optimizer") == "Adam"
    assert read_pins(param(at, "pins")) == ((SLOW, CHANGED), [])


def test_pins_go_along_to_the_landscape_and_back() -> None:
    at = lab(**write(Link(pins=(SLOW, CHANGED))))
    for page in ("landscape.py", "lab.py"):
        at.switch_page(f"../../pages/{page}").run()
        assert_calm(at)
        (text,) = at.session_state["query written"]["pins"]
        assert read_pins(text) == ((SLOW, CHANGED), [])


# ---- pinning ----


def ask(page: AppTest, **parts: Any) -> AppTest:
    """What the stage asks, of the run that it shows."""
    question = Question(**({"seq": 1, "run": header(page)["run"]} | parts))
    page.session_state[keys.question(keys.LAB_STAGE)] = question
    return page.run()


def pinned_at(at: AppTest, epoch: int) -> AppTest:
    """Play to this epoch, and pin."""
    ask(at, target_epoch=epoch, at=epoch, newest_row=-1, seek=True)
    assert_calm(at)
    return ask(at, at=epoch, newest_row=epoch, pin=True)


def act(at: AppTest, do: str, place: int, name: str = "") -> AppTest:
    """Do something with the pin in this place."""
    pin = pins(at)[place]
    loss = param(at, "loss")
    return ask(at, at=0, newest_row=0, act=Act(do, track_of(pin, loss), name))


def pins(at: AppTest) -> tuple[Pin, ...]:
    text = at.session_state["query written"].get("pins", [""])[0]
    found, problems = read_pins(text)
    assert not problems
    return found


def board(at: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = header(at)["scene"]["board"]
    return found


def rows(at: AppTest) -> list[str]:
    return [row["name"] for row in board(at)["rows"]]


def toasts(at: AppTest) -> list[str]:
    return [toast.value.replace("\\", "") for toast in at.toast]


def test_a_pin_is_named_written_and_drawn() -> None:
    at = lab(epochs="200")
    assert rows(at) == [] and "Pin" in board(at)["empty"]
    pinned_at(at, 40)
    assert_calm(at)
    assert pins(at) == (Pin("SGD, rate 0.01", ((0, Config(epochs=200)),), 40),)
    assert rows(at) == ["Run in hand", "SGD, rate 0.01"]
    (track,) = header(at)["scene"]["tracks"]
    assert board(at)["rows"][1]["track"] == track
    control(at, "optimizer").set_value("Adam").run()
    pinned_at(at, 60)
    assert rows(at) == ["Run in hand", "SGD, rate 0.01", "Adam, rate 0.01"]
    assert [pin.style for pin in pins(at)] == [0, 1]
    assert board(at)["columns"][0]["name"] == "optimizer"


def test_the_same_run_is_not_pinned_twice_but_later_it_may_be() -> None:
    at = pinned_at(lab(epochs="200"), 40)
    pinned_at(at, 40)
    assert toasts(at) == ["This run can't be pinned: it is pinned already, as “SGD, rate 0.01”."]
    assert len(pins(at)) == 1
    pinned_at(at, 50)
    assert [pin.name for pin in pins(at)] == ["SGD, rate 0.01", "SGD, rate 0.01 #2"]


def test_a_pin_of_a_run_that_is_gone_is_dropped() -> None:
    at = lab(epochs="200")
    ask(at, run="somebody-7", at=40, newest_row=40, pin=True)
    assert_calm(at)
    assert pins(at) == () and not toasts(at)


def test_no_more_than_twenty() -> None:
    many = tuple(replace(SLOW, name=f"Run {i}", epoch=i, style=i) for i in range(MOST_PINS))
    at = lab(**write(Link(Config(epochs=200), pins=many)))
    pinned_at(at, 5)
    assert toasts(at) == ["This run can't be pinned: 20 runs are pinned already; remove one of them first."]
    assert pins(at) == many and len(rows(at)) == 21
    act(at, "remove", 7)
    pinned_at(at, 5)
    assert pins(at)[-1].style == 7 and len(pins(at)) == MOST_PINS


def test_what_a_row_can_do() -> None:
    at = lab(**write(Link(pins=(SLOW, CHANGED))))
    assert rows(at) == ["Run in hand", "Slow", "速い"]
    act(at, "rename", 0, "  Snail ")
    assert rows(at)[1] == "Snail"
    act(at, "show", 1)
    act(at, "hide", 0)
    assert [pin.shown for pin in pins(at)] == [False, True]
    act(at, "baseline", 0)
    act(at, "baseline", 1)
    assert [pin.baseline for pin in pins(at)] == [False, True]
    act(at, "baseline", 1)
    assert not any(pin.baseline for pin in pins(at))
    act(at, "take", 0)
    assert_calm(at)
    assert param(at, "lr") == "0.001" and control(at, "lr").value == "0.001"
    assert len(pins(at)) == 2
    act(at, "remove", 0)
    act(at, "remove", 0)
    assert pins(at) == () and rows(at) == []
    assert_calm(at)


def test_a_bad_name_is_told_and_the_old_one_stays() -> None:
    at = lab(**write(Link(pins=(SLOW,))))
    act(at, "rename", 0, "x" * 30)
    assert rows(at)[1] == "Slow" and "too long" in toasts(at)[0]


def test_going_back_undoes_a_pin() -> None:
    at = pinned_at(lab(epochs="200"), 40)
    before = {key: values for key, values in at.session_state["query written"].items() if key != "pins"}
    for key in list(at.query_params):
        del at.query_params[key]
    for key, values in before.items():
        at.query_params[key] = values
    at.run()
    assert_calm(at)
    assert rows(at) == []


# ---- files ----


def test_the_table_and_the_comparison_as_files() -> None:
    odd = replace(CHANGED, name="=cmd()")
    runs = [(pin, Companion.of_plan(Plan(pin.segments, pin.epoch), "mse")) for pin in (SLOW, odd)]
    frame = pd.read_csv(io.StringIO(pin_files.table(runs)))
    assert list(frame["name"]) == ["Slow", "'=cmd()"]
    assert list(frame["lr"]) == [0.001, 0.02] and list(frame["epochs"]) == [500, 90]
    expected = train(Config(lr=0.001, epochs=500)).row(500)["train_loss"]
    assert frame["final_train_loss"][0] == pytest.approx(expected, rel=1e-6)
    slow, changed = json.loads(pin_files.comparison(runs))["runs"]
    assert slow["rows"]["train_loss"][-1] == pytest.approx(expected, rel=1e-6)
    assert [part["from epoch"] for part in changed["settings"]] == [0, 40]
    assert changed["rows"]["epoch"] == list(range(91)) and changed["name"] == "=cmd()"


def test_files_tell_own_readings_by_their_label() -> None:
    own = Config(data=own_dataset([1.0, 2.0, 4.0], [3.0, 5.0, 6.0], "a", "b", "=Spring"), val=0.0)
    pins = (Pin("Own", ((0, own),), 9), Pin("Old", ((0, Config()),), 9, 1))
    runs = [(pin, Companion.of_plan(Plan(pin.segments, pin.epoch), "mse")) for pin in pins]
    assert list(pd.read_csv(io.StringIO(pin_files.table(runs)))["data"]) == ["'=Spring", "Thermometer"]
    told = json.loads(pin_files.comparison(runs))["runs"]
    assert [(run["readings"], run["settings"][0]["data"]) for run in told] == [
        ("=Spring", "own"),
        ("Thermometer", "thermometer"),
    ]


def test_files_are_offered_only_where_something_is_pinned() -> None:
    labels = {"Table as CSV", "Comparison as JSON"}
    assert not labels & {button.proto.label for button in lab().get("download_button")}
    at = lab(**write(Link(pins=(SLOW,))))
    assert labels <= {button.proto.label for button in at.get("download_button")}


def test_a_link_has_room_for_one_set_of_own_readings_which_its_table_tells() -> None:
    def on(*targets: float) -> Config:
        return Config(data=own_dataset([1.0, 2.0, 4.0], targets, "a", "b"), val=0.0)

    here, there = on(3.0, 5.0, 6.0), on(3.0, 5.0, 7.0)
    pins = [
        Pin(name, ((0, config),), 9, style)
        for style, (name, config) in enumerate({"same": here, "other": there, "gallery": Config()}.items())
    ]
    rows = pinned_board.board(here, pins, THEMES["light"]).rows
    assert [row.name for row in rows if not row.linked] == ["other"]
    found, problems = read_pins(write_pins(pins, here.data), here.data)
    assert [pin.name for pin in found] == ["same", "gallery"] and not problems
