"""How a table is written is found out, for each encoding, delimiter, decimal mark and header."""

import csv
import io
import itertools

import pytest

from thermofit.data.table import DECIMALS, DELIMITERS, ENCODINGS, TableChoices, read_table, rows
from thermofit.errors import ConfigError

INPUTS = [35.7, 55.9, 58.25, -8.5, 0.5, 1234.5, 9876.25, 100.0]
TARGETS = [0.5, 14.0, 15.125, -28.0, 11.5, -8.0, 3.75, 4.0]
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "utf-8": b""}
HEADER = ["Gewicht_(µg)", "Größe_(°C)"]


def written(delimiter, decimal, header, ending="\n", quoting=csv.QUOTE_MINIMAL):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=ending, quoting=quoting)
    if header:
        writer.writerow(HEADER)
    for pair in zip(INPUTS, TARGETS, strict=True):
        writer.writerow([f"{value:g}".replace(".", decimal) for value in pair])
    return file.getvalue()


KINDS = list(itertools.product(DELIMITERS, DECIMALS, (True, False)))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("delimiter", "decimal", "header"), KINDS)
def test_the_layout_is_found_out(encoding, delimiter, decimal, header):
    content = MARKS.get(encoding, b"") + written(delimiter, decimal, header, "\r\n").encode(encoding)
    table = read_table(content)
    assert (table.layout.delimiter, table.layout.decimal) == (delimiter, decimal)
    assert (table.layout.header, table.layout.first_line) == (header, 1)
    if header:  # without it, the bytes are the same in most encodings
        assert table.layout.encoding == ("cp1252" if encoding == "latin-1" else encoding)
        assert [column.name for column in table.columns] == HEADER
    found = rows(table)
    assert (list(found.inputs), list(found.targets)) == (INPUTS, TARGETS)
    assert (found.refused, found.refused_count) == ((), 0)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
@pytest.mark.parametrize(("delimiter", "decimal", "header"), [kind for kind in KINDS if kind[0] != " "])
def test_quotes_and_line_endings_change_nothing(ending, quoting, delimiter, decimal, header):
    found = rows(read_table(written(delimiter, decimal, header, ending, quoting)))
    assert (list(found.inputs), list(found.targets)) == (INPUTS, TARGETS)


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_is_no_part_of_the_first_name(mark):
    assert read_table(mark + b"a,b\n1,2\n").columns[0].name == "a"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_found_out(encoding):
    assert read_table("a,b\n1,2\n3,4\n".encode(encoding)).layout.encoding == encoding


@pytest.mark.parametrize(
    "text",
    [
        "Exported on Monday\n\na;b\n1,5;2\n3;4\n",
        "sep=;\na;b\n1,5;2\n3;4\n",
        '"sep=;"\r\na;b\r\n1,5;2\r\n3;4\r\n',
        "\n\n\na;b\n1,5;2\n3;4",
    ],
)
def test_a_title_above_the_table_is_passed_over(text):
    found = rows(read_table(text))
    assert (found.inputs, found.targets, found.input_label) == ((1.5, 3.0), (2.0, 4.0), "a")


def test_a_header_may_be_written_on_several_lines():
    found = rows(read_table('"Weight\n(kg)","Length\nof the rod\n[cm]"\n1,2\n3,4\n'))
    assert (found.input_label, found.target_label) == ("Weight (kg)", "Length of the rod [cm]")
    assert found.lines == (5, 6)


def test_a_comment_on_several_lines_is_one_cell():
    found = rows(read_table('a,b,why\n1,2,"so,\nand so"\n3,4,\n'))
    assert (found.inputs, found.lines) == ((1.0, 3.0), (2, 4))


def test_the_first_two_columns_of_numbers_are_suggested():
    table = read_table("name;date;x;y;z\nAnn;2020-01-02;1;2;3\nBob;2020-01-03;4;5;6\n")
    assert (table.input, table.target) == (2, 3)
    assert rows(table, 4, 2).inputs == (3.0, 6.0)
    assert rows(table, table.place("z"), table.place("x")).targets == (1.0, 4.0)


def test_a_column_of_few_numbers_is_suggested_last():
    table = read_table("a,b,c\n?,1,2\n?,2,3\n5,3,4\n")
    assert (table.input, table.target) == (1, 2)
    assert read_table("a,b\n?,1\n?,2\n5,3\n").input == 0


CHOICES = [
    (TableChoices(encoding="latin-1"), "encoding", "latin-1"),
    (TableChoices(delimiter=";"), "delimiter", ";"),
    (TableChoices(decimal=","), "decimal", ","),
    (TableChoices(header=False), "header", False),
    (TableChoices(first_line=2), "first_line", 2),
]


@pytest.mark.parametrize(("choices", "name", "value"), CHOICES)
def test_each_finding_can_be_corrected(choices, name, value):
    text = b"a;b\n1,5;2\n3;4\n5;6\n"
    assert getattr(read_table(text, choices).layout, name) == value


def test_a_chosen_header_is_no_row():
    text = "2019,2020\n1,2\n3,4\n"  # years as names
    assert len(rows(read_table(text))) == 3
    found = rows(read_table(text, TableChoices(header=True)))
    assert (found.input_label, len(found)) == ("2019", 2)


def test_a_chosen_decimal_mark_decides():
    text = "1,234\t2,345\n3,456\t4,567\n"
    assert rows(read_table(text, TableChoices(decimal=","))).inputs == (1.234, 3.456)
    assert rows(read_table(text, TableChoices(decimal="."))).inputs == (1234.0, 3456.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"encoding": "rot13"},
        {"encoding": 8},
        {"delimiter": "x"},
        {"delimiter": ",,"},
        {"decimal": ""},
        {"header": "yes"},
        {"first_line": 0},
        {"first_line": 1.5},
    ],
)
def test_a_wrong_choice_is_named(wrong):
    with pytest.raises(ConfigError) as caught:
        TableChoices(**wrong)
    (problem,) = caught.value.problems
    assert problem.field in wrong and problem.allowed


def test_a_chosen_encoding_that_does_not_fit_is_named():
    with pytest.raises(ConfigError, match=r"byte 4 does not fit\. Allowed: one of utf-8"):
        read_table("a,b\xb0\n1,2\n".encode("latin-1"), TableChoices(encoding="utf-8"))


def test_a_look_at_the_first_rows():
    table = read_table("a,b\n1,2\n" + "3,4\n" * 50)
    assert table.head(2) == [["1", "2"], ["3", "4"]]
    assert len(table.head()) == 10
