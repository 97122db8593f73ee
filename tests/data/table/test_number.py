"""Numbers as people and spreadsheets write them: read where they can mean one thing only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermofit.data.dataset import LARGEST_READING
from thermofit.data.table import read_table, rows
from thermofit.data.table.limits import Fault
from thermofit.data.table.number import doubtful, number, value_of

GOOD = [
    ("12", ".", 12.0, "", ""),
    ("-12.5", ".", -12.5, "", ""),
    ("−12,5", ",", -12.5, "", ""),
    ("+3", ".", 3.0, "", ""),
    (".5", ".", 0.5, "", ""),
    ("5.", ".", 5.0, "", ""),
    ("1e3", ".", 1000.0, "", ""),
    ("1,5E-2", ",", 0.015, "", ""),
    ("1.234,5", ",", 1234.5, "", "."),
    ("1,234.5", ".", 1234.5, "", ","),
    ("1 234.5", ".", 1234.5, "", " "),
    ("1\u202f234,5", ",", 1234.5, "", " "),
    ("1\u00a0234\u00a0567,5", ",", 1234567.5, "", " "),
    ("1'234.5", ".", 1234.5, "", "'"),
    ("1’234.5", ".", 1234.5, "", "’"),
    ("35.7 °F", ".", 35.7, "°F", ""),
    ("35,7°C", ",", 35.7, "°C", ""),
    ("12 %", ".", 12.0, "%", ""),
    ("12%", ".", 12.0, "%", ""),
    ("3 km/h", ".", 3.0, "km/h", ""),
    ("3 m/s²", ".", 3.0, "m/s²", ""),
    ("$1,200", ".", 1200.0, "$", ","),
    ("€ 5", ".", 5.0, "€", ""),
    ("  7  ", ".", 7.0, "", ""),
    ("٣٥", ".", 35.0, "", ""),
]
NONE = ["", "abc", ".", ",", "-", "1.2.3", "1..2", "12,34,567", "1,23", "1 23", "0x10", "1_000", "1e", "--1"]
NONE += [
    "1-2",
    "=1",
    "1+1",
    "(5)",
    "1;2",
    "5²",
    "½",
    "NaN",
    "inf",
    "true",
    "1" * 61,
    "1" * 10_000,
    "12 34",
    "#1",
]


@pytest.mark.parametrize(("text", "decimal", "value", "unit", "thousands"), GOOD)
def test_a_number_is_read(text, decimal, value, unit, thousands):
    found = number(text, decimal)
    assert found and (found.value, found.unit, found.thousands) == (value, unit, thousands)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_number_is_refused(text):
    refused = value_of(text, ".", "")
    assert isinstance(refused, Fault) and refused.reason and refused.allowed


@given(st.floats(-LARGEST_READING, LARGEST_READING), st.sampled_from(".,"))
def test_any_number_that_python_writes_is_read(value, decimal):
    for text in (repr(value), f"{value:.3f}", f"{value:e}"):
        found = number(text.replace(".", decimal), decimal)
        assert found and found.value == float(text)


@given(st.floats(-LARGEST_READING, LARGEST_READING), st.sampled_from(", '"))
def test_thousands_marks_change_nothing(value, mark):
    text = f"{value:,.2f}"
    found = number(text.replace(",", mark), ".")
    assert found and found.value == float(text.replace(",", ""))


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_is_refused(text):
    for decimal in ".,":
        assert bool(number(text, decimal)) or isinstance(value_of(text, decimal, ""), Fault)


REASONS = [
    ("", "a number is missing"),
    ("NA", "a number is missing"),
    ("n/a", "a number is missing"),
    ("inf", "not a finite number"),
    ("-Infinity", "not a finite number"),
    ("1e7", "too large"),
    ("-1000001", "too large"),
    ("1e999", "too large"),
    ("1e-40", "too close to 0"),
    ("2020-01-31", "a date, a time or a fraction"),
    ("31.01.2020", "a date, a time or a fraction"),
    ("1/31/20", "a date, a time or a fraction"),
    ("12:30", "a date, a time or a fraction"),
    ("3-Mar", "a date, a time or a fraction"),
    ("Mar 2020", "a date, a time or a fraction"),
    ("1/2", "a date, a time or a fraction"),
    ("=SUM(A1:A9)", "a formula or a text"),
    ("@SUM(1)", "a formula or a text"),
    ("+cmd|' /C calc'!A0", "a formula or a text"),
    ("-2+3", "a formula or a text"),
    ("#DIV/0!", "the spreadsheet could not compute it"),
    ("#N/A", "a number is missing"),
    ("#VALUE!", "the spreadsheet could not compute it"),
    ("12,5", "its decimal mark is not “.”, as elsewhere in the table"),
    ("12 kg", "it ends in kg"),
    ("abc", "not a number"),
    ("1\x002", "not a number"),
    ("12O", "it ends in O"),
]


@pytest.mark.parametrize(("text", "reason"), REASONS)
def test_the_reason_is_told(text, reason):
    refused = value_of(text, ".", "")
    assert isinstance(refused, Fault) and refused.reason == reason


def test_the_largest_reading_is_allowed():
    assert (value_of("1000000", ".", ""), value_of("-1e6", ".", "")) == (1e6, -1e6)
    assert isinstance(value_of("1000001", ".", ""), Fault)


def test_an_example_has_the_tables_own_decimal_mark():
    refused = value_of("abc", ",", "")
    assert isinstance(refused, Fault) and refused.allowed == "a number such as 12,5"


@pytest.mark.parametrize("text", ["1,234", "1.234", "12,345", "999.999"])
def test_three_digits_behind_a_mark_are_in_doubt(text):
    assert doubtful(text)


@pytest.mark.parametrize("text", ["1234", "0,123", "1,2345", "12,34", "1.234,5", "1 234"])
def test_other_numbers_can_be_read_one_way_only(text):
    assert not doubtful(text)


# ---- in a table, the other cells decide ----


def read(text):
    found = rows(read_table(text))
    return list(found.inputs), list(found.targets), found


def test_one_cell_can_decide_for_all():
    assert read("1.234\t2\n3.456\t4,5\n")[0] == [1234.0, 3456.0]
    assert read("1,234\t2\n3,456\t4.5\n")[0] == [1234.0, 3456.0]
    assert read("1.234\t2\n3.456\t4\n")[0] == [1.234, 3.456]


def test_what_stays_in_doubt_is_refused_and_says_how_to_go_on():
    *_, found = read("1,234\t2\n3,456\t4\n5\t6\n7\t8\n")
    assert found.inputs == (5.0, 7.0)
    assert {each.reason for each in found.refused} == {"it can mean two numbers"}
    assert "a point or a comma" in found.refused[0].allowed


def test_a_comma_between_columns_is_no_decimal_mark():
    assert read('"1,234",2\n"3,456",4\n')[0] == [1234.0, 3456.0]
    assert read('"1,5",2\n"3,25",4\n')[0] == [1.5, 3.25]


def test_a_unit_beside_the_numbers_belongs_to_the_column():
    inputs, _, found = read("reading;t\n35,7 °F;1\n40 °F;2\n41;3\n5 °C;4\n")
    assert inputs == [35.7, 40.0, 41.0]
    assert found.input_label == "reading (°F)"
    assert [each.reason for each in found.refused] == ["its unit is °C"]


def test_a_unit_in_the_header_is_not_repeated():
    assert read("t (°F);c\n35,7 °F;1\n40 °F;2\n")[2].input_label == "t (°F)"


def test_thousands_marks_are_told():
    assert read_table("1.234,5\t2\n2.000,5\t3\n").columns[0].thousands == "."
