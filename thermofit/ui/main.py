"""The main script, which Streamlit runs for every page: through `app.py`, or started directly."""

import sys
from pathlib import Path

ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:  # started directly, Python looks for packages only beside this file
    sys.path.insert(0, ROOT)

from thermofit.ui import frame  # noqa: E402

frame.run()
