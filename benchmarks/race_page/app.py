"""The server of the small race page: `streamlit run benchmarks/race_page/app.py`."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

import streamlit as st  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402

from thermofit.live import stream  # noqa: E402
from thermofit.stage import assets  # noqa: E402
from thermofit.stage.preload import Preload  # noqa: E402
from thermofit.ui.visitors import is_allowed  # noqa: E402

assets.STATIC = HERE / "static"
app = st.App(HERE / "main.py", routes=[stream.route(is_allowed)], middleware=[Middleware(Preload)])
