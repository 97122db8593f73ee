"""Many runs in step: each is the run that it would be by itself, whatever is lost, repeated or late."""

import random
from typing import Any

import pytest

from tests.live.record_protocol import SmallScene
from tests.live.test_live_run import alone  # noqa: F401
from tests.messages import Rows, unpack_tracks
from thermofit import Config, Run, train
from thermofit.live.exchange import exchange
from thermofit.live.live_race import MOST, LiveRace
from thermofit.live.protocol import LONGEST_NAME, Question
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.theory.least_squares import least_squares, mse_at

SCENE = SmallScene(["w", "b", "train_loss"])
START = Config(epochs=120, scaling="standardize")
RUNNERS = {
    "slow": START.replace(lr=1e-4),
    "wild": Config(epochs=120, lr=10.0),
    "short": START.replace(epochs=40),
}


def ask(race: LiveRace, **parts: Any) -> tuple[dict[str, Any], dict[str, Rows]]:
    question = Question(**({"run": race.id, "scene": SCENE.id, "theme": "light"} | parts))
    return unpack_tracks(exchange(race, lambda _: SCENE, question).pack())


def finish(race: LiveRace) -> dict[str, Rows]:
    """All rows, asked for at Max as a stage does."""
    seen: dict[str, Rows] = {}
    newest, end = -1, None
    while end is None or newest < end["epoch"]:
        header, tracks = ask(race, newest_row=newest, speed="max", target_epoch="max")
        for track, rows in tracks.items():
            seen.setdefault(track, {}).update(rows)
        newest, end = max(seen["run"]), header["end"]
    return seen


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_runner_is_its_own_single_run(optimizer: str) -> None:
    config = START.replace(optimizer=optimizer, epochs=60)
    seen = finish(LiveRace({"other": RUNNERS["slow"], "this": config}))
    history = train(config)
    assert sorted(seen["this"]) == list(range(len(history)))
    for epoch, row in seen["this"].items():
        recorded = history.row(epoch)
        assert row == {name: recorded[name] for name in row}


def test_the_clock_runs_to_the_last_end_and_each_runner_ends_where_it_ended() -> None:
    race = LiveRace(RUNNERS)
    seen = finish(race)
    results = race.results()
    assert max(seen["run"]) == 120 and all(row == {} for row in seen["run"].values())
    assert {track: max(rows) for track, rows in seen.items() if track != "run"} == {
        "slow": 120,
        "wild": results["wild"]["out_at"] - 1,
        "short": 40,
    }
    assert "1 of 3" in (race.end() or {})["text"]


def test_a_runner_arrives_at_the_first_epoch_within_one_percent_of_the_closed_form() -> None:
    """Judged by the mean squared error, whatever loss it trains with."""
    configs = {loss: START.replace(lr=0.05, loss=loss) for loss in LOSSES}
    race = LiveRace(configs | {"never": START.replace(lr=1e-6)})
    ask(race, newest_row=-1, speed="10", target_epoch=10)
    assert race.results()["mse"]["reached_epoch"] is None  # in slices, as it comes
    finish(race)
    for track, config in configs.items():
        run = Run(config)
        best = least_squares(run.data.train_scaled, run.data.train_targets).mse
        rows = train(config).rows(columns=("w", "b")).tolist()
        errors = [mse_at((w, b), run.data.train_scaled, run.data.train_targets) for w, b in rows]
        expected = next((epoch for epoch, error in enumerate(errors) if error <= 1.01 * best), None)
        assert race.results()[track]["reached_epoch"] == expected
    assert race.results()["mse"]["reached_epoch"] and race.results()["never"]["reached_epoch"] is None


def test_nobody_is_shown_beyond_the_clock() -> None:
    """Another race may have trained a shared run much further."""
    finish(LiveRace({"ahead": RUNNERS["slow"]}))
    race = LiveRace(RUNNERS)
    header, tracks = ask(race, newest_row=-1, speed="10", target_epoch=20)
    assert header["end"] is None
    assert {max(rows) for track, rows in tracks.items() if track != "wild"} == {20}


def test_lost_repeated_and_late_questions_leave_no_gap() -> None:
    rng = random.Random(4)
    race, seen = LiveRace(RUNNERS), {track: set[int]() for track in ("run", *RUNNERS)}
    for _ in range(300):
        newest = max(seen["run"], default=-1)
        _, tracks = ask(
            race,
            newest_row=rng.choice([newest, -1, newest // 2]),
            at=max(newest, 0),
            target_epoch=newest + 20,
        )
        if rng.random() < 0.5:
            continue  # lost
        for track, rows in tracks.items():
            seen[track] |= set(rows)
    assert all(epochs == set(range(max(epochs) + 1)) for epochs in seen.values())
    assert max(seen["run"]) == 120


def test_another_line_up_is_another_race_and_the_same_one_goes_on() -> None:
    race = LiveRace(RUNNERS)
    before, setup = race.id, race.setup
    ask(race, newest_row=-1, target_epoch=20)
    race.configure(dict(RUNNERS))
    assert race.id == before
    race.configure({"slow": RUNNERS["slow"]})
    assert race.id != before and race.setup != setup and race.name == before.split("-")[0]
    header, tracks = ask(race, run=before, newest_row=4, target_epoch=4)
    assert header["run"] == race.id and set(tracks) == {"run", "slow"} and min(tracks["slow"]) == 0


@pytest.mark.parametrize("names", [[], ["run"], ["ghost"], [""], ["x" * (LONGEST_NAME + 1)], range(MOST + 1)])
def test_a_line_up_of_no_use_is_refused(names: Any) -> None:
    with pytest.raises(ValueError, match=r"a race has|the name of a track"):
        LiveRace({str(name): START for name in names})
