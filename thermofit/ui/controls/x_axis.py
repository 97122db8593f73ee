"""What losses are drawn over: a choice beside the picture, the same on every page."""

from typing import Literal

import streamlit as st

from thermofit.charts.x_axis import AXES, HELP
from thermofit.config.view import Axis
from thermofit.ui.state import keys
from thermofit.ui.state.widgets import key


def x_axis(in_a_row: bool = False) -> Axis:
    """Draw the control, and return its choice; in a row of tabs, its name stands beside it."""
    if not in_a_row:
        return _choice("visible")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.caption("x-axis", width="content", help=HELP)  # a hidden label would show no help
        return _choice("collapsed")


def _choice(label: Literal["visible", "collapsed"]) -> Axis:
    axis: Axis | None = st.segmented_control(
        "x-axis",
        list(AXES),
        format_func=lambda name: AXES[name].label,
        key=key(keys.AXIS),
        required=True,
        label_visibility=label,
        persist_state="session",
        help=HELP,
    )
    return axis or "epochs"
