"""Whether the page stands in a frame of another page, and what of its surroundings the link asks for.

Streamlit's own parameters say it: `embed=true`, and with `embed_options=show_toolbar` the link asks for
navigation and settings, which a frame does not show otherwise.
"""

from urllib.parse import parse_qs

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

TOOLBAR = "show_toolbar"


def is_bare() -> bool:
    """Whether only the picture is wanted: no navigation and no sidebar."""
    return bool(st.context.is_embedded) and TOOLBAR not in _options()


def _options() -> set[str]:
    """What the link asks for. Streamlit tells its own parameters to nobody but the browser."""
    context = get_script_run_ctx()
    query = parse_qs(context.query_string if context else "")
    return {option.lower() for option in query.get("embed_options", ())}
