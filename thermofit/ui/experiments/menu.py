"""What surrounds the landscape: its options above, the experiments below."""

import streamlit as st

from thermofit.config.view import Shape, Units
from thermofit.live.live_run import LiveRun
from thermofit.ui.experiments.fit_by_hand import BY_HAND, by_hand
from thermofit.ui.experiments.lr_range import try_rates
from thermofit.ui.experiments.scaling_comparison import compare_scalings
from thermofit.ui.lab.chart_tabs import STYLE, look
from thermofit.ui.state import keys


def head() -> tuple[Units, Shape]:
    """Draw the title, with the landscape's options beside it, and return how to draw the landscape."""
    st.html(STYLE)
    title, switches = st.columns([1.7, 1], gap="small", vertical_alignment="center")
    title.markdown("#### Every point is a line: click one and watch it roll downhill")
    with switches, st.container(horizontal=True):
        return look()


def more(live: LiveRun) -> None:
    """The experiments below the stage, one at a time."""
    chosen = st.segmented_control(
        "Experiments",
        list(EXPERIMENTS),
        default=next(iter(EXPERIMENTS)),
        key=keys.EXPERIMENT,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    EXPERIMENTS[chosen](live)


EXPERIMENTS = {
    BY_HAND: by_hand,
    "Try sixty learning rates": try_rates,
    "Before and after scaling": compare_scalings,
}
