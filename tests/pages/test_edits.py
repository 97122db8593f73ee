"""Points edited in the picture: a new run on the changed readings, the way back, and what is refused."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_lab import assert_calm, control, header, lab, param
from thermofit import Config, Run
from thermofit.config.readings_text import unpack_readings
from thermofit.data.edit import MOST_POINTS, Edit, edited, rows
from thermofit.data.own import own_dataset
from thermofit.data.registry import DATASETS, THERMOMETER
from thermofit.data.scaling import SCALINGS
from thermofit.live.protocol import PointEdit, Question
from thermofit.ui.controls import sidebar
from thermofit.ui.lab.edits import OVERTAKEN
from thermofit.ui.scenes import fit_and_loss
from thermofit.ui.scenes.editable import SWITCH, editable, refused
from thermofit.ui.state import keys

MOVE = Edit("move", 2, 60.0, -3.5)


def present(at: AppTest) -> Any:
    return at.session_state["live runs"]["lab"].config


def edit(at: AppTest, what: Edit, of: str | None = None) -> None:
    """What the stage asks when a point was edited."""
    wanted = PointEdit(of or present(at).dataset.fingerprint, what)
    at.session_state[keys.question(keys.LAB_STAGE)] = Question(edit=wanted, at=9)
    at.run()


def press(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label == label).click().run()
    assert_calm(at)


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


@pytest.mark.parametrize("what", [MOVE, Edit("add", 0, 40.0, 5.0), Edit("remove", 2)], ids=lambda e: e.kind)
def test_an_edit_begins_a_run_on_the_changed_readings(what: Edit) -> None:
    at = lab(epochs="77", lr="0.02")
    before = header(at)
    edit(at, what)
    assert_calm(at)
    after, expected = header(at), edited(THERMOMETER, what, 0.2, 58)
    assert after["run"] != before["run"] and not after["play"] and after["note"].startswith("New run: point")
    assert present(at) == Config(data=expected, epochs=77, lr=0.02)
    assert unpack_readings(param(at, "readings")) == expected
    assert control(at, "data").value == expected
    assert after["scene"]["figures"][0]["layout"]["meta"]["edit"]["of"] == expected.fingerprint


@pytest.mark.parametrize("scaling", SCALINGS)
def test_go_on_from_here_starts_from_the_line_shown(scaling: str) -> None:
    at = lab(epochs="77", scaling=scaling, lr="1e-4")
    run = at.session_state["live runs"]["lab"].run
    run.advance(epochs=30)
    line = run.scale.original(run.history.row(9)["w"], run.history.row(9)["b"])
    control(at, keys.ON_CHANGE).set_value(sidebar.ON).run()
    edit(at, MOVE)
    assert_calm(at)
    changed = Run(present(at))
    start = changed.history.row(0)
    assert present(at).data == edited(THERMOMETER, MOVE)
    assert changed.scale.original(start["w"], start["b"]) == pytest.approx(line, rel=1e-4, abs=1e-4)


def test_edits_are_undone_one_by_one_or_all_at_once() -> None:
    at = lab()
    assert "Undo the last edit" not in labels(at)
    edit(at, MOVE)
    edit(at, Edit("remove", 0))
    once = edited(THERMOMETER, MOVE)
    assert present(at).data == edited(once, Edit("remove", 0), 0.2, 58)
    press(at, "Undo the last edit")
    assert present(at).data == once
    edit(at, Edit("add", 0, 1.0, 2.0))
    press(at, "Back to the original readings")
    assert present(at) == Config() and "readings" not in at.query_params
    assert "Undo the last edit" not in labels(at)


def test_an_edit_of_other_readings_does_nothing_and_says_so() -> None:
    at = lab()
    run = header(at)["run"]
    edit(at, MOVE, of=DATASETS["hubble"].fingerprint)
    assert_calm(at)
    assert (header(at)["run"], header(at)["note"], present(at)) == (run, OVERTAKEN, Config())


def test_an_edit_that_can_not_be_is_refused_in_words() -> None:
    at = lab()
    edit(at, Edit("move", 11, 0.0, 0.0))
    assert_calm(at)
    assert "there is no such point" in header(at)["note"] and present(at) == Config()


@pytest.mark.parametrize("name", DATASETS)
def test_the_switch_is_there_for_few_readings_and_says_why_for_many(name: str) -> None:
    config = Config(data=name)
    (fit, *_) = editable(fit_and_loss.lab(config, "100", "light"), config).figures
    switch = fit.layout.meta["toggles"][-1]
    few = len(DATASETS[name]) <= MOST_POINTS
    assert (switch["label"], switch["refused"], switch["on"]) == (
        SWITCH if few else refused(),
        not few,
        False,
    )
    assert ("edit" in fit.layout.meta) == few
    if few:
        told = fit.layout.meta["edit"]
        numbers = [row[0] - 1 for index in told["traces"]["markers"] for row in fit.data[index].customdata]
        assert sorted(numbers) == list(range(len(told["inputs"])))
        shown = [x for index in told["traces"]["markers"] for x in fit.data[index].x]
        assert shown == pytest.approx([told["inputs"][row] for row in numbers], rel=1e-6, abs=1e-6)


def test_two_hundred_and_one_readings_are_too_many() -> None:
    many = [float(value) for value in range(MOST_POINTS + 1)]
    config = Config(data=own_dataset(many, many, "x", "y"))
    (fit, *_) = editable(fit_and_loss.lab(config, "100", "light"), config).figures
    assert fit.layout.meta["toggles"][-1]["label"] == refused()


def test_the_same_readings_stay_held_out_and_it_is_said_where_they_can_not() -> None:
    at = lab()

    def held() -> list[tuple[float, float]]:
        found = rows(present(at).dataset)
        return sorted(found[row] for row in Run(present(at)).split.validation.tolist())

    first = held()
    for x in (40.0, 41.0, 42.0):
        edit(at, Edit("add", 0, x, 5.0))
        number = rows(present(at).dataset).index((x, 5.0)) + 1
        assert header(at)["note"] == f"New run: point {number} added at ({x:g}, 5). Press Play."
        assert held() == first
    edit(at, Edit("add", 0, 43.0, 5.0))  # a fifth of 15 are three
    assert header(at)["note"].endswith("Of so many readings, the validation share now holds out 3.")
    assert set(first) < set(held()) and (43.0, 5.0) not in held()
    edit(at, Edit("remove", 0))
    gone = rows(present(at).dataset).index(held()[0])
    edit(at, Edit("remove", gone))  # a fifth of 13 are still two
    assert "Another reading is held out in place of that one." in header(at)["note"]
    assert_calm(at)
