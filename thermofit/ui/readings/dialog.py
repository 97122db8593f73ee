"""The dialog for readings of one's own, from what is given to a data set that is handed over."""

from collections.abc import Callable

import streamlit as st

from thermofit.data.dataset import Dataset
from thermofit.data.own import dataset_of
from thermofit.data.table import Table, TableChoices, read_table, rows
from thermofit.data.table.limits import FEWEST_ROWS, MOST_ROWS
from thermofit.errors import ConfigError
from thermofit.numbers import count
from thermofit.ui.readings import corrections
from thermofit.ui.readings.given import Given, given
from thermofit.ui.readings.outcome import offers, outcome, picture
from thermofit.ui.state import address, keys, memory
from thermofit.words import tr

Use = Callable[[Dataset], None]


def ask() -> None:
    """Have the dialog stand open, until it is closed: the page may be drawn again meanwhile."""
    memory.remember(keys.OWN_ASKED, True)


def close() -> None:
    """Close the dialog; what was given stays in its fields."""
    memory.take(keys.OWN_ASKED)


def dialog(start: Dataset, use: Use) -> None:
    """Draw the dialog if it is open; see `panel`."""
    if memory.recall(keys.OWN_ASKED):
        # Not a decorator: at the import of this file the reader's language is not known.
        st.dialog(tr("Your own readings"), width="large", on_dismiss=close)(_dialog)(start, use)


# A finger needs 44 pixels.
ON_A_PHONE = """<style>
@media (max-width: 640px) {
  [role="dialog"] :is(button[kind], [data-baseweb="select"] > div, input, summary) { min-height: 44px; }
  [role="dialog"] [data-testid="stButtonGroup"] button { min-height: 44px; }
  [role="dialog"] [aria-label="Close"] { min-height: 44px; min-width: 44px; }
}
</style>"""


def _dialog(start: Dataset, use: Use) -> None:
    st.html(ON_A_PHONE)
    panel(start, use)


def panel(start: Dataset, use: Use) -> None:
    """Ask for readings, beginning with `start` where they are typed; `use` gets those that are chosen.

    Nothing is handed over before the button is pressed, and a mistake loses nothing that was given.
    """
    what = given(start)
    if what is None:
        least, most = count(FEWEST_ROWS), count(MOST_ROWS)
        st.caption(
            tr(
                "Two columns: what is measured, and what belongs to it; {least} to {most} rows.",
                least=least,
                most=most,
            )
        )
        return
    choices = what.written or corrections.chosen(what.content)
    table = _read(what, choices)
    if what.written is None:
        with st.expander(tr("How it is written"), expanded=table is None):
            corrections.menus(what.content, table)
    if table is not None:
        _hand_over(what, table, use)


def _read(what: Given, choices: TableChoices) -> Table | None:
    """The table, or None; then it is told why."""
    try:
        return read_table(what.content, choices)
    except ConfigError as error:
        for problem in error.problems:
            reason, allowed = address.plain(problem.reason), address.plain(problem.allowed)
            st.error(tr("This can't be read: {reason}. Allowed: {allowed}.", reason=reason, allowed=allowed))
        return None


def _hand_over(what: Given, table: Table, use: Use) -> None:
    typed = what.written is not None
    readings = corrections.names(rows(table) if typed else corrections.columns(what.content, table))
    outcome(readings, typed)
    if readings.problem is None:
        dataset = dataset_of(readings, what.label, what.source)
        offers(dataset, use)  # above the picture, which takes its time
        picture(dataset, st.context.theme.type or "light")
