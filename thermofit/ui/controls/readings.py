"""What stands beneath the choice of readings: what they are, what they ask, and where they are from."""

import streamlit as st

from thermofit.data.dataset import Dataset
from thermofit.numbers import count, number
from thermofit.theory.curvature import curvature
from thermofit.ui.controls.stability_hint import plain
from thermofit.words import tr, trn


def about(readings: Dataset) -> None:
    """The sentence of a data set, and its question, which opens to the answer and the source.

    Only those of the sets that come with thermofit have such sentences.
    """
    if readings.help:
        st.caption(plain(tr(readings.help)))
    if readings.question:
        with st.expander(plain(tr(readings.question))):
            st.markdown(plain(tr(readings.answer)))
            st.caption(plain(origin(readings)))


def origin(readings: Dataset) -> str:
    """How many readings there are, how they stretch the valley, where they are from, and the licence."""
    rows = len(readings)
    places = {"rows": count(rows), "source": tr(readings.source), "licence": tr(readings.licence)}
    condition = curvature(readings.exact_u).condition
    if condition is None:
        return trn(
            "{rows} reading. Source: {source}. Licence: {licence}.",
            "{rows} readings. Source: {source}. Licence: {licence}.",
            rows,
            **places,
        )
    return trn(
        "{rows} reading, condition number {condition} as it is. Source: {source}. Licence: {licence}.",
        "{rows} readings, condition number {condition} as they are. Source: {source}. Licence: {licence}.",
        rows,
        condition=number(condition),
        **places,
    )
