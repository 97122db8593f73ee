"""The warning above a run in which a mistake is made on purpose."""

import streamlit as st

from thermofit.loop.mistakes import MISTAKES


def warn(*mistakes: str) -> None:
    """Mark a run that makes a mistake, or made one earlier, so that nobody takes it for a correct one."""
    for mistake in sorted({*mistakes} - {"none"}):
        entry = MISTAKES[mistake]
        st.warning(
            f"This run contains a mistake: **{entry.label}**. {entry.explanation}", icon=":material/report:"
        )
