"""What stands beneath the choice of readings: what they are, what they ask, and where they are from."""

import streamlit as st

from thermofit.data.dataset import Dataset
from thermofit.numbers import count, number
from thermofit.theory.curvature import curvature
from thermofit.ui.controls.stability_hint import plain


def about(readings: Dataset) -> None:
    """The sentence of a data set, and its question, which opens to the answer and the source."""
    if readings.help:
        st.caption(plain(readings.help))
    if readings.question:
        with st.expander(plain(readings.question)):
            st.markdown(plain(readings.answer))
            st.caption(plain(origin(readings)))


def origin(readings: Dataset) -> str:
    """How many readings there are, how they stretch the valley, where they are from, and the licence."""
    rows, source, licence = count(len(readings)), readings.source, readings.licence
    condition = curvature(readings.exact_u).condition
    if condition is None:
        return f"{rows} readings. Source: {source}. Licence: {licence}."
    valley = number(condition)
    return f"{rows} readings, condition number {valley} as they are. Source: {source}. Licence: {licence}."
