"""The table of runs beneath the charts, as a value; frontend/board.js draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["text", "number", "live"]  # "live" cells follow the playhead
Cell = str | float | None | Mapping[str, Any]  # None: there is nothing to tell


@dataclass(frozen=True)
class BoardColumn:
    """A column of the board; `name` is the key of its cells."""

    name: str
    label: str
    help: str = ""
    kind: Kind = "text"


@dataclass(frozen=True)
class BoardRow:
    """One run. `actions` are those of `live.protocol.ACTS` that its row offers.

    A cell is a text or a number, or, in a live column, one of

        {"column": name, "digits": n}     the recorded column at the playhead, of the row's track
        {"rank": True}                    the place in the race so far
        {"result": name, "digits": n}     from the results of a race, once the playhead is there
        {"result": name, "known": True}   from the results of a run that stands still; with "than", a track,
                                          the difference to that track's result is told beside it
    """

    track: str
    name: str
    colour: str
    dash: str = "solid"
    cells: Mapping[str, Cell] = field(default_factory=dict)
    actions: Sequence[str] = ()
    shown: bool = True
    remark: str = ""  # stands after the name
    linked: bool = True  # whether a link can hold the run


@dataclass(frozen=True)
class Board:
    """A table with a row per run; `empty` is what it says while there are none.

    `sort` names the column by which it is sorted at first, "" for the order given. Where `editable`, the
    names can be changed. `ranked_by` is the result by which a race ranks those that have arrived.
    """

    title: str
    empty: str
    columns: Sequence[BoardColumn]
    rows: Sequence[BoardRow]
    editable: bool = False
    sort: str = ""
    ranked_by: str = "reached_epoch"

    def columns_used(self) -> set[str]:
        """The columns of the tracks that its live cells show."""
        cells = (cell for row in self.rows for cell in row.cells.values())
        return {cell["column"] for cell in cells if isinstance(cell, Mapping) and "column" in cell}

    def as_json(self) -> dict[str, Any]:
        """The board as plain values."""
        return {
            **vars(self),
            "columns": [vars(column) for column in self.columns],
            "rows": [vars(row) for row in self.rows],
        }
