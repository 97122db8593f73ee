"""The figures of the book: its "epoch k, loss" is row k - 1, the loss before update k."""

import pytest

from thermofit import Config, Run, train
from thermofit.config.presets import PRESETS


def loss(value):
    return pytest.approx(value, rel=1e-5)


def printed_loss(value):
    """Four decimals are printed, so the value is known to within half of the fourth."""
    return pytest.approx(value, rel=1e-5, abs=5.1e-5)


def params(*values):
    return pytest.approx(values, rel=1e-4, abs=5.1e-5)


def test_start():
    assert Run(Config(scaling="none", val=0.0)).history.row(0)["train_loss"] == loss(1763.8848)


def test_raw_inputs():
    history = train(PRESETS["raw-inputs"].config)
    printed = {97: 29.025410, 98: 29.024492, 99: 29.023582, 100: 29.022667}
    assert {epoch: history.row(epoch - 1)["train_loss"] for epoch in printed} == {
        e: loss(v) for e, v in printed.items()
    }
    assert (history.row(100)["w"], history.row(100)["b"]) == params(0.2327, -0.0438)


def test_raw_inputs_explode_at_a_large_rate():
    run = Run(PRESETS["raw-explodes"].config)
    run.advance(epochs=100)
    assert (run.status, run.diverged_at) == ("diverged", 10)


def test_scaled_by_hand():
    assert train(PRESETS["scaled-by-hand"].config).row(4999)["train_loss"] == loss(2.927648)


def test_scaled_autograd():
    history = train(PRESETS["scaled-autograd"].config)
    printed = {3500: 2.927830, 4000: 2.927679, 4500: 2.927652, 5000: 2.927647}
    assert {epoch: history.row(epoch - 1)["train_loss"] for epoch in printed} == {
        e: loss(v) for e, v in printed.items()
    }
    assert (history.row(5000)["w"], history.row(5000)["b"]) == params(5.3671, -17.3012)


def test_train_and_validation():
    run = Run(PRESETS["train-validation"].config)
    run.advance(epochs=3000)
    assert set(run.split.validation.tolist()) == {1, 2}
    printed = {2000: (3.1950, 2.2072), 2500: (3.1878, 2.2028), 3000: (3.1869, 2.2012)}
    for epoch, (train_loss, val_loss) in printed.items():
        row = run.history.row(epoch - 1)
        assert (row["train_loss"], row["val_loss"]) == (printed_loss(train_loss), printed_loss(val_loss))


def test_the_closed_form_is_reached():
    run = Run(Config(scaling="standardize", lr=0.4, val=0.0, epochs=100))
    run.advance(epochs=100)
    assert run.original() == (pytest.approx(0.536772, rel=1e-5), pytest.approx(-17.304786, rel=1e-5))
    assert run.history.row(100)["train_loss"] == loss(2.927646)
