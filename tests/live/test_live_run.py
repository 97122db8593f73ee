"""The answers to the browser: correct recorded epochs, whatever was lost, repeated, late or made up."""

import math
import random
from typing import Any

import pytest

from tests.messages import unpack
from thermofit import Config, train
from thermofit.live import shared_runs
from thermofit.live.exchange import exchange
from thermofit.live.lead import FEW, LEAD, NOBODY
from thermofit.live.live_run import LiveRun
from thermofit.live.protocol import Question
from thermofit.live.row_blocks import DENSE_RUN, NEAR, ROWS, TAIL
from thermofit.live.setting_change import How
from thermofit.ui.scenes import fit_and_loss

SMALL = Config(epochs=2000, val=0.2)


@pytest.fixture(autouse=True)
def alone() -> None:
    """No run of an earlier test is shared with a test."""
    shared_runs.forget()


def scene(config: Config = SMALL) -> Any:
    return fit_and_loss.lab(fit_and_loss.without_rate(config), "100", "light")


def ask(live: LiveRun, **parts: Any) -> tuple[dict[str, Any], dict[int, dict[str, float]]]:
    question = Question(**({"run": live.id, "scene": scene(live.config).id, "theme": "light"} | parts))
    return unpack(exchange(live, scene, question).pack())


def assert_true(rows: dict[int, dict[str, float]], config: Config) -> None:
    history = train(config.replace(epochs=max(rows, default=1) or 1))
    for epoch, row in rows.items():
        recorded = history.row(epoch)
        assert row == {name: recorded[name] for name in row}


def test_the_first_message_shows_the_start_and_a_few_epochs() -> None:
    header, rows = unpack(exchange(LiveRun(SMALL), scene, None).pack())
    assert header["scene"]["id"] == header["sceneId"]
    assert sorted(rows) == list(range(FEW + 1))
    assert_true(rows, SMALL)


def test_the_scene_travels_once() -> None:
    live = LiveRun(SMALL)
    assert ask(live)[0]["scene"] is None
    assert ask(live, scene="lost on the way")[0]["scene"]["id"] == scene().id


@pytest.mark.parametrize("speed", ["1", "10", "100", "1000"])
def test_never_trained_further_ahead_than_two_seconds(speed: str) -> None:
    live = LiveRun(SMALL)
    for at in (0, 3, 500):
        ask(live, newest_row=live.run.epoch, at=at, speed=speed, target_epoch=10**6)
    assert live.run.epoch <= 500 + max(FEW, LEAD * float(speed))


def test_sessions_with_equal_settings_share_one_run_and_get_what_each_asks_for() -> None:
    fast, slow = LiveRun(SMALL), LiveRun(SMALL)
    assert fast.run is slow.run and LiveRun(SMALL.replace(lr=0.02)).run is not fast.run
    while not ask(fast, newest_row=4, at=0, speed="max", target_epoch="max")[0]["end"]:
        pass
    _, rows = ask(slow, newest_row=4, at=0, speed="10", target_epoch=20)
    assert sorted(rows) == list(range(5, 21))  # not all that the other one had trained


def test_who_changes_the_rate_leaves_the_others_alone() -> None:
    one, other = LiveRun(SMALL), LiveRun(SMALL)
    for live in (one, other):
        ask(live, newest_row=4, at=0, speed="100", target_epoch=100)
    one.configure(SMALL.replace(lr=0.02))
    header, _ = ask(one, newest_row=100, at=30, speed="100")
    ask(one, newest_row=100, at=42, change=header["change"], speed="100", target_epoch=120)
    _, rows = ask(other, newest_row=100, at=90, speed="100", target_epoch=200)
    assert sorted(rows) == list(range(101, 201))
    assert_true(rows, SMALL)


def test_at_max_everything_arrives_and_is_true() -> None:
    live, got, have = LiveRun(SMALL), {}, -1
    for _ in range(200):
        header, rows = ask(live, newest_row=have, at=max(have, 0), speed="max", target_epoch="max")
        got |= rows
        have = max(got)
        if header["end"]:
            break
    assert sorted(got) == list(range(2001))
    assert header["end"]["epoch"] == 2000
    assert_true(got, SMALL)


def test_a_lost_answer_is_asked_again_and_a_repeated_one_is_the_same() -> None:
    live = LiveRun(SMALL)
    _, first = ask(live, newest_row=4, at=0, speed="100", target_epoch=100)
    _, again = ask(live, newest_row=4, at=0, speed="100", target_epoch=100)
    assert first == again
    assert sorted(first) == list(range(5, 101))


def test_long_runs_are_thinned_but_dense_at_the_end_and_around_the_playhead() -> None:
    config = Config(epochs=4 * DENSE_RUN, gradient="manual", optimizer="by-hand")
    live = LiveRun(config)
    live.run.advance(epochs=20_000)
    _, rows = ask(live, newest_row=FEW, at=0, speed="max", target_epoch="max")
    assert len(rows) <= ROWS + TAIL + 1
    newest = max(rows)
    assert newest >= 20_000 and set(range(newest - TAIL + 1, newest + 1)) <= set(rows)
    _, near = ask(live, newest_row=newest, at=9_999, dense=True)
    assert sorted(near) == list(range(9_999 - NEAR, 9_999 + NEAR + 1))
    assert_true(near, config)


