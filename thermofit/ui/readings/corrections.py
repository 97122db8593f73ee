"""How a table is written, as found out, and the menus that correct it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from thermofit.data.table import DECIMALS, DELIMITERS, ENCODINGS, Readings, Table, TableChoices, rows
from thermofit.data.table.limits import LONGEST_LABEL
from thermofit.ui.state import keys, memory

HEADERS = {True: "the first row holds names", False: "no names"}
FIELDS = ("encoding", "delimiter", "decimal", "header", "first_line")

_T = TypeVar("_T", str, bool)


def chosen(content: str | bytes) -> TableChoices:
    """What was chosen for this content; nothing for content that is new."""
    return TableChoices(**{name: memory.recall(keys.own_choice(name, content)) for name in FIELDS})


def menus(content: str | bytes, table: Table | None) -> None:
    """Draw the menus; each says what was found, where a table was read."""
    found = table.layout if table else None
    first, second, third = st.columns(3)
    with first:
        _menu("Delimiter", "delimiter", content, DELIMITERS, found.delimiter if found else None)
        _first_line(content, found.first_line if found else None)
    with second:
        _menu("Decimal mark", "decimal", content, DECIMALS, found.decimal if found else None)
        if isinstance(content, bytes):
            encodings = {name: name for name in ENCODINGS}
            _menu("Encoding", "encoding", content, encodings, found.encoding if found else None)
    with third:
        _menu("Header", "header", content, HEADERS, found.header if found else None)


def _menu(label: str, name: str, content: str | bytes, names: dict[_T, str], found: _T | None) -> None:
    st.selectbox(
        label,
        [None, *names],
        format_func=_worded(names, found),
        key=keys.own_choice(name, content),
    )


def _worded(names: dict[_T, str], found: _T | None) -> Callable[[_T | None], str]:
    def worded(value: _T | None) -> str:
        if value is not None:
            return names[value]
        if found is None:
            return "find it out"
        name = names[found]
        return f"found: {name}"

    return worded


def _first_line(content: str | bytes, found: int | None) -> None:
    st.number_input(
        "Line at which the table begins",
        min_value=1,
        value=None,
        step=1,
        key=keys.own_choice("first_line", content),
        placeholder=f"found: {found}" if found else "find it out",
    )


def columns(content: str | bytes, table: Table) -> Readings:
    """Draw which column is which, and return the readings in them."""
    names = [column.label for column in table.columns]
    left, right = st.columns(2)
    with left:
        input = _column("Input (across)", "input", content, names, table.input)
    with right:
        target = _column("Target (up)", "target", content, names, table.target)
    return rows(table, input, target)


def names(readings: Readings) -> Readings:
    """Draw how the columns are called, and return the readings under these names."""
    left, right = st.columns(2)
    with left:
        input_label = _name("Input, and its unit", readings.input_label)
    with right:
        target_label = _name("Target, and its unit", readings.target_label)
    return replace(readings, input_label=input_label, target_label=target_label)


def _column(label: str, name: str, content: str | bytes, names: Sequence[str], place: int) -> int:
    key = keys.own_choice(f"{name}/{len(names)}", content)  # for another number of columns another one
    return st.selectbox(label, range(len(names)), index=place, format_func=names.__getitem__, key=key)


def _name(title: str, label: str) -> str:
    typed = st.text_input(title, label, key=keys.own_choice(title, label), max_chars=LONGEST_LABEL)
    return typed or label
