"""The readings in two columns of a table, and every row that is left out, with its reason."""

from dataclasses import dataclass

from thermofit.data.table.columns import Column
from thermofit.data.table.limits import FEWEST_ROWS, FIELD, MOST_REFUSED, MOST_ROWS, Fault
from thermofit.data.table.number import value_of
from thermofit.data.table.records import Record, records
from thermofit.data.table.table import Table
from thermofit.errors import ConfigError, Problem, shorten
from thermofit.numbers import count
from thermofit.words import tr, trn


@dataclass(frozen=True)
class Refused:
    """A row that is left out: its line, what is at fault, why, and what is allowed.

    `text` is the cell in `column`, or the whole row where `column` is "".
    """

    line: int
    text: str
    column: str
    reason: str
    allowed: str

    @property
    def message(self) -> str:
        """The whole in words."""
        if self.column:
            return tr("Line {line}, {column} = “{text}”: {reason}. Allowed: {allowed}.", **vars(self))
        return tr(
            "Line {line}: {reason}. Allowed: {allowed}.",
            line=self.line,
            reason=self.reason,
            allowed=self.allowed,
        )

    @property
    def in_its_line(self) -> str:
        """The line and the reason, as part of a longer message."""
        return tr("line {line}: {reason}", line=self.line, reason=self.reason)


@dataclass(frozen=True)
class Readings:
    """The good rows of two columns, in the table's order, and the refused ones.

    `inputs`, `targets` and `lines` (numbers of the lines) have equal lengths. Of the refused rows the first
    100 are listed; `refused_count` counts all.
    """

    inputs: tuple[float, ...]
    targets: tuple[float, ...]
    lines: tuple[int, ...]
    input_label: str
    target_label: str
    refused: tuple[Refused, ...] = ()
    refused_count: int = 0

    def __len__(self) -> int:
        return len(self.inputs)

    @property
    def problem(self) -> Problem | None:
        """Why these readings can't be trained on: too few or too many; None if they can."""
        if FEWEST_ROWS <= len(self) <= MOST_ROWS:
            return None
        reason = tr("too few rows can be used") if len(self) < FEWEST_ROWS else tr("too many rows")
        least, most = count(FEWEST_ROWS), count(MOST_ROWS)
        allowed = tr("{least} to {most} rows", least=least, most=most)
        return Problem(FIELD, count(len(self)), reason, allowed)

    def checked(self) -> "Readings":
        """These readings; ConfigError if they can't be trained on, with the first refused row."""
        if self.problem is None:
            return self
        first = self.refused[:1] if len(self) < FEWEST_ROWS else ()
        told = (Problem(FIELD, "", each.in_its_line, each.allowed) for each in first)
        raise ConfigError(self.problem, *told)


def rows(table: Table, input: int | None = None, target: int | None = None) -> Readings:
    """The readings in the columns at these places, or in the suggested ones.

    ConfigError for a place where there is no column.
    """
    places = table.input if input is None else input, table.target if target is None else target
    chosen = _column(table, "input", places[0]), _column(table, "target", places[1])
    good: list[tuple[float, float, int]] = []
    refused: list[Refused] = []
    refused_count = 0
    for record in records(table.lines, table.layout.delimiter, len(table.columns)):
        found = _row(record, table, places)
        if not isinstance(found, Refused):
            good.append(found)
            continue
        refused_count += 1
        if refused_count <= MOST_REFUSED:
            refused.append(found)
    inputs, targets, lines = zip(*good, strict=True) if good else ((), (), ())
    labels = chosen[0].label, chosen[1].label
    return Readings(inputs, targets, lines, *labels, tuple(refused), refused_count)


def _column(table: Table, field: str, place: int) -> Column:
    if not 0 <= place < len(table.columns):
        last = len(table.columns) - 1
        allowed = tr("a whole number from 0 to {last}", last=last)
        raise ConfigError(Problem(field, shorten(place), tr("no such column"), allowed))
    return table.columns[place]


def _row(record: Record, table: Table, places: tuple[int, int]) -> tuple[float, float, int] | Refused:
    """Input, target and line of a good row, or why it is left out."""
    whole = record.fault or _wrong_length(record, places, len(table.columns))
    if whole:
        return Refused(record.line, shorten(record.text), "", whole.reason, whole.allowed)
    pair: list[float] = []
    for place in places:
        column, layout, text = table.columns[place], table.layout, record.cells[place]
        value = value_of(text, layout.decimal, column.unit, layout.in_doubt)
        if isinstance(value, Fault):
            return Refused(record.line, shorten(text), column.name, value.reason, value.allowed)
        pair.append(value)
    return pair[0], pair[1], record.line


def _wrong_length(record: Record, places: tuple[int, int], usual: int) -> Fault | None:
    """Cells may be missing, or empty ones too many, only behind the columns that are read."""
    cells = len(record.cells)
    if cells <= max(places) or any(cell.strip() for cell in record.cells[usual:]):
        allowed = trn("{n} cell, as in other rows", "{n} cells, as in other rows", usual, n=usual)
        return Fault(tr("the number of its cells is {cells}", cells=cells), allowed)
    return None
