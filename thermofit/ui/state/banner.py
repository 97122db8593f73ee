"""A warning above the pictures that takes one line; what it means in full opens beside it."""

import streamlit as st

from thermofit.ui.state import keys

# A line is all that it may take: what it warns of is seen in the pictures below.
STYLE = f"""<style>
[class*="st-key-{keys.BANNER}"] {{ gap: .5rem; flex-wrap: nowrap; }}
[class*="st-key-{keys.BANNER}"] [data-testid="stAlertContainer"] {{ padding: .35rem .75rem; min-height: 0; }}
[class*="st-key-{keys.BANNER}"] p {{ margin: 0; }}
</style>"""


def banner(name: str, text: str, more: str, details: str, icon: str) -> None:
    """Warn in one line; `details` open by a button that says `more`. Names on one page differ."""
    with st.container(horizontal=True, vertical_alignment="center", key=keys.banner(name)):
        st.html(STYLE, width="content")
        st.warning(text, icon=icon)
        with st.popover(more, width="content"):
            st.markdown(details)
