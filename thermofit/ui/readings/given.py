"""What a person gives: a pasted text, a file, or a table that is typed into."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from thermofit.data.dataset import Dataset
from thermofit.data.edit import values
from thermofit.data.own import LABEL
from thermofit.data.table import TableChoices
from thermofit.data.table.limits import LARGEST_FILE
from thermofit.data.written import exact
from thermofit.ui.readings.typed import Typed
from thermofit.ui.state import keys, memory
from thermofit.ui.state.widgets import worded
from thermofit.words import mark, tr

PASTE, UPLOAD, TYPE = mark("Paste"), mark("Upload a file"), mark("Type into a table")
SHORTEST = "%.9g"  # no more digits than a float32 number has: 55.9, not 55.900000000000006
IN_A_TABLE = TableChoices(delimiter="\t", decimal=".", header=True, first_line=1)


@dataclass(frozen=True)
class Given:
    """The content, what it is to be called, and how it is written if that is known."""

    content: str | bytes
    label: str = LABEL
    source: str = ""
    written: TableChoices | None = None


def given(start: Dataset) -> Given | None:
    """Draw the ways to give readings, and return what the chosen one holds; None as long as it is empty."""
    memory.remembered(worded(keys.OWN_WAY), PASTE)
    way = st.segmented_control(
        tr("How"),
        list(WAYS),
        format_func=tr,
        key=worded(keys.OWN_WAY),
        required=True,
        width="stretch",
        label_visibility="collapsed",
    )
    return WAYS[way or PASTE](start)


def _pasted(start: Dataset) -> Given | None:
    text = st.text_area(
        tr("Two columns from a spreadsheet or a text, with or without their names"),
        height=130,
        key=keys.OWN_PASTED,
        placeholder=tr("load (kg)\tlength (cm)\n0,5\t20,1\n1,0\t20,9"),
        help=tr("Mark the cells in the spreadsheet, copy them, click here and paste."),
    )
    return Given(text) if text else None


def _uploaded(start: Dataset) -> Given | None:
    file = st.file_uploader(
        tr("A CSV or another text file with two columns of numbers"),
        key=keys.OWN_FILE,
        max_upload_size=LARGEST_FILE // 1_000_000,
        help=tr("Delimiter, decimal mark, header and encoding are found out, and can be corrected below."),
    )
    return Given(file.getvalue(), file.name.rpartition(".")[0] or file.name, file.name) if file else None


def _typed(start: Dataset) -> Given:
    """The table, at first with the present readings."""
    config = {
        "input": st.column_config.NumberColumn(start.input_label, format=SHORTEST),
        "target": st.column_config.NumberColumn(start.target_label, format=SHORTEST),
    }
    st.caption(tr("It begins with the readings in use. Change them, and add rows at the end."))
    before = _so_far(start)
    shown = st.data_editor(
        before.base, column_config=config, num_rows="dynamic", height=260, key=keys.own_table(before.begun)
    )
    typed = before.edited(shown)
    memory.remember(keys.OWN_TYPED, typed)
    with st.container(horizontal=True):
        _way_back(tr("Undo"), typed.undone(), len(typed.steps) < 2)
        _way_back(tr("Back to the readings in use"), typed.back(), typed.now.equals(typed.first))
    return Given(_text(typed.now, start), written=IN_A_TABLE)


def _so_far(start: Dataset) -> Typed:
    """What was typed; for other readings in use it begins anew."""
    known: Typed | None = memory.recall(keys.OWN_TYPED)
    if known and known.start == start.fingerprint:
        return known
    columns = zip(("input", "target"), exact(start), strict=True)
    first = pd.DataFrame({name: values(column) for name, column in columns})
    return Typed.of(start.fingerprint, first, known.begun + 1 if known else 0)


def _way_back(label: str, to: Typed, useless: bool) -> None:
    st.button(label, on_click=memory.remember, args=(keys.OWN_TYPED, to), disabled=useless)


def _text(frame: pd.DataFrame, start: Dataset) -> str:
    named = frame.set_axis([start.input_label, start.target_label], axis="columns")
    return str(named.to_csv(sep="\t", index=False))


WAYS: dict[str, Callable[[Dataset], Given | None]] = {PASTE: _pasted, UPLOAD: _uploaded, TYPE: _typed}
