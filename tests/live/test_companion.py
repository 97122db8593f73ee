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

SCENE = SmallScene(["w", "train_loss"])
CONFIG = Config(epochs=200)


class Retrained:
    """A plan of one config."""

    def __init__(self, config: Config, epoch: int) -> None:
        self.config, self.epoch = config, epoch

    def begin(self) -> Run:
        return Run(self.config)

    def go_on(self, run: Run, seconds: float) -> Run:
        run.advance(epochs=self.epoch - run.epoch, seconds=seconds)
        return run


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
    pin = Companion(run, 120) if kind == "run" else Companion.of_plan(Retrained(CONFIG, 120))
    live = with_pins(pin=pin)
    header, tracks = ask(live, track="pin", newest_row=4)
    assert header["track"] == "pin" and set(tracks) == {"pin"} and pin.is_ready
    history = train(CONFIG.replace(epochs=150))
    assert sorted(tracks["pin"]) == list(range(121))
    for epoch, row in tracks["pin"].items():
        assert row == {name: history.row(epoch)[name] for name in ("w", "train_loss")}
    assert ask(live, track="pin", newest_row=4)[1] == tracks  # a repeated question gets the same
    assert live.run.epoch == 0  # the run in hand was not asked for


def test_a_long_pin_is_thinned_and_ends_with_its_last_epoch() -> None:
    run = Run(Config(epochs=200_000, gradient="manual", optimizer="by-hand"))
    run.advance(epochs=60_000)
    _, tracks = ask(with_pins(pin=Companion(run)), track="pin")
    assert len(tracks["pin"]) < 8_000 and max(tracks["pin"]) == 60_000


def test_a_plan_that_takes_long_is_known_before_its_rows_are_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thermofit.live.companion.PATIENCE", 0.0)
    pin = Companion.of_plan(Retrained(CONFIG, 200))
    header, tracks = ask(with_pins(pin=pin), track="pin")
    assert header["track"] == "pin" and tracks == {} and not pin.is_ready


def test_a_pin_of_another_session_cannot_be_reached() -> None:
    run = Run(CONFIG)
    with_pins(secret=Companion(run))
    for name in ("secret", "run", "ghost", "nobody", "__class__"):
        header, tracks = ask(with_pins(mine=Companion(run)), track=name, newest_row=4)
        assert header["track"] == "" and tracks == {}
