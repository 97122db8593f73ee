"""From text to lines, and from lines to cells; a broken line spoils no other one."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thermofit.data.table.choices import DELIMITERS
from thermofit.data.table.limits import LONGEST_LINE, MOST_COLUMNS, MOST_LINES, Fault, refuse
from thermofit.numbers import count
from thermofit.words import tr, trn

MOST_JOINED = 5  # lines that one row may take, where a quoted cell holds line breaks
SHOWN = 200  # characters that are kept of a line that is too long

_NOTHING = '" \t\u00a0,;|\x00'  # a line of nothing else is an empty row of a spreadsheet


@dataclass(frozen=True)
class Line:
    """A line that holds something, by its number in the text; one with a fault is not read further."""

    number: int
    text: str
    fault: Fault | None = None


@dataclass(frozen=True)
class Record:
    """The cells of a row, with the line at which it begins and its text; none where it has a fault."""

    line: int
    text: str
    cells: Sequence[str]
    fault: Fault | None = None


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that hold something; ConfigError if they are too many."""
    kept: list[Line] = []
    total = 0
    for number, line in enumerate(_split(text), 1):
        if line.strip(_NOTHING):
            total += 1
            if total <= MOST_LINES:
                kept.append(_line(number, line))
    if total > MOST_LINES:
        reason = trn("it has {n} line", "it has {n} lines", total, n=count(total))
        refuse(reason, tr("at most {most} lines, empty ones not counted", most=count(MOST_LINES)))
    return tuple(kept)


def _split(text: str) -> Iterator[str]:
    """The lines one by one: millions of empty ones would fill the memory as a list."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _line(number: int, text: str) -> Line:
    """The line; columns are counted before they are built."""
    columns = 1 + max(text.count(delimiter) for delimiter in DELIMITERS if delimiter != " ")
    if columns > MOST_COLUMNS:
        reason = trn("{n} column", "{n} columns", columns, n=count(columns))
        fault = Fault(reason, tr("at most {most} columns", most=MOST_COLUMNS))
        return Line(number, text[:SHOWN], fault)
    if len(text) > LONGEST_LINE:
        length = len(text)
        reason = trn("the line has {n} character", "the line has {n} characters", length, n=count(length))
        fault = Fault(reason, tr("at most {most} characters", most=count(LONGEST_LINE)))
        return Line(number, text[:SHOWN], fault)
    return Line(number, text)


def records(lines: Sequence[Line], delimiter: str, columns: int = 0) -> Iterator[Record]:
    """The rows of these lines. A quoted cell may hold line breaks if the row then has so many `columns`."""
    at = 0
    while at < len(lines):
        record, used = _record(lines, at, delimiter, columns)
        yield record
        at += used


def _record(lines: Sequence[Line], at: int, delimiter: str, columns: int) -> tuple[Record, int]:
    line = lines[at]
    if line.fault:
        return Record(line.number, line.text, (), line.fault), 1
    cells = split(line.text, delimiter)
    if cells is not None:
        return Record(line.number, line.text, cells), 1
    for used in range(2, MOST_JOINED + 1 if columns else 0):
        text = "\n".join(each.text for each in lines[at : at + used])
        cells = split(text, delimiter)
        if cells is not None and len(cells) == columns:
            return Record(line.number, text, cells), min(used, len(lines) - at)
    allowed = tr('cells such as "12.5" or 12.5')
    fault = Fault(tr("a quotation mark is not closed, or stands amid a cell"), allowed)
    return Record(line.number, line.text, (), fault), 1


def split(text: str, delimiter: str) -> list[str] | None:
    """The cells of a row, about as many as are allowed at most; None where its quotation marks don't fit."""
    if delimiter == " ":
        return text.split(None, MOST_COLUMNS)
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True, skipinitialspace=delimiter != "\t"))
    except (csv.Error, StopIteration):
        return None
