"""The lesson's part of the address: the chapter that is open."""

from collections.abc import Sequence

import streamlit as st

from thermofit.config.link import unknown_key
from thermofit.errors import ConfigError, Problem, check_choice
from thermofit.ui.state import address, keys
from thermofit.ui.state.widgets import key, show


def read(choices: Sequence[str]) -> None:
    """Show the chapter that the address says; the first one to begin with."""
    state = st.session_state
    news = address.own((keys.CHAPTER,))
    state[keys.ENTERED] = state.get(keys.ENTERED, True) or bool(news)
    if state[keys.ENTERED]:
        asked = news.pop(keys.CHAPTER, [])
        state[keys.PROBLEMS] = [unknown_key(key, values[0], (keys.CHAPTER,)) for key, values in news.items()]
        state[keys.PROBLEMS] += _take(keys.CHAPTER, asked[-1], choices) if asked else []
    if key(keys.CHAPTER) not in state:
        show(keys.CHAPTER, choices[0])


def _take(name: str, text: str, choices: Sequence[str]) -> Sequence[Problem]:
    """Show this choice, if it is one; returns what is wrong with it."""
    try:
        show(name, check_choice(name, text, tuple(choices)))
    except ConfigError as error:
        return error.problems
    return ()


def publish() -> None:
    """Write the chapter into the address: it links to this place."""
    address.write_own({keys.CHAPTER: [st.session_state[key(keys.CHAPTER)]]}, (keys.CHAPTER,))
