"""Files that the page hands out."""

from collections.abc import Callable
from typing import Literal

import streamlit as st

KINDS = {
    "csv": "text/csv",
    "json": "application/json",
    "py": "text/x-python",
    "ipynb": "application/x-ipynb+json",
}


def offer(
    label: str,
    content: str | Callable[[], str | bytes],
    name: str,
    icon: str | None = ":material/download:",
    width: Literal["content", "stretch"] = "stretch",
    key: str | None = None,
) -> None:
    """Draw a button that saves a file of this name, whose ending says what kind of file it is.

    What is given as a function is made when the button is pressed. The page is not run again.
    """
    kind = KINDS[name.rpartition(".")[2]]
    st.download_button(label, content, name, kind, key=key, on_click="ignore", icon=icon, width=width)
