"""What surrounds the landscape: its options, and the experiments, of which one is shown at a time."""

import streamlit as st

from thermofit.config.view import Shape, Units
from thermofit.live.live_run import LiveRun
from thermofit.ui.experiments.fit_by_hand import BY_HAND
from thermofit.ui.experiments.lr_range import try_rates
from thermofit.ui.experiments.scaling_comparison import compare_scalings
from thermofit.ui.lab.chart_tabs import STYLE, look
from thermofit.ui.state import keys, memory
from thermofit.ui.state.widgets import worded
from thermofit.words import mark, tr

# One line each, so that the pictures have the room.
ROW = """<style>
.stMain h4 { padding: 0 0 .35rem; font-size: 1.25rem; }
.st-key-landscape-head [data-testid="stButtonGroup"] > div { flex-wrap: nowrap; }
@media (min-width: 641px) and (max-width: 1340px) {
  .st-key-landscape-head { column-gap: .5rem; }
  .st-key-landscape-head [data-testid="stButtonGroup"] button { padding-inline: .5rem; }
}
@media (max-width: 640px) { .st-key-landscape-head [data-testid="stButtonGroup"] > div { flex-wrap: wrap; } }
</style>"""


def head() -> tuple[Units, Shape]:
    """Draw the title, the experiments and the landscape's options; return how to draw the landscape."""
    st.html(STYLE + ROW)
    title = tr("Every point is a line: click one and watch it roll downhill")
    st.markdown(f"## {title}")
    memory.remembered(worded(keys.EXPERIMENT), BY_HAND)
    with st.container(horizontal=True, key=keys.LANDSCAPE_HEAD):
        st.segmented_control(
            tr("Experiments"),
            [BY_HAND, *EXPERIMENTS],
            format_func=tr,
            key=worded(keys.EXPERIMENT),
            required=True,
            label_visibility="collapsed",
            persist_state="session",
        )
        with st.container(horizontal=True, horizontal_alignment="right", width="content"):
            return look()


def experiment(live: LiveRun) -> None:
    """The experiment that is chosen, above the stage, so that its result is seen; nothing for one on it."""
    chosen = memory.recall(worded(keys.EXPERIMENT), BY_HAND)
    with st.container():  # one place, whichever it is
        if chosen in EXPERIMENTS:
            EXPERIMENTS[chosen](live)


EXPERIMENTS = {
    mark("Try sixty learning rates"): try_rates,
    mark("Before and after scaling"): compare_scalings,
}
