"""The sentences contain the user's own numbers, and never nan, inf or None."""

import itertools
import re

import pytest
import torch

from thermofit.data.registry import THERMOMETER
from thermofit.data.scaling import SCALINGS
from thermofit.model.losses import LOSSES
from thermofit.numbers import THIN, apart, number, rate, rounded
from thermofit.theory import explain
from thermofit.theory.explain import divergence, limit, valley
from thermofit.theory.forecast import forecast
from thermofit.words import Language, speaking

T_U, T_C = THERMOMETER.t_u, THERMOMETER.t_c
SENTENCES = (limit, valley, explain.forecast, divergence)


def look(scaling="none", lr=1e-4, loss="mse", start=(1.0, 0.0)):
    return forecast(SCALINGS[scaling].fit(T_U).apply(T_U), T_C, loss, lr, start)


def test_the_limit_on_these_inputs():
    assert limit(look()).startswith("Stable below 3.4e-4 on these inputs")
    assert limit(look("tenth")).startswith("Stable below 0.033 on these inputs")
    assert limit(look("standardize")).startswith("Stable below 1 on these inputs")


@pytest.mark.parametrize("scaling", SCALINGS)
def test_the_limit_in_short_is_the_same_limit(scaling):
    short = explain.limit_in_short(look(scaling))
    assert short.endswith(" on these inputs.") and limit(look(scaling)).startswith(short.removesuffix("."))
    assert explain.limit_in_short(look(scaling, loss="mae")) == ""


@pytest.mark.parametrize("rows", [slice(None), slice(9)])
def test_what_depends_on_the_readings_says_how_many_there_are(rows):
    seen = forecast(T_U[rows], T_C[rows], "mse", 1e-4, (1.0, 0.0))
    for text in (limit(seen), valley(seen)):
        assert f"(training readings: {len(T_U[rows])})" in text


def test_an_explosion_is_explained_with_its_own_numbers():
    text = divergence(look(lr=0.01))
    for part in ("at 0.01", f"eigenvalue 5{THIN}883", "= 57.8", "below 3.4e-4", "try 3.0e-4"):
        assert part in text
    assert divergence(look(lr=3e-4)) == ""


def test_a_rate_a_hair_too_large_is_told_from_the_limit():
    text = divergence(look(lr=3.4e-4))
    assert "at 3.400e-4" in text and "below 3.399e-4" in text and "= 1:" not in text


def test_a_rate_at_the_limit_neither_grows_nor_shrinks():
    seen = look()
    assert "exactly 1" in divergence(look(lr=seen.curvature.largest_rate))


def test_numbers_are_those_of_the_rate_that_is_told():
    """A rate of many digits is not rounded in words about what it does."""
    assert "at 0.0325 plain" not in explain.forecast(look("tenth", lr=0.0325))  # stable, unlike 0.033
    assert "at 0.0325 to come" in explain.forecast(look("tenth", lr=0.0325))
    assert "at 0.0367 multiplies" in divergence(look("tenth", lr=0.0367))


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("excess", [1.0001, 1.003, 1.03, 1.1, 2.0, 30.0])
def test_whoever_repeats_the_sum_finds_the_factor_that_is_told(scaling, excess):
    largest = look(scaling).curvature.largest_rate
    text = divergence(look(scaling, lr=rounded(excess * largest, 6))).replace(THIN, "")
    lr, steep, told = re.search(r"\|1 - (\S+) × (\S+)\| = (\S+):", text).groups()
    digits = len(told.replace(".", "").lstrip("0"))
    assert rounded(abs(1 - float(lr) * float(steep)), digits) == pytest.approx(float(told), rel=1e-12)


def test_forecasts():
    assert f"About 194{THIN}000 epochs" in explain.forecast(look())
    assert explain.forecast(look("standardize", lr=0.5)).startswith("1 epoch of")
    assert "never arrives" in explain.forecast(look(lr=0.01))
    assert "practically never" in explain.forecast(look(lr=1e-9))
    assert "already" in explain.forecast(look(start=look().fit.params))
    two = forecast(T_U[:2], T_C[:2], "mse", 1e-5, (1.0, 0.0))
    assert "towards 0" in explain.forecast(two)


def test_the_valley():
    assert f"33{THIN}599" in valley(look()) and "183 times" in valley(look())
    assert "round bowl" in valley(look("standardize"))
    assert "level" in valley(forecast(torch.ones(3), T_C[:3], "mse", 0.1, (1.0, 0.0)))


@pytest.mark.parametrize("loss", [name for name in LOSSES if name != "mse"])
def test_a_loss_without_a_limit_says_so(loss):
    seen = look(loss=loss)
    assert limit(seen) == seen.unknown != ""
    assert (valley(seen), divergence(seen)) == ("", "")
    assert "can't be computed" in explain.forecast(seen)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("scaling", SCALINGS)
def test_no_sentence_shows_what_is_no_number(scaling, loss):
    for lr, say in itertools.product((1e-6, 1e-3, 0.1, 10.0), SENTENCES):
        text = say(look(scaling, lr, loss))
        assert not any(word in text for word in ("nan", "None", "inf ", "tensor"))


def test_spelling():
    assert [rate(x) for x in (3.399e-4, 0.03298, 1.0, 1e-6, 0.001)] == [
        "3.4e-4",
        "0.033",
        "1",
        "1.0e-6",
        "0.001",
    ]
    assert apart(0.1, 0.1001) == ("0.1", "0.1001")
    assert [number(x) for x in (57.83, 2.0, 5883.4)] == ["57.8", "2", f"5{THIN}883"]
    assert [number(x) for x in (999.6, 1e-5, 2e15)] == [f"1{THIN}000", "1.00e-5", "2e15"]


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("lr", [1e-4, 3.4e-4, 0.01, 0.0325, 0.0367, 1.0, 1.5, 9.99])
def test_a_decimal_comma_changes_no_number(scaling, lr):
    seen = look(scaling, lr=lr)
    plain = [sentence(seen) for sentence in SENTENCES]
    with speaking(Language("xx", decimal=",")):
        assert [re.sub(r"(\d),(\d)", r"\1.\2", sentence(seen)) for sentence in SENTENCES] == plain
