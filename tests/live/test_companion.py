"""Standing tracks: the rows of a run as it stood, or of a plan that is trained first; nobody else's."""

from typing import Any

import pytest

from tests.live.record_protocol import SmallScene
from tests.live.test_live_run import alone  # noqa: F401
from tests.messages import Rows, unpack_tracks
from thermofit import Config, Run, train
from thermofit.live.companion import Companion
from thermofit.live.exchange import exchange
from thermofit.live.live_run import LiveRun
from thermofit.live.protocol import Question
from thermofit.training.branch import branch
from thermofit.training.plan import Plan, plan_of

SCENE = SmallScene(["w", "train_loss"])
CONFIG = Config(epochs=200)


def ask(live: LiveRun, **parts: Any) -> tuple[dict[str, Any], dict[str, Rows]]:
    question = Question(**({"run": live.id, "scene": SCENE.id, "theme": "light"} | parts))
    return unpack_tracks(exchange(live, lambda _: SCENE, question).pack())


def with_pins(**pins: Companion) -> LiveRun:
    live = LiveRun(Config(epochs=500))
    live.companions = pins
    return live


@pytest.mark.parametrize("kind", ["run", "plan"])
def test_a_pin_tells_the_rows_of_its_run_up_to_its_epoch_and_no_others(kind: str) -> None:
    run = Run(CONFIG)
    run.advance(epochs=150)
    pin = Companion(run, 120) if kind == "run" else Companion.of_plan(Plan(((0, CONFIG),), 120))
    live = with_pins(pin=pin)
    header, tracks = ask(live, track="pin", newest_row=4)
    assert header["track"] == "pin" and set(tracks) == {"pin"} and pin.is_ready
    history = train(CONFIG.replace(epochs=150))
    assert sorted(tracks["pin"]) == list(range(121))
    for epoch, row in tracks["pin"].items():
        assert row == {name: history.row(epoch)[name] for name in ("w", "train_loss")}
    assert ask(live, track="pin", newest_row=4)[1] == tracks  # a repeated question gets the same
    assert live.run.epoch == 0  # the run in hand was not asked for


def test_the_plan_of_a_run_that_changed_on_its_way_tells_the_rows_of_that_run() -> None:
    first = Run(CONFIG)
    first.advance(epochs=60)
    run = branch(first, 50, CONFIG.replace(scaling="standardize", optimizer="Adam", loss="mae"))
    run.advance(epochs=20), run.change_rate(0.1), run.advance(epochs=20)
    kept = ask(with_pins(pin=Companion(run, 80)), track="pin")[1]
    assert ask(with_pins(pin=Companion.of_plan(plan_of(run, 80))), track="pin")[1] == kept
    assert max(kept["pin"]) == 80


def test_a_long_pin_is_thinned_and_ends_with_its_last_epoch() -> None:
    run = Run(Config(epochs=200_000, gradient="manual", optimizer="by-hand"))
    run.advance(epochs=60_000)
    _, tracks = ask(with_pins(pin=Companion(run)), track="pin")
    assert len(tracks["pin"]) < 8_000 and max(tracks["pin"]) == 60_000


def test_a_plan_that_takes_long_is_known_before_its_rows_are_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thermofit.live.companion.PATIENCE", 0.0)
    pin = Companion.of_plan(Plan(((0, CONFIG),), 200))
    header, tracks = ask(with_pins(pin=pin), track="pin")
    assert header["track"] == "pin" and tracks == {} and not pin.is_ready


def test_a_pin_of_another_session_cannot_be_reached() -> None:
    run = Run(CONFIG)
    with_pins(secret=Companion(run))
    for name in ("secret", "run", "ghost", "nobody", "__class__"):
        header, tracks = ask(with_pins(mine=Companion(run)), track=name, newest_row=4)
        assert header["track"] == "" and tracks == {}
