"""The trainer: one slice at a time, in the order of the requests, and shorter if more runs ask."""

import subprocess
import sys
import threading

import pytest

from thermofit import Config, Run, train
from thermofit.live import trainer
from thermofit.live.trainer import AHEAD, Trainer


@pytest.fixture(autouse=True)
def patient() -> None:
    """Slices are what they are on a server."""


def run(**settings: object) -> Run:
    return Run(Config(epochs=100_000, **settings))  # type: ignore[arg-type]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still unless the test moves it."""
    now = [100.0]
    monkeypatch.setattr(trainer.time, "monotonic", lambda: now[0])
    return now


@pytest.mark.usefixtures("clock")
def test_few_get_a_whole_slice_and_a_class_shares_a_round() -> None:
    some, runs = Trainer(), [run() for _ in range(60)]
    few = int(trainer.ROUND / trainer.SLICE)
    assert few > 1
    assert [some.time_slice(each) for each in runs[:few]] == [trainer.SLICE] * few
    for each in runs:
        part = some.time_slice(each)
    assert part == pytest.approx(trainer.ROUND / 60)
    assert some.time_slice(runs[7]) == part  # asking twice counts once


def test_a_run_that_nobody_asks_for_is_not_counted(clock: list[float]) -> None:
    some, runs = Trainer(), [run() for _ in range(200)]
    for each in runs:
        some.time_slice(each)
    assert some.time_slice(runs[0]) == trainer.SHORTEST
    clock[0] += trainer.RECENT
    assert some.time_slice(run()) == trainer.SLICE


def test_reach_stands_at_the_epoch_that_was_asked_for() -> None:
    some, one = Trainer(), run()
    some.train_to(one, 40)
    assert one.epoch == 40
    some.train_to(one, 30)
    assert one.epoch == 40


def test_race_brings_rows_and_goes_on_for_a_while_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainer, "SLICE", trainer.SHORTEST)
    some, one, slices = Trainer(), run(), []
    train_one = some._train
    monkeypatch.setattr(some, "_train", lambda turn: (slices.append(turn), train_one(turn)))
    some.train_ahead(one, one.epoch)
    assert one.epoch > 0
    some.wait_idle()
    assert len(slices) <= 1 + AHEAD
    with some.exclusive():  # there are rows already, so nobody waits
        before = one.epoch
        some.train_ahead(one, 0)
        assert one.epoch == before


def test_no_run_is_trained_while_somebody_has_exclusive_use() -> None:
    some, one = Trainer(), run()
    asking = threading.Thread(target=some.train_to, args=(one, 50))
    with some.exclusive():
        asking.start()
        asking.join(timeout=0.05)
        assert asking.is_alive() and one.epoch == 0
    asking.join()
    assert one.epoch == 50


def test_many_threads_and_runs_get_the_numbers_of_a_run_alone() -> None:
    config = Config(epochs=300, val=0.2)
    some, runs = Trainer(), [Run(config.replace(split_seed=seed)) for seed in range(6)]

    def ask(one: Run, max_speed: bool) -> None:
        while not one.ended:
            if max_speed:
                some.train_ahead(one, one.epoch)
            else:
                some.train_to(one, one.epoch + 7)

    threads = [threading.Thread(target=ask, args=(one, fast)) for one in runs for fast in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in runs:
        assert one.history.rows().equal(train(one.config).rows())


def test_what_training_raises_reaches_whoever_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    some, one = Trainer(), run()
    monkeypatch.setattr(one, "advance", lambda **_: 1 / 0)
    for ask in (some.train_to, some.train_ahead):
        with pytest.raises(ZeroDivisionError):
            ask(one, 10)
    other = run()
    some.train_to(other, 10)  # and the thread lives on
    assert other.epoch == 10


ENDS_IN_MID_RUN = """
from thermofit import Config, Run
from thermofit.live.trainer import TRAINER

TRAINER.train_ahead(Run(Config(epochs=1_000_000)), 0)
"""


def test_a_process_that_ends_while_a_run_is_trained_ends_quietly() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDS_IN_MID_RUN], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_stopped_trainer_begins_no_further_slice() -> None:
    some, one = Trainer(), run()
    some.train_ahead(one, one.epoch)
    some.stop()
    epoch = one.epoch
    assert some._thread is not None and not some._thread.is_alive()
    assert one.epoch == epoch
