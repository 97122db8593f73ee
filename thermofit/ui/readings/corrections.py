"""How a table is written, as found out, and the menus that correct it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from thermofit.data.table import DECIMALS, DELIMITERS, ENCODINGS, Readings, Table, TableChoices, rows
from thermofit.data.table.limits import LONGEST_LABEL
from thermofit.ui.state import keys, memory
from thermofit.ui.state.widgets import worded
from thermofit.words import mark, tr

HEADERS = {True: mark("the first row holds names"), False: mark("no names")}
FIELDS = ("encoding", "delimiter", "decimal", "header", "first_line")

_T = TypeVar("_T", str, bool)


def chosen(content: str | bytes) -> TableChoices:
    """What was chosen for this content; nothing for content that is new."""
    return TableChoices(**{name: memory.recall(worded(keys.own_choice(name, content))) for name in FIELDS})


def menus(content: str | bytes, table: Table | None) -> None:
    """Draw the menus; each says what was found, where a table was read."""
    found = table.layout if table else None
    first, second, third = st.columns(3)
    with first:
        _menu(tr("Delimiter"), "delimiter", content, DELIMITERS, found.delimiter if found else None)
        _first_line(content, found.first_line if found else None)
    with second:
        _menu(tr("Decimal mark"), "decimal", content, DECIMALS, found.decimal if found else None)
        if isinstance(content, bytes):
            encodings = {name: name for name in ENCODINGS}
            _menu(tr("Encoding"), "encoding", content, encodings, found.encoding if found else None)
    with third:
        # Translators: the first row of a table, if it holds the names of the columns.
        _menu(tr("Header"), "header", content, HEADERS, found.header if found else None)


def _menu(label: str, name: str, content: str | bytes, names: dict[_T, str], found: _T | None) -> None:
    st.selectbox(
        label,
        [None, *names],
        format_func=_worded(names, found),
        key=worded(keys.own_choice(name, content)),
    )


def _worded(names: dict[_T, str], found: _T | None) -> Callable[[_T | None], str]:
    def worded(value: _T | None) -> str:
        if value is not None:
            return tr(names[value])
        return _found(tr(names[found]) if found is not None else None)

    return worded


def _found(value: str | int | None) -> str:
    """What stands in a field in which nothing was chosen."""
    return tr("find it out") if value is None else tr("found: {value}", value=value)


def _first_line(content: str | bytes, found: int | None) -> None:
    st.number_input(
        tr("Line at which the table begins"),
        min_value=1,
        value=None,
        step=1,
        key=worded(keys.own_choice("first_line", content)),
        placeholder=_found(found or None),
    )


def columns(content: str | bytes, table: Table) -> Readings:
    """Draw which column is which, and return the readings in them."""
    names = [column.label for column in table.columns]
    left, right = st.columns(2)
    with left:
        input = _column(tr("Input (across)"), "input", content, names, table.input)
    with right:
        target = _column(tr("Target (up)"), "target", content, names, table.target)
    return rows(table, input, target)


def names(readings: Readings) -> Readings:
    """Draw how the columns are called, and return the readings under these names."""
    left, right = st.columns(2)
    with left:
        input_label = _name(mark("Input, and its unit"), readings.input_label)
    with right:
        target_label = _name(mark("Target, and its unit"), readings.target_label)
    return replace(readings, input_label=input_label, target_label=target_label)


def _column(label: str, name: str, content: str | bytes, names: Sequence[str], place: int) -> int:
    # For another number of columns it is another widget.
    key = worded(keys.own_choice(f"{name}/{len(names)}", content))
    memory.remembered(key, place)
    return st.selectbox(label, range(len(names)), format_func=names.__getitem__, key=key)


def _name(title: str, label: str) -> str:
    key = keys.own_choice(title, label)
    typed = st.text_input(tr(title), label, key=key, max_chars=LONGEST_LABEL)
    return typed or label
