"""Whether the page is behind what was chosen on it.

The browser sends what happens at one moment in one message, which names one fragment. If a control is used
just as the stage asks, the server gets both but draws only the stage. So each complete drawing notes what it
was drawn with, and the stage has the page redrawn if that has changed.
"""

import streamlit as st

_NOTED = "drawn with"  # key of the session's state


def begin_drawing() -> None:
    """The page is about to be drawn; until that is done, it is not behind."""
    st.session_state.pop(_NOTED, None)


def mark_drawn(*own: str) -> None:
    """The page was drawn; or a fragment of it, with controls of its `own`, under these keys."""
    choices = _choices()
    if not own:
        st.session_state[_NOTED] = choices
    elif _NOTED in st.session_state:
        st.session_state[_NOTED] |= {key: choices[key] for key in own if key in choices}


def is_stale() -> bool:
    """Whether something was chosen that the page does not show."""
    state = st.session_state
    return any(state.get(key, value) != value for key, value in state.get(_NOTED, {}).items())


def _choices() -> dict[str, object]:
    """What the widgets say; the session's other state is no plain value."""
    return {
        str(key): value for key, value in st.session_state.items() if isinstance(value, str | int | float)
    }
