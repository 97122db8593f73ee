"""A run that opens at an epoch which a link names, or at which a page stood before it was loaded again."""

from typing import Any

import pytest

from tests.live.test_live_run import SMALL, alone, ask, assert_true, scene  # noqa: F401
from tests.messages import unpack
from thermofit import Config
from thermofit.live import trainer
from thermofit.live.exchange import exchange
from thermofit.live.lead import FEW, LEAD
from thermofit.live.live_run import LiveRun
from thermofit.live.row_blocks import DENSE_RUN

FAR = Config(epochs=3 * DENSE_RUN, gradient="manual", optimizer="by-hand")


def first(live: LiveRun) -> tuple[dict[str, Any], dict[int, dict[str, float]]]:
    return unpack(exchange(live, scene, None).pack())


def test_the_first_answer_says_where_to_open_and_has_that_row() -> None:
    live = LiveRun(SMALL)
    live.open_at(300)
    header, rows = first(live)
    assert header["at"] == 300 and max(rows) == 300 + FEW
    assert_true(rows, SMALL)


def test_it_is_told_until_the_browser_knows_the_run() -> None:
    live = LiveRun(SMALL)
    live.open_at(300)
    first(live)
    assert ask(live, run="", newest_row=-1)[0]["at"] == 300  # the first answer was lost
    assert ask(live, newest_row=304, at=17)[0]["at"] == 17
    assert first(live)[0]["at"] == 17  # on another page it stands where it was left


@pytest.mark.parametrize("epoch", [2 * DENSE_RUN - 1, 2 * DENSE_RUN])
@pytest.mark.parametrize("speed", ["1", "max"])
def test_a_far_epoch_is_trained_in_slices_and_its_row_is_sent(
    epoch: int, speed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "SLICE", 0.02)
    live = LiveRun(FAR)
    live.open_at(epoch)
    _, rows = first(live)
    answers = 1
    while max(rows) < epoch:
        newest = max(rows)
        _, more = ask(live, newest_row=newest, at=newest, speed=speed, target_epoch=epoch, seek=True)
        assert not more or min(more) > newest
        rows |= more
        answers += 1
    assert epoch in rows and answers > 1
    assert rows[epoch] == {name: live.run.history.row(epoch)[name] for name in rows[epoch]}


def test_a_diverged_run_says_where_it_ended() -> None:
    live = LiveRun(Config(scaling="none", lr=0.01, gradient="manual", optimizer="by-hand"))
    live.open_at(90)
    header, rows = first(live)
    assert header["at"] == 90 and max(rows) == header["end"]["epoch"] < 90


def test_another_run_begins_at_its_start() -> None:
    live = LiveRun(SMALL)
    live.open_at(300)
    live.restart(SMALL.replace(w0=2.0))
    assert first(live)[0]["at"] == 0


def test_whoever_does_not_wait_for_a_row_is_not_trained_for_ahead() -> None:
    live = LiveRun(SMALL)
    live.open_at(900)
    ask(live, newest_row=4, at=4, speed="10", target_epoch=900)
    assert live.run.epoch <= 4 + max(FEW, LEAD * 10)


def test_no_target_goes_beyond_the_last_epoch() -> None:
    live = LiveRun(SMALL)
    header, rows = ask(live, newest_row=-1, target_epoch=10**9, seek=True)
    while not header["end"]:
        header, rows = ask(live, newest_row=max(rows), target_epoch=10**9, seek=True)
    assert live.run.epoch == SMALL.epochs == max(rows)
