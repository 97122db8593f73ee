"""A table as it was found: its layout, its columns, and the lines that are still to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from thermofit.data.table.choices import DELIMITERS, Layout, TableChoices
from thermofit.data.table.columns import Column, columns_of, suggested
from thermofit.data.table.content import text_of
from thermofit.data.table.layout import layout_of, usual_length
from thermofit.data.table.limits import MOST_COLUMNS, SAMPLE, refuse
from thermofit.data.table.records import Line, Record, lines_of, records, split
from thermofit.errors import check_choice, shorten
from thermofit.words import listed, tr

SHOWN_ROWS = 10


@dataclass(frozen=True)
class Table:
    """What `read_table` found: how the table is written, its columns, and which of them are suggested.

    `input` and `target` are places in `columns`. `lines` are those of the rows, without the header.
    """

    layout: Layout
    columns: tuple[Column, ...]
    input: int
    target: int
    lines: tuple[Line, ...]

    def place(self, column: str | int | None) -> int | None:
        """The place of the column of this name, or ConfigError; a place, or None, stays as it is."""
        if not isinstance(column, str):
            return column
        names = [each.name for each in self.columns]
        return names.index(check_choice("column", column, tuple(names)))

    def head(self, rows: int = SHOWN_ROWS) -> list[list[str]]:
        """The cells of the first rows that can be read, each shortened, for a look at them."""
        found = records(self.lines[:SAMPLE], self.layout.delimiter, len(self.columns))
        good = [record.cells for record in found if not record.fault]
        return [[shorten(cell) for cell in cells] for cells in good[:rows]]


def read_table(source: bytes | str, choices: TableChoices | None = None) -> Table:
    """The table in a file's bytes or in a pasted text, as chosen and otherwise as found out.

    ConfigError, with a Problem of the field "readings", if it can't hold two columns of readings: too
    large, of another kind than text, empty, or without two columns of numbers. A row that can't be used does
    not spoil the others; `rows` names it.
    """
    choices = choices or TableChoices()
    text, encoding = text_of(source, choices.encoding)
    everything = lines_of(text)
    layout = layout_of(everything, encoding, choices)
    lines = tuple(line for line in everything if line.number >= layout.first_line)
    _check_readable(lines)
    length = usual_length(records(lines[:SAMPLE], layout.delimiter))
    if choices.first_line is None:
        _check_commas(everything[: len(everything) - len(lines)], layout.delimiter, length)
    header, body = _parted(lines, layout, length)
    _check_rows(body, length)
    table = [record.cells for record in records(body[:SAMPLE], layout.delimiter, length)]
    columns = columns_of(header, table, layout.decimal, length)
    places = suggested(columns)
    if places is None:
        _refuse_columns(columns)
    return Table(layout, columns, places[0], places[1], body)


def _check_readable(lines: Sequence[Line]) -> None:
    """Refuse a table of which no line can be read, and say why its first one can't."""
    if not lines:
        refuse(tr("there is nothing in it"), tr("at least two rows of numbers"))
    if all(line.fault for line in lines) and (first := lines[0].fault):
        refuse(first.reason, first.allowed)


def _check_commas(above: Sequence[Line], delimiter: str, length: int) -> None:
    """Refuse 1,5,2,5 below a header of two names: every number has become two cells."""
    header = split(above[-1].text, delimiter) if above and delimiter == "," else None
    if header and len(header) > 1 and 2 * len(header) == length:
        reason = tr("a comma is both its decimal mark and its delimiter")
        refuse(reason, tr('numbers such as "1,5" or 1.5, or another delimiter'))


def _parted(lines: tuple[Line, ...], layout: Layout, length: int) -> tuple[Sequence[str], tuple[Line, ...]]:
    """The names in the header, which may be written on several lines, and the lines of the rows."""
    if not layout.header:
        return (), lines
    found = records(lines, layout.delimiter, length)
    header: Record = next(found)
    following = next(found, None)
    first = following.line if following else lines[-1].number + 1
    return header.cells, tuple(line for line in lines if line.number >= first)


def _check_rows(lines: Sequence[Line], length: int) -> None:
    if length < 2:
        known = listed(map(tr, DELIMITERS.values()))
        allowed = tr("two columns of numbers, separated by one of {delimiters}", delimiters=known)
        refuse(tr("it has a single column"), allowed)
    if length > MOST_COLUMNS:
        refuse(tr("it has too many columns"), tr("at most {most} columns", most=MOST_COLUMNS))
    if not lines:
        refuse(tr("it has a header, but no rows"), tr("at least two rows of numbers"))


def _refuse_columns(columns: Sequence[Column]) -> NoReturn:
    good = [column.name for column in columns if column.numbers]
    if good:
        refuse(tr("it has only one column of numbers"), tr("two columns of numbers"), good[0])
    refuse(tr("it has no column of numbers"), tr("two columns of numbers"))
