"""thermofit: see how training works. `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

# The main script stands beside no folder named `pages`: Streamlit would run the files of one by itself when a
# server is entered through a deep link, without the frame that every page has.
app = st.App(Path(__file__).parent / "thermofit" / "ui" / "main.py")
