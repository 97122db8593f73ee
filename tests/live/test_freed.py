"""What a session had is freed when it ends: its run, the run's history and what the run trains with."""

import gc
import weakref

import pytest

from thermofit import Config
from thermofit.live.live_run import LiveRun
from thermofit.live.trainer import TRAINER
from thermofit.optim.registry import OPTIMIZERS


def trained(config: Config) -> tuple[LiveRun, list[weakref.ref[object]]]:
    live = LiveRun(config)
    TRAINER.train_ahead(live.run, 0)
    TRAINER.train_to(live.run, 50)
    TRAINER.wait_idle()
    run = live.run
    return live, [weakref.ref(part) for part in (live, run, run.history, run.timeline, run.timeline.loop)]


def left(parts: list[weakref.ref[object]]) -> list[object]:
    gc.collect()
    return [part() for part in parts if part() is not None]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_is_freed_with_the_session_that_had_it(optimizer: str) -> None:
    live, parts = trained(Config(epochs=60, gradient="autograd", optimizer=optimizer, split_seed=71))
    assert len(left(parts)) == len(parts)
    del live
    assert left(parts) == []


def test_a_run_is_freed_when_another_takes_its_place() -> None:
    live, parts = trained(Config(epochs=60, split_seed=72))
    live.restart(Config(epochs=60, split_seed=73))
    assert left(parts) == [live]


def test_a_shared_run_is_kept_as_long_as_one_session_has_it() -> None:
    config = Config(epochs=60, split_seed=74)
    live, parts = trained(config)
    other = LiveRun(config)
    del live
    assert other.run in left(parts)
    del other
    assert left(parts) == []
