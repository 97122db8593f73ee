"""The code of the run, to read and to download."""

import streamlit as st

from thermofit.export.script import notebook, script
from thermofit.live.live_run import LiveRun


def take_home(live: LiveRun) -> None:
    """The set-up as a plain script, with buttons to download it."""
    config = live.config
    if live.changes:
        changes = ", ".join(f"{label} from epoch {epoch} on" for epoch, label in live.changes)
        st.markdown(f"Changed on the way: {changes}. The code uses the present settings from the start.")
    text = script(config)
    left, right = st.columns(2)
    with left:
        st.download_button(
            "Download .py",
            text,
            "thermofit_run.py",
            "text/x-python",
            on_click="ignore",
            icon=":material/download:",
            width="stretch",
        )
    with right:
        st.download_button(
            "Download notebook",
            notebook(config),
            "thermofit_run.ipynb",
            "application/x-ipynb+json",
            on_click="ignore",
            icon=":material/download:",
            width="stretch",
        )
    st.code(text, language="python")
