"""The columns of a table: their names, their units, and which of them look like input and target."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from thermofit.data.table.limits import LONGEST_LABEL
from thermofit.data.table.number import Number, number
from thermofit.words import tr

MOSTLY = 0.5  # of the cells looked at
_NO_MARKUP = str.maketrans("<>", "‹›")  # a name from somebody else's file is never taken for HTML
_UNIT = re.compile(r"(.*\S)\s*(?:\(([^()]+)\)|\[([^\[\]]+)\])")  # "weight (kg)", "length [cm]"
_JOINERS = "\u200c\u200d"  # which Persian words and some emoji need


@dataclass(frozen=True)
class Column:
    """A column by its name, with the unit and the thousands mark that most of its numbers have ("": none).

    `numbers` is the share of numbers among its cells that are not empty, in the lines looked at.
    """

    name: str
    unit: str
    thousands: str
    numbers: float

    @property
    def label(self) -> str:
        """The name with the unit, unless the name has one already."""
        if not self.unit or self.unit in self.name:
            return self.name
        return f"{self.name} ({self.unit})"


def columns_of(
    header: Sequence[str], table: Sequence[Sequence[str]], decimal: str, count: int
) -> tuple[Column, ...]:
    """The first `count` columns of these rows of cells; a name that is missing is a number from 1 on."""
    names = [clean(header[place]) if place < len(header) else "" for place in range(count)]
    return tuple(
        _column(
            name or tr("Column {number}", number=place),
            [row[place - 1] for row in table if len(row) >= place],
            decimal,
        )
        for place, name in enumerate(names, 1)
    )


def _column(name: str, cells: Sequence[str], decimal: str) -> Column:
    cells = [cell for cell in cells if cell.strip()]
    found = [each for each in (number(cell, decimal) for cell in cells) if each]
    return Column(name, _unit(found), _thousands(found), len(found) / len(cells) if cells else 0.0)


def _unit(found: Sequence[Number]) -> str:
    """The commonest unit of the column, if at least half of its numbers have one."""
    units = Counter(each.unit for each in found if each.unit)
    return max(units, key=lambda unit: units[unit]) if units.total() >= max(1, MOSTLY * len(found)) else ""


def _thousands(found: Sequence[Number]) -> str:
    return next((each.thousands for each in found if each.thousands), "")


def suggested(columns: Sequence[Column]) -> tuple[int, int] | None:
    """Places of input and target: the first two columns of mostly numbers, or those with the most of them.

    None if there are fewer.
    """
    places = [place for place, column in enumerate(columns) if column.numbers]
    places.sort(key=lambda place: -min(columns[place].numbers, MOSTLY))
    return (min(places[:2]), max(places[:2])) if len(places) > 1 else None


def clean(name: str) -> str:
    """The name on one line of at most 60 characters, without control characters and markup."""
    name = name[: 4 * LONGEST_LABEL].translate(_NO_MARKUP)
    name = "".join(c for c in name if c.isspace() or c in _JOINERS or unicodedata.category(c)[0] != "C")
    name = " ".join(name.split())
    return name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1] + "…"


def name_and_unit(label: str) -> tuple[str, str]:
    """The name and the unit of "weight (kg)" or "length [cm]"; a label without brackets has no unit ("")."""
    label = clean(label)
    found = _UNIT.fullmatch(label)
    return (found[1], (found[2] or found[3]).strip()) if found else (label, "")
