"""The way from a picture to the Lab."""

import streamlit as st

from thermofit import Config
from thermofit.live.live_run import LiveRun
from thermofit.ui.navigation import LAB
from thermofit.ui.state import address


def take_to_the_lab(live: LiveRun, config: Config, note: str) -> None:
    """Go to the Lab, where a new run of `config` waits; ends this run of the script."""
    live.restart(config, note)
    address.request(config)
    st.switch_page(LAB.file)
