"""What losses are drawn over: a choice beside the picture, the same on every page."""

import streamlit as st

from thermofit.charts.x_axis import AXES, axes_help
from thermofit.config.view import Axis
from thermofit.ui.controls.one_choice import one_choice
from thermofit.ui.state import keys
from thermofit.words import tr

LABELS: dict[Axis, str] = {name: axis.label for name, axis in AXES.items()}


def x_axis(in_a_row: bool = False) -> Axis:
    """Draw the control, and return its choice; in a row of tabs, its name stands beside it."""
    if not in_a_row:
        return one_choice(tr("x-axis"), LABELS, keys.AXIS, axes_help())
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.caption(tr("x-axis"), width="content", help=axes_help())  # a hidden label would show no help
        return one_choice(tr("x-axis"), LABELS, keys.AXIS, axes_help(), labelled=False)
