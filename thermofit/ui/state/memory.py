"""What the session remembers from one run of the page to the next. Keys are those of `keys`."""

from typing import Any

import streamlit as st


def recall(key: str, default: Any = None) -> Any:
    """What is remembered under this key, or what its widget shows; the default where there is nothing yet."""
    return st.session_state.get(key, default)


def remember(key: str, value: object) -> None:
    """Keep a value."""
    st.session_state[key] = value


def take(key: str, default: Any = None) -> Any:
    """What is remembered under this key, which is then forgotten."""
    return st.session_state.pop(key, default)


def remembered(key: str, default: Any) -> Any:
    """What is remembered under this key; the default is kept where there is nothing yet."""
    return st.session_state.setdefault(key, default)
