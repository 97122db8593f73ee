"""What became of the rows: how many can be used, which can't and why, a picture, and what can be done now."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from thermofit.charts.readings import readings_figure
from thermofit.charts.theme import THEMES
from thermofit.config.readings_text import Packed, pack_readings
from thermofit.data.dataset import Dataset
from thermofit.data.table import Readings
from thermofit.data.written import write_csv
from thermofit.numbers import count, number
from thermofit.ui import files
from thermofit.ui.state import address, keys
from thermofit.words import tr, trn

# The button above a table saves its cells as they are: "=1+1" would be a formula in a spreadsheet.
NO_TOOLBAR = f"""<style>
.st-key-{keys.OWN_REFUSED} [data-testid="stElementToolbar"] {{ display: none; }}
</style>"""


def outcome(readings: Readings, typed: bool) -> None:
    """Draw how many rows can be used, and every refused one: by its line, or its row in a table."""
    good, bad = count(len(readings)), count(readings.refused_count)
    if readings.refused_count:
        st.warning(
            tr("Rows that can be used: {good}. Left out: {bad}, for these reasons:", good=good, bad=bad)
        )
        with st.container(key=keys.OWN_REFUSED):
            _refused(readings, typed)
    else:
        st.success(tr("Rows that can be used: {good}, all of them.", good=good))
    if readings.problem:
        st.error(address.plain(readings.problem.message))


def _refused(readings: Readings, typed: bool) -> None:
    st.html(NO_TOOLBAR)
    # Translators: "row", "line" and "column" are those of a table of numbers.
    st.dataframe(
        {
            tr("row") if typed else tr("line"): [each.line - typed for each in readings.refused],
            tr("column"): [each.column for each in readings.refused],
            tr("what stands there"): [each.text for each in readings.refused],
            tr("why it is left out"): [each.reason for each in readings.refused],
            tr("allowed"): [each.allowed for each in readings.refused],
        },
        height="content" if len(readings.refused) < 5 else 220,
        hide_index=True,
    )
    if readings.refused_count > len(readings.refused):
        listed = len(readings.refused)
        st.caption(tr("Only the first {listed} are listed.", listed=listed))


def picture(dataset: Dataset, theme: str) -> None:
    """Draw the readings."""
    figure = readings_figure(
        dataset.t_u.tolist(), dataset.t_c.tolist(), dataset.input_label, dataset.target_label, THEMES[theme]
    )
    st.plotly_chart(figure, config={"displayModeBar": False}, key=keys.OWN_PICTURE)


def offers(dataset: Dataset, use: Callable[[Dataset], None]) -> None:
    """Draw what can be done with the readings, and what a link will hold of them."""
    left, right = st.columns(2)
    if left.button(tr("Use these readings"), type="primary", width="stretch"):
        use(dataset)
    with right:
        files.offer(tr("Save as CSV"), partial(write_csv, dataset), "readings.csv", icon=None)
    st.caption(in_a_link(pack_readings(dataset)))


def in_a_link(packed: Packed) -> str:
    """What a link will hold of the readings, in words."""
    if packed.problem:
        return tr(
            "The link can't hold these readings: they are too many, or have too many digits. "
            "Hand them out as a CSV file. They stay in this browser tab only."
        )
    if packed.rounded_to is None:
        return tr("A link that you copy holds these readings, with all their digits; nobody else gets them.")
    digits = packed.rounded_to
    first, second = (number(change, 2) for change in packed.largest_change)
    return trn(
        "A link that you copy holds these readings rounded to {n} digit: an input changes by at most "
        "{first}, a target by at most {second}.",
        "A link that you copy holds these readings rounded to {n} digits: an input changes by at most "
        "{first}, a target by at most {second}.",
        digits,
        n=digits,
        first=first,
        second=second,
    )
