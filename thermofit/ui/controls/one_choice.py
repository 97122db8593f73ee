"""A choice of one of a few, as buttons in a row, that is part of the link and remembered in the session."""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

from thermofit.ui.state.widgets import key
from thermofit.words import tr

Name = TypeVar("Name", bound=str)


def one_choice(
    label: str, options: Mapping[Name, str], name: str, tip: str | None = None, labelled: bool = True
) -> Name:
    """Draw it, each option with its label, and return which is chosen; `name` is one of `keys`.

    The options' labels are translated here, label and tip by the caller.
    """
    labels = {option: tr(text) for option, text in options.items()}
    chosen: Name | None = st.segmented_control(
        label,
        list(options),
        format_func=labels.__getitem__,
        key=key(name),
        required=True,
        label_visibility="visible" if labelled else "collapsed",
        persist_state="session",
        help=tip,
        wrap=True,  # where there is little room, rather than cut off
    )
    return chosen or next(iter(options))
