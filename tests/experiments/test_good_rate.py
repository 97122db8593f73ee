"""The rate that is found is the best one: none beside it does better, and theory agrees where it can tell."""

import pytest

from tests.training.test_rewind import SMALL
from thermofit import Config, Run, Status
from thermofit.config.settings import settings_for
from thermofit.experiments.arrival import Arrival
from thermofit.experiments.good_rate import good_rate
from thermofit.optim.registry import OPTIMIZERS
from thermofit.theory.curvature import curvature
from thermofit.training.assembly import prepared

START = Config(scaling="standardize", epochs=120)


def found(config: Config) -> float | None:
    *_, last = good_rate(config)
    assert last.done == 1.0
    return last.lr


def judged(config: Config) -> tuple[bool, int, float]:
    """Whether it is out, the epochs to within 1 %, and the last loss; the less, the better."""
    run = Run(config)
    run.advance(epochs=config.epochs)
    reached = Arrival(run).look()
    loss = run.history.row(run.epoch)["train_loss"]
    return run.status is Status.DIVERGED, config.epochs + 1 if reached is None else reached, loss


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_no_rate_beside_it_is_much_better(optimizer: str) -> None:
    config = START.replace(optimizer=optimizer, hyper=SMALL.get(optimizer, {}))
    lr = found(config)
    assert lr is not None
    best, limits = judged(config.replace(lr=lr)), settings_for(config.data, config.scaling)["lr"]
    assert not best[0]
    for factor in (0.5, 0.75, 1.33, 2.0):
        if limits.minimum <= lr * factor <= limits.maximum:
            other = judged(config.replace(lr=lr * factor))
            if best[1] > config.epochs:
                assert best <= other, factor
            else:  # momentum may pass by the minimum: the epochs do not fall and rise evenly
                assert best[1] <= 1.05 * other[1] or other[0], factor


def test_plain_descent_gets_the_rate_that_theory_calls_the_fastest() -> None:
    """Where both curvatures are the same, one step of 1 / curvature is at the minimum."""
    config = START.replace(val=0.0)
    bowl = curvature(prepared(config).train_scaled)
    lr = found(config)
    assert lr is not None and bowl.condition == pytest.approx(1.0, rel=1e-3)
    assert 0.9 * bowl.largest_rate / 2 <= lr < bowl.largest_rate
    assert judged(config.replace(lr=lr))[1] <= 2


def test_it_is_stable_where_rates_beyond_it_are_not() -> None:
    config = Config(epochs=400)
    lr, largest = found(config), curvature(prepared(config).train_scaled).largest_rate
    assert lr is not None and 0.85 * largest < lr < largest


def test_the_rate_of_the_config_does_not_matter() -> None:
    config = START.replace(optimizer="Rprop", epochs=60)
    assert found(config) == found(config.replace(lr=3.0, tolerance=0.1))


def test_where_every_rate_fails_there_is_none() -> None:
    assert found(Config(optimizer="by-hand", mistake="no-no_grad", epochs=20)) is None


def test_the_work_can_be_given_up_between_two_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thermofit.experiments.good_rate.PAUSE", 0.0)
    shares = [step.done for step in good_rate(START.replace(optimizer="Adadelta"))]
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(shares) > 100
    search = good_rate(START)
    assert next(search).lr is None
    search.close()
