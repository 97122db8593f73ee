"""The choice of readings: each set says what it is, asks its question, and names source and licence."""

import re

import numpy as np
import pytest

from tests.pages.test_lab import assert_calm, control, lab, param
from thermofit import Config
from thermofit.data.registry import DATASETS
from thermofit.numbers import THIN
from thermofit.ui.controls.readings import origin


@pytest.mark.parametrize("data", ["thermometer", "anscombe-4", "gapminder", "galton", "norris"])
def test_a_set_is_told_beneath_its_choice(data: str) -> None:
    at = lab(data=data)
    assert_calm(at)
    assert DATASETS[data].help in [caption.value for caption in at.sidebar.caption]
    (asked,) = [each for each in at.sidebar.expander if each.label == DATASETS[data].question]
    assert [each.value for each in asked.markdown] == [DATASETS[data].answer]
    assert DATASETS[data].licence in asked.caption[0].value


@pytest.mark.parametrize("data", DATASETS)
def test_the_condition_number_is_computed(data: str) -> None:
    told = origin(DATASETS[data]).replace(THIN, "")
    condition = float(re.search(r"condition number ([0-9.]+)", told)[1])
    t = DATASETS[data].exact_u.numpy()
    design = np.stack([t, np.ones_like(t)], axis=1)
    assert condition == pytest.approx(np.linalg.cond(design) ** 2, rel=0.005)
    assert DATASETS[data].source in told


def test_another_set_is_another_run_and_stands_in_the_address() -> None:
    at = lab()
    control(at, "data").set_value("hubble").run()
    assert_calm(at)
    assert param(at, "data") == "hubble"
    assert DATASETS["hubble"].question in [each.label for each in at.sidebar.expander]


def test_the_usual_rate_follows_the_readings_and_their_scaling() -> None:
    at = lab()
    control(at, "data").set_value("gapminder").run()
    assert float(param(at, "lr")) == Config(data="gapminder").lr < 1e-6
    control(at, "scaling").set_value("standardize").run()
    assert float(param(at, "lr")) == Config(data="gapminder", scaling="standardize").lr
    control(at, "data").set_value("thermometer").run()
    assert_calm(at)
    assert float(param(at, "lr")) == 0.01


@pytest.mark.parametrize("lr", [3e-9, 0.5])
def test_a_rate_that_was_chosen_stays_or_is_refused(lr: float) -> None:
    at = lab(data="gapminder", scaling="none", lr=f"{lr:g}")
    control(at, "data").set_value("hubble").run()
    assert_calm(at)
    assert control(at, "lr").value == f"{lr:g}"
    refused = ["**Learning rate**: too small"] if lr < 1e-6 else []
    assert [error.value.partition(". Allowed")[0] for error in at.error] == refused
