"""How numbers are written: the table that JavaScript is held to as well, and what must hold of any number."""

import json
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thermofit.numbers import MINUS, THIN, count, number, rounded, significant, written

TABLE = json.loads(Path(__file__).with_name("numbers_examples.json").read_text())
finite = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(("value", "digits", "sign", "text"), TABLE["written"])
def test_a_number_is_written_as_in_the_table(value: float | str, digits: int, sign: bool, text: str) -> None:
    assert written(float(value), digits, sign) == text


@pytest.mark.parametrize(("value", "text"), TABLE["counts"])
def test_a_count_is_written_as_in_the_table(value: int, text: str) -> None:
    assert count(value) == text.replace(" ", THIN)


@pytest.mark.parametrize(("value", "text"), TABLE["numbers"])
def test_a_number_of_three_digits_is_written_as_in_the_table(value: float, text: str) -> None:
    assert number(value) == text.replace(" ", THIN)


@given(finite, st.integers(1, 9))
@example(9999999.7, 7)
@example(5e-324, 9)
def test_what_is_written_has_all_its_digits_and_is_nearest(value: float, digits: int) -> None:
    mantissa, _, power = written(value, digits).lstrip(MINUS).partition("e")
    figures = mantissa.replace(".", "").lstrip("0") or mantissa.replace(".", "")
    assert len(figures) == digits
    unit = Fraction(10) ** (int(power or 0) - len(mantissa.partition(".")[2]))
    assert abs(Fraction(mantissa) * Fraction(10) ** int(power or 0) - abs(Fraction(value))) <= unit / 2


@given(finite, st.integers(1, 9))
def test_a_sign_is_set_apart_and_changes_nothing_else(value: float, digits: int) -> None:
    signed = written(value, digits, sign=True)
    assert signed == f"{MINUS if value < 0 else '+'} {written(abs(value), digits)}"


@given(st.floats(1e-30, 1e30), st.integers(1, 15))
def test_a_rounded_number_is_within_half_a_unit_and_short_to_write(value: float, digits: int) -> None:
    short = rounded(value, digits)
    assert rounded(short, digits) == short
    unit = 10 ** (math.floor(math.log10(value)) - digits + 1)
    assert abs(short - value) <= 0.51 * unit
    assert significant(value, digits).replace(MINUS, "-") == significant(short, digits).replace(MINUS, "-")


def test_powers_of_ten_are_written_one_way() -> None:
    assert [significant(value, 3) for value in (2.42e17, -7.63e-6, 1e100, -0.5)] == [
        "2.42e17",
        f"{MINUS}7.63e-6",
        "1e100",
        f"{MINUS}0.5",
    ]
