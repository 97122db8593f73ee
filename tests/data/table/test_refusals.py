"""What can't be used is told in plain words: whole files, and single rows beside the good ones."""

import gzip
import io
import zipfile

import pytest

from thermofit.data import read_csv
from thermofit.data.own import dataset_of
from thermofit.data.table import read_table, rows
from thermofit.data.table.limits import (
    LARGEST_FILE,
    LONGEST_LINE,
    MOST_COLUMNS,
    MOST_LINES,
    MOST_REFUSED,
    MOST_ROWS,
)
from thermofit.errors import ConfigError


def archive(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as into:
        for name, content in files.items():
            into.writestr(name.replace("__", "."), content)
    return file.getvalue()


SPREADSHEET = archive(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
WHOLE = [
    (b"", "there is nothing in it"),
    (b"\xef\xbb\xbf", "there is nothing in it"),
    (b"\n\r\n  \t\n", "there is nothing in it"),
    (b"\x00" * 1000, "there is nothing in it"),
    (b";;;\n,,,\n", "there is nothing in it"),
    (SPREADSHEET, "it is a spreadsheet file, not a CSV file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "it is a spreadsheet file, not a CSV file"),
    (archive(table__csv="1,2\n" * 100), "it is a compressed file, not a CSV file"),
    (gzip.compress(b"1,2\n" * 100), "it is a compressed file, not a CSV file"),
    (b"\x89PNG\r\n\x1a\n" + bytes(99), "it is a picture, not a CSV file"),
    (b"%PDF-1.7\n", "it is a PDF file, not a CSV file"),
    (b"<!DOCTYPE html>\n<table>", "it is a web page or another file in markup (HTML, XML), not a CSV file"),
    (
        "<html>".encode("utf-16"),
        "it is a web page or another file in markup (HTML, XML), not a CSV file",
    ),
    (b'[{"a": 1}]', "it is JSON, not a CSV file"),
    (bytes(range(32)) * 50, "it is no text"),
    (b"x" * (LARGEST_FILE + 1), "it is too large, with 5.0 MB"),
    (b"x" * 100_000_000, "it is too large, with 100.0 MB"),
    (b"1\n2\n3\n", "it has a single column"),
    (b"only words\nand more\n", "it has no column of numbers"),
    (b"a,b\n1,5,2,5\n3,0,4,5\n", "a comma is both its decimal mark and its delimiter"),
    (b"a,b\n", "it has a header, but no rows"),
    (b"a,b\nx,y\n", "it has no column of numbers"),
    (b"a,b\n1,y\n2,z\n", "it has only one column of numbers"),
    (b"1," * 2_000_000, "2\u202f000\u202f001 columns"),
    (b"1 " * 2_000_000, "the line has 4\u202f000\u202f000 characters"),
    (b"1 " * 9_000 + b"\n", "it has too many columns"),
    (b"x" * 4_000_000, "the line has 4\u202f000\u202f000 characters"),
    (b"1,2\n" * 1_000_000, "it has 1\u202f000\u202f000 lines"),
]


@pytest.mark.parametrize(("content", "reason"), WHOLE, ids=range(len(WHOLE)))
def test_a_file_that_is_no_table_is_refused_plainly(content, reason):
    with pytest.raises(ConfigError) as caught:
        read_table(content)
    (problem,) = caught.value.problems
    assert (problem.field, problem.reason) == ("readings", reason)
    assert problem.allowed and len(problem.message) < 300


@pytest.mark.parametrize("text", ["<html>", '{"a": 1}', "%PDF-1.4", "PK\x03\x04", "", "\x01\x02\x03"])
def test_pasted_text_is_looked_at_in_the_same_way(text):
    with pytest.raises(ConfigError):
        read_table(text)


def refused(text):
    return [(each.line, each.reason) for each in rows(read_table(text)).refused]


GOOD = "a,b,c\n1,2,3\n4,5,6\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("7", "the number of its cells is 1"),
        ("7,8,9,10", "the number of its cells is 4"),
        ('7,"8,9', "a quotation mark is not closed, or stands amid a cell"),
        ('"7"x,8,9', "a quotation mark is not closed, or stands amid a cell"),
        ("x" * (LONGEST_LINE + 1), "the line has 20\u202f001 characters"),
        ("1," * MOST_COLUMNS, "201 columns"),
        ("7,,9", "a number is missing"),
        ("7,x,9", "not a number"),
        ("7,1e7,9", "too large"),
        ("7,=A1,9", "a formula or a text"),
        ("7,2020-01-01,9", "a date, a time or a fraction"),
        ("7,8\x00,9", "not a number"),
        ("# comment", "the number of its cells is 1"),
    ],
)
def test_a_bad_row_is_named_and_spoils_no_other_one(row, reason):
    text = f"{GOOD}{row}\n10,11,12\n"
    found = rows(read_table(text))
    assert refused(text) == [(4, reason)]
    assert (found.inputs, found.lines) == ((1.0, 4.0, 10.0), (2, 3, 5))
    (only,) = found.refused
    assert "Line 4" in only.message and only.allowed in only.message
    assert len(only.text) <= 40


def test_cells_beside_the_chosen_columns_do_not_matter():
    assert refused("a,b,c\n1,2,x\n4,5,\n7,8\n") == []


def test_empty_cells_at_the_end_of_a_row_do_not_matter():
    assert refused("a,b\n1,2,,\n3,4\n5,6\n") == []


def test_rows_of_empty_cells_are_passed_over():
    assert refused("a,b\n1,2\n,\n\n3,4\n,,,\n") == []


def test_many_bad_rows_are_counted_and_the_first_ones_listed():
    found = rows(read_table("a,b\n1,2\n3,4\n" + "x,y\n" * 5_000))
    assert (len(found.refused), found.refused_count, len(found)) == (MOST_REFUSED, 5_000, 2)


@pytest.mark.parametrize("count", [0, 1, MOST_ROWS + 1, MOST_LINES - 10])
def test_too_few_or_too_many_rows_are_refused_with_their_number(count):
    found = rows(read_table("a,b\nx,1\n1,x\n" + "1,2\n" * count))
    assert found.problem and found.problem.value == f"{count:,}".replace(",", "\u202f")
    with pytest.raises(ConfigError, match="2 to 10\u202f000 rows") as caught:
        dataset_of(found)
    if count < 2:
        assert "line 2: not a number" in str(caught.value)


@pytest.mark.parametrize("count", [2, MOST_ROWS])
def test_so_many_rows_are_allowed(count):
    assert len(dataset_of(rows(read_table("a,b\n" + "1,2\n" * count)))) == count


@pytest.mark.parametrize("place", [-1, 2, 99])
def test_a_column_that_is_not_there(place):
    table = read_table("a,b\n1,2\n")
    with pytest.raises(ConfigError, match="a whole number from 0 to 1"):
        rows(table, input=place)
    with pytest.raises(ConfigError, match="one of a, b"):
        table.place("c")


def test_names_are_short_and_without_markup():
    found = rows(read_table("<b>x</b>,\u202e" + "y" * 1000 + "\n1,2\n3,4\n"))
    assert found.input_label == "‹b›x‹/b›"
    assert len(found.target_label) == 60 and "\u202e" not in found.target_label


# ---- from a file ----


def test_a_file_becomes_a_data_set(tmp_path):
    file = tmp_path / "Our rods.csv"
    file.write_bytes("weight (kg);length [cm]\n1,5;20\n2,5;21,25\n".encode("cp1252"))
    data = read_csv(file)
    assert (data.t_u.tolist(), data.t_c.tolist()) == ([1.5, 2.5], [20.0, 21.25])
    assert (data.input_label, data.target_label) == ("weight (kg)", "length (cm)")
    assert (data.target_name, data.target_unit) == ("length", "cm")
    assert (data.name, data.label, data.source) == ("own", "Our rods", "Our rods.csv")
    swapped = read_csv(str(file), input="length [cm]", target=0)
    assert swapped.t_u.tolist() == [20.0, 21.25]


def test_a_large_file_is_refused_with_its_size(tmp_path):
    file = tmp_path / "large.csv"
    with file.open("wb") as empty:
        empty.truncate(100_000_000)  # takes no room on the disk
    with pytest.raises(ConfigError, match=r"too large, with 100\.0 MB\. Allowed: at most 5 MB"):
        read_csv(file)


@pytest.mark.parametrize("name", ["missing.csv", ".", "a\x00b", "x" * 1000])
def test_a_file_that_can_not_be_read_is_told(tmp_path, name):
    with pytest.raises(ConfigError, match="Allowed: the path of a CSV file"):
        read_csv(tmp_path / name)