def test_bytes_per_message_do_not_grow_with_the_run() -> None:
    live = LiveRun(Config(epochs=50_000, gradient="manual", optimizer="by-hand"))
    sizes = []
    for done in (1_000, 40_000):
        live.run.advance(epochs=done - live.run.epoch)
        question = Question(
            run=live.id,
            scene=scene(live.config).id,
            newest_row=done,
            at=done,
            speed="100",
            target_epoch=done + 100,
        )
        sizes.append(len(exchange(live, scene, question).pack()))
    assert abs(sizes[0] - sizes[1]) < 40


def test_at_most_four_megabytes_for_a_million_epochs() -> None:
    """Counted on a part of the run in slices far shorter than those at Max, so in far more messages."""
    live = LiveRun(Config(epochs=1_000_000, gradient="manual", optimizer="by-hand"))
    sent, slice_ = 0, 1_000
    for have in range(0, 50_000, slice_):
        question = Question(
            run=live.id,
            scene=scene(live.config).id,
            newest_row=have,
            at=have,
            speed="1000",
            target_epoch=have + slice_,
        )
        message = exchange(live, scene, question).pack()
        assert max(unpack(message)[1]) == have + slice_
        sent += len(message)
    assert sent / 50_000 * 1_000_000 < 4_000_000


def test_a_new_rate_waits_for_the_epoch_that_is_shown() -> None:
    live = LiveRun(SMALL)
    ask(live, newest_row=4, at=0, speed="100", target_epoch=100)
    live.configure(SMALL.replace(lr=0.02))
    header, _ = ask(live, newest_row=100, at=30, speed="100")
    before = live.id
    header, rows = ask(live, newest_row=100, at=42, change=header["change"], speed="100", target_epoch=60)
    assert (header["parent"], header["base"], header["change"]) == (before, 42, None)
    assert sorted(rows) == list(range(43, 61))
    assert live.run.lr == 0.02 and live.config.lr == 0.02
    _, late = ask(live, run=before, newest_row=100, at=50, speed="100", target_epoch=60)
    assert sorted(late) == list(range(43, 61))  # a question about the old run is answered from the branch on


def test_a_note_is_said_until_an_answer_with_it_has_arrived() -> None:
    live = LiveRun(SMALL)
    ask(live, newest_row=4, at=0, speed="100", target_epoch=100)
    old = live.id
    live.configure(SMALL.replace(optimizer="Adam"))
    for _ in range(2):  # the first answer is lost
        assert "optimizer changed" in ask(live, run=old, newest_row=100, at=90)[0]["note"]
    assert ask(live)[0]["note"] == ""


def test_other_settings_start_a_new_run() -> None:
    live = LiveRun(SMALL)
    ask(live, newest_row=4, at=0, speed="100", target_epoch=100)
    old = live.id
    live.configure(SMALL.replace(optimizer="Adam"))
    header, rows = ask(live, run=old, newest_row=100, at=90)
    assert header["run"] != old and header["parent"] == NOBODY and "optimizer changed" in header["note"]
    assert min(rows) == 0


def test_a_diverged_run_ends_with_a_hint() -> None:
    live = LiveRun(Config(scaling="none", lr=0.01, val=0.0))
    header, rows = ask(live, newest_row=-1, speed="max", target_epoch="max")
    assert header["end"]["kind"] == "bad"
    assert f"Diverged at epoch {live.run.diverged_at}" in header["end"]["text"]
    assert all(math.isfinite(row["train_loss"]) for row in rows.values())


def test_made_up_questions() -> None:
    """Whatever a browser sends is answered, and never trains further than allowed."""
    rng, live = random.Random(1), LiveRun(SMALL)
    junk = [None, -5, 10**12, 1e300, float("nan"), "", "max", "x" * 1000, [], {}, True, "NaN", 3.5, 7]
    names = list(vars(Question()))
    for _ in range(300):
        question = Question.read({name: rng.choice(junk) for name in rng.sample(names, 6)})
        unpack(exchange(live, scene, question).pack())
    assert Question.read("not a mapping") is None


def test_a_new_rate_after_an_explosion_is_a_new_run() -> None:
    live = LiveRun(Config(scaling="none", lr=0.01, val=0.0))
    while not ask(live, newest_row=4, at=0, speed="max", target_epoch="max")[0]["end"]:
        pass
    old, last = live.id, live.run.epoch
    ask(live, newest_row=last, at=last, paused=True)
    live.configure(live.config.replace(lr=1e-4))
    header, rows = ask(live, run=old, newest_row=last, at=last)
    assert header["parent"] == NOBODY and "New run with learning rate 0.0001" in header["note"]
    assert min(rows) == 0


def test_a_fresh_run_shares_nothing_with_the_one_before() -> None:
    live = LiveRun(SMALL)
    ask(live, newest_row=4, at=50, speed="100", target_epoch=100)
    live.configure(SMALL.replace(lr=0.02), How.NEW_RUN)
    assert live.pending is None and live.parent == NOBODY and live.config.lr == 0.02
