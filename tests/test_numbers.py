"""How numbers are written: the table that JavaScript is held to as well, and what must hold of any number."""

import json
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thermofit.numbers import (
    MINUS,
    THIN,
    count,
    exact_rate,
    formatted,
    number,
    rate,
    rounded,
    significant,
    typed_rate,
    written,
)
from thermofit.words import Language, speaking

TABLE = json.loads(Path(__file__).with_name("numbers_examples.json").read_text())
finite = st.floats(allow_nan=False, allow_infinity=False)


in_each_language = pytest.mark.parametrize("decimal", TABLE["decimals"])


@in_each_language
@pytest.mark.parametrize(("value", "digits", "sign", "text"), TABLE["written"])
def test_a_number_is_written_as_in_the_table(
    value: float | str, digits: int, sign: bool, text: str, decimal: str
) -> None:
    with speaking(Language(decimal=decimal)):
        assert written(float(value), digits, sign) == text.replace(".", decimal)


@in_each_language
@pytest.mark.parametrize(("value", "text"), TABLE["counts"])
def test_a_count_is_written_as_in_the_table(value: int, text: str, decimal: str) -> None:
    with speaking(Language(decimal=decimal)):
        assert count(value) == text.replace(" ", THIN)


@in_each_language
@pytest.mark.parametrize(("value", "text"), TABLE["numbers"])
def test_a_number_of_three_digits_is_written_as_in_the_table(value: float, text: str, decimal: str) -> None:
    with speaking(Language(decimal=decimal)):
        assert number(value) == text.replace(" ", THIN).replace(".", decimal)


def test_what_is_read_has_the_decimal_mark_of_the_language_and_what_is_typed_a_point() -> None:
    with speaking(Language(decimal=",")):
        assert (formatted(0.25), formatted(3.14159, ".2f"), formatted(1e-7)) == ("0,25", "3,14", "1e-07")
        assert (rate(3.4e-4), rate(0.033), exact_rate(0.0325)) == ("3,4e-4", "0,033", "0,0325")
        assert significant(-0.000125, 3) == "−0,000125"
        assert typed_rate(0.033) == "0.033"


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
