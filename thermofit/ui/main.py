"""The main script, which Streamlit runs for every page: named by `app.py`, or started by itself."""

import sys
from pathlib import Path

ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:  # started by itself, Python looks for packages beside this file only
    sys.path.insert(0, ROOT)

from thermofit.ui import frame  # noqa: E402

frame.run()
