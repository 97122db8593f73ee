"""How a table is written: found out from its first lines, except for what was chosen.

`csv.Sniffer`, which pandas uses as well, is not asked: to it, a decimal comma is a delimiter like any other.
Here that delimiter wins which gives rows of equal length whose cells are numbers.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from thermofit.data.table.choices import DECIMALS, DELIMITERS, Layout, TableChoices
from thermofit.data.table.limits import SAMPLE
from thermofit.data.table.number import number
from thermofit.data.table.records import Line, Record, records, split

MOST_CELLS = 2_000  # that are looked at for each delimiter

_NAMED = re.compile(r"sep=(.)")  # the first line of some spreadsheets names the delimiter


def layout_of(lines: Sequence[Line], encoding: str, choices: TableChoices) -> Layout:
    """The layout of a table with these lines, of which there is at least one."""
    lines = [line for line in lines if not line.fault and line.number >= (choices.first_line or 1)]
    named = _NAMED.fullmatch(lines[0].text.strip('\ufeff" \t')) if lines else None
    delimiter = choices.delimiter or (named[1] if named and named[1] in DELIMITERS else "")
    sample = lines[1 if named else 0 :][:SAMPLE]
    delimiter = delimiter or max(DELIMITERS, key=lambda each: _fits(sample, each))
    first_line = choices.first_line or _first_line(sample, delimiter)
    table = [record for record in _rows(sample, delimiter) if record.line >= first_line]
    decimal, in_doubt = _decimal(table, delimiter)
    decimal = choices.decimal or decimal
    header = choices.header
    return Layout(
        encoding=encoding,
        delimiter=delimiter,
        decimal=decimal,
        header=_has_header(table, decimal) if header is None else header,
        first_line=first_line,
        in_doubt=in_doubt and choices.decimal is None,
    )


def usual_length(table: Iterable[Record]) -> int:
    """How many cells most of the rows have."""
    lengths = Counter(len(record.cells) for record in table if not record.fault)
    return max(lengths, key=lambda length: (lengths[length], length), default=0)


def _fits(sample: Sequence[Line], delimiter: str) -> tuple[bool, float, float]:
    """How well this delimiter fits: several columns; the share of numbers in the cells; equal rows."""
    table = [split(line.text, delimiter) or [] for line in sample]
    lengths = Counter(len(cells) for cells in table)
    usual, agreeing = max(lengths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    cells = [cell for row in table if len(row) == usual for cell in row]
    cells = cells[:: 1 + len(cells) // MOST_CELLS]
    numbers = sum(any(number(cell, decimal) for decimal in DECIMALS) for cell in cells)
    share = numbers / len(cells) if cells else 0.0
    return usual > 1, share * agreeing, agreeing


def _first_line(sample: Sequence[Line], delimiter: str) -> int:
    """The first line with as many cells as most lines: before it may stand a title."""
    table = _rows(sample, delimiter)
    usual = usual_length(table)
    return next((record.line for record in table if len(record.cells) == usual), 1)


def _rows(sample: Sequence[Line], delimiter: str) -> list[Record]:
    """The rows; how long they usually are tells which of them go on in the next line."""
    return list(records(sample, delimiter, usual_length(records(sample, delimiter))))


def _decimal(table: Sequence[Record], delimiter: str) -> tuple[str, bool]:
    """The decimal mark, and whether it is in doubt.

    Each cell of rows of the usual length that is a number with one mark only is a vote. Where there is none,
    1.234 is read with a point, as everywhere in this program, and 1,234 is in doubt, unless a comma parts the
    columns.
    """
    votes = Counter[str]()
    doubt = False
    usual = usual_length(table)
    for cell in (cell for record in table if len(record.cells) == usual for cell in record.cells):
        point, comma = number(cell, "."), number(cell, ",")
        if point and comma:
            doubt |= "," in cell and point.value != comma.value
        elif point or comma:
            votes["." if point else ","] += 1
    if votes:
        return max(votes, key=lambda mark: (votes[mark], mark)), False
    return ".", doubt and delimiter != ","


def _has_header(table: Sequence[Record], decimal: str) -> bool:
    """Whether the first row holds words where the rows below it hold numbers."""
    if not table:
        return False
    first, *below = table
    if any(number(cell, decimal) for cell in first.cells):
        return False
    return not below or any(number(cell, decimal) for record in below for cell in record.cells)
