"""The table to which the browser's closed form is held: it is that of the present theory."""

import json
from itertools import product

import numpy as np
import pytest

from tests.theory.record_fits import EXAMPLES, examples
from thermofit.data.scaling import SCALINGS
from thermofit.model.losses import LOSSES

RECORDED = json.loads(EXAMPLES.read_text())


def test_the_table_is_up_to_date() -> None:
    computed = examples()
    assert RECORDED["rows"] == computed["rows"]
    for scaling, loss in product(SCALINGS, LOSSES):
        recorded, now = (table["numbers"][scaling][loss] for table in (RECORDED, computed))
        assert recorded.keys() == now.keys()
        for name, numbers in recorded.items():
            for value, expected in zip(numbers, now[name], strict=True):
                assert (value is None) == (expected is None), name
                assert expected is None or value == pytest.approx(expected, rel=1e-6, abs=1e-9), name


@pytest.mark.parametrize("name", RECORDED["rows"])
def test_the_numbers_are_numpys(name: str) -> None:
    rows = RECORDED["rows"][name]
    t, t_c = np.array(rows["inputs"]), np.array(rows["targets"])
    slope, intercept, r2, condition, rate = RECORDED["numbers"]["none"]["mse"][name]
    design = np.stack([t, np.ones_like(t)], axis=1)
    expected = np.linalg.lstsq(design, t_c, rcond=None)[0]
    assert [slope, intercept] == pytest.approx(expected, rel=1e-5, abs=1e-6)
    if r2 is not None and np.ptp(t) > 0:
        assert r2 == pytest.approx(np.corrcoef(t, t_c)[0, 1] ** 2, rel=1e-6)
    steep = np.linalg.eigvalsh(2 * design.T @ design / len(t))[1]
    assert rate == pytest.approx(2 / steep, rel=1e-9)
    if condition is not None:
        assert condition == pytest.approx(np.linalg.cond(design) ** 2, rel=1e-4)
