"""What the widgets of the settings show, and the keys that they have in the session."""

import math

import streamlit as st

from thermofit.ui.state import keys
from thermofit.words import ENGLISH, language

STEPS = 20  # of the log slider, per decade


def key(name: str) -> str:
    """Where the session's state holds the present widget of a setting."""
    times = st.session_state.get(keys.RENEWED, {}).get(name, 0)
    return worded(f"set {name} {times}" if times else f"set {name}")


def worded(name: str) -> str:
    """The key in the present language of a widget that is otherwise called `name`.

    The browser names a choice by its label, and a widget whose key stays would still send the label of the
    language before, which means nothing any more.
    """
    st.session_state.setdefault(keys.WORDED, set()).add(name)
    return _in(language().tag, name)


def _in(tag: str, name: str) -> str:
    return name if tag == ENGLISH.tag else f"{name} [{tag}]"


def carry_over(before: str, now: str) -> None:
    """Have the widgets show in the language `now` what they showed in the language `before`."""
    state = st.session_state
    for name in state.get(keys.WORDED, ()):
        if _in(before, name) in state:
            state[_in(now, name)] = state[_in(before, name)]


def show(name: str, value: object) -> None:
    """Have the widget of a setting show `value`, from its next drawing on.

    A widget that shows something else is replaced by a new one. With every click the browser sends what its
    widgets show, even before it knows the new value; what it says about the old widget is then ignored.
    """
    state = st.session_state
    if state.get(key(name), value) != value:
        renewed = state.setdefault(keys.RENEWED, {})
        renewed[name] = renewed.get(name, 0) + 1
    state[key(name)] = value


def exponent(lr: float, slowest: float) -> int:
    """The log slider's position for a rate: twentieths of a decade above the slowest one."""
    return round(STEPS * math.log10(lr / slowest))


def is_on(switch: str) -> bool:
    """Whether a switch with this key is on; one that was not drawn yet is off."""
    return bool(st.session_state.get(switch))
