"""Evaluations and computing time travel to whoever draws them, on every kind of track, and to nobody else."""

from typing import Any

import plotly.graph_objects as go
import pytest

from tests.live.record_protocol import SmallScene
from tests.live.test_live_run import alone  # noqa: F401
from tests.messages import Rows, unpack_tracks
from thermofit import Config, Run
from thermofit.config.view import View
from thermofit.experiments.race import evaluations
from thermofit.live.companion import Companion
from thermofit.live.exchange import exchange
from thermofit.live.live_race import LiveRace
from thermofit.live.live_run import LiveRun
from thermofit.live.protocol import Question
from thermofit.live.setting_change import How
from thermofit.stage.scene import Scene
from thermofit.training.effort import EFFORT
from thermofit.ui.lab.chart_tabs import lab_scene

COLUMNS = ["seconds", "w", "evaluations"]
SCENE = SmallScene(COLUMNS)
LBFGS = Config(optimizer="LBFGS", hyper={"max_iter": 3}, epochs=80)


def ask(live: LiveRun | LiveRace, **parts: Any) -> dict[str, Rows]:
    question = Question(**({"run": live.id, "scene": SCENE.id, "theme": "light"} | parts))
    return unpack_tracks(exchange(live, lambda _: SCENE, question).pack())[1]


def expected(run: Run, epochs: Rows) -> Rows:
    table = run.history.rows(columns=COLUMNS).tolist()
    return {epoch: dict(zip(COLUMNS, table[epoch], strict=True)) for epoch in epochs}


def test_the_run_in_hand() -> None:
    live = LiveRun(LBFGS)
    rows = ask(live, newest_row=-1, speed="100", target_epoch=60)["run"]
    assert max(rows) == 60 and rows == expected(live.run, rows)
    assert rows[60]["evaluations"] > 60 and rows[60]["seconds"] > 0


def test_rows_that_are_measured_anew_keep_what_they_have_cost() -> None:
    live = LiveRun(LBFGS)
    before = ask(live, newest_row=-1, speed="100", target_epoch=60)["run"]
    live.configure(LBFGS.replace(loss="mae", val=0.3), How.GO_ON)
    ask(live, newest_row=60, at=40, held=True)
    after = ask(live, newest_row=-1, at=40, speed="100", target_epoch=44)["run"]
    for epoch in range(41):
        assert [after[epoch][name] for name in EFFORT] == [before[epoch][name] for name in EFFORT]


def test_sessions_that_share_a_run_are_told_the_same_and_time_only_grows() -> None:
    first, second = LiveRun(LBFGS), LiveRun(LBFGS)
    told: list[Rows] = []
    for target in (20, 40, 60):
        for live in (first, second):
            told.append(ask(live, newest_row=-1, speed="100", target_epoch=target)["run"])
    assert first.run is second.run
    for rows in told:
        assert rows == {epoch: told[-1][epoch] for epoch in rows}
    seconds = [told[-1][epoch]["seconds"] for epoch in sorted(told[-1])]
    assert seconds == sorted(seconds)


def test_two_students_share_a_run_and_each_gets_the_columns_of_the_axis_that_is_chosen() -> None:
    plain, costly = LiveRun(LBFGS), LiveRun(LBFGS)
    usual = {"newest_row": -1, "speed": "100", "target_epoch": 60}
    told = {
        live.id: unpack_tracks(
            exchange(
                live,
                lambda config, axis=axis: lab_scene(config, View(axis=axis), "100", "light"),  # type: ignore[misc]
                Question(**{"run": live.id, "theme": "light"} | usual),
            ).pack()
        )[1]["run"]
        for live, axis in ((plain, "epochs"), (costly, "evaluations"))
    }
    assert plain.run is costly.run
    without, having = told[plain.id], told[costly.id]
    assert {*having[60]} - {*without[60]} == {"evaluations"} and without.keys() == having.keys()
    for epoch, row in without.items():
        assert having[epoch].items() >= row.items()
        assert having[epoch]["evaluations"] == evaluations(costly.run, epoch)


@pytest.mark.parametrize("optimizer", ["LBFGS", "SGD"])
def test_a_pin_and_a_runner(optimizer: str) -> None:
    config = LBFGS.replace(optimizer=optimizer)
    run = Run(config)
    run.advance(epochs=80)
    live, race = LiveRun(Config()), LiveRace({"one": config})
    live.companions = {"pin": Companion(run, 70)}
    pin = ask(live, track="pin", newest_row=4)["pin"]
    assert pin == expected(run, pin) and max(pin) == 70
    runner = ask(race, newest_row=-1, speed="100", target_epoch=50)["one"]
    assert runner == expected(race.runners.runs["one"], runner)
    assert all(runner[epoch]["evaluations"] == pin[epoch]["evaluations"] for epoch in range(51))


@pytest.mark.parametrize("used", [["evaluations"], ["seconds"], []])
def test_a_scene_is_sent_only_what_it_draws(used: list[str]) -> None:
    figure = go.Figure(go.Scatter(meta={"curve": ["epoch", "train_loss", *used]}))
    scene = Scene([figure], [], {}, epochs=9, speeds=[], speed="1", theme="light")
    assert scene.columns == ["train_loss", *used]
