"""thermofit: see how training works. `streamlit run app.py`."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from thermofit.live import stream
from thermofit.stage.preload import Preload
from thermofit.ui.visitors import is_allowed

# The route carries the rows of runs to the stages. The main script is not beside the folder `pages`: if it
# were, Streamlit would run the page files by itself when the first visit to a server is a deep link, without
# the frame that every page has.
app = st.App(
    Path(__file__).parent / "thermofit" / "ui" / "main.py",
    routes=[stream.route(is_allowed)],
    middleware=[Middleware(Preload)],
)
