"""Fit by hand: the stage's own controls move the start of the run (stage/frontend/sliders.js)."""

import streamlit as st

from thermofit.ui.state import keys, memory
from thermofit.ui.state.widgets import worded
from thermofit.words import mark, tr

BY_HAND = mark("Fit by hand")


def fits_by_hand() -> bool:
    """Whether the stage is to show the controls; known before the experiments are drawn."""
    return bool(memory.recall(worded(keys.EXPERIMENT), BY_HAND) == BY_HAND)


def by_hand() -> None:
    """What to do with the controls, which stand on the stage."""
    if fits_by_hand():
        st.markdown(
            tr(
                "Move the line with the sliders, or drag it at its ends or its middle. "
                "Then press Play and let gradient descent do it from there."
            )
        )
