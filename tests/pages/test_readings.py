"""The choice of readings: each set says what it is, asks its question, and names source and licence."""

import re

import numpy as np
import pytest

from tests.pages.test_lab import assert_calm, control, lab, param
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
