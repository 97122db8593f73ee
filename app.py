"""thermofit: see how training works. `streamlit run app.py`."""

from thermofit.ui import shell

shell.run()
