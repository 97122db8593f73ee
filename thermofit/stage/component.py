"""The browser component that keeps Plotly mounted and plays the server's rows. It knows no runs."""

from collections.abc import Callable
from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from thermofit.stage import assets

# The component's own script is sent with every message, so it only fetches the real one, once.
LOADER = """
const stage = import(new URL("./app/static/FOLDER/stage.js", document.baseURI));
export default async (port) => (await stage).default(port);
"""


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "thermofit_stage", js=LOADER.replace("FOLDER", assets.publish()), isolate_styles=False
    )


def component(key: str, message: bytes, on_ask: Callable[[], None]) -> None:
    """Draw the stage of this key, or send it `message`; `on_ask` is called when it asks a question.

    The question is in the session's state under `key`, as {"ask": question}.
    """
    _component()(key=key, data=message, on_ask_change=on_ask)
