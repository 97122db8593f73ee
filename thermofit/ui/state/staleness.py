"""Whether the page is behind what was chosen on it.

The browser sends what happens at one moment in one message, which names one fragment. If a control is used
just as the stage asks, the server gets both but draws only the stage. So each complete drawing notes what it
was drawn with, and the stage has the page redrawn if that has changed.
"""

import streamlit as st

from thermofit.ui.state import keys


def begin_drawing() -> None:
    """The page is about to be drawn; until that is done, it is not behind."""
    st.session_state.pop(keys.DRAWN_WITH, None)


def mark_drawn(*own: str) -> None:
    """The page was drawn; or a fragment of it, with controls of its `own`, under these keys."""
    choices = _choices()
    if not own:
        st.session_state[keys.DRAWN_WITH] = choices
    elif keys.DRAWN_WITH in st.session_state:
        st.session_state[keys.DRAWN_WITH] |= {key: choices[key] for key in own if key in choices}


def is_stale() -> bool:
    """Whether something was chosen that the page does not show."""
    state = st.session_state
    return any(state.get(key, value) != value for key, value in state.get(keys.DRAWN_WITH, {}).items())


def _choices() -> dict[str, object]:
    """What the widgets say; the session's other state is no plain value."""
    return {
        str(key): value for key, value in st.session_state.items() if isinstance(value, str | int | float)
    }
