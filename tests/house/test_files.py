"""What the page hands out goes through one place each, so that no cell of a CSV can start a formula."""

import re
from pathlib import Path

import pytest

import thermofit

SOURCE = Path(thermofit.__file__).parent
ONLY_IN = {
    "download_button": "ui/files.py",
    "dataframe": "ui/readings/outcome.py",
    "data_editor": "ui/readings/given.py",
}


@pytest.mark.parametrize("call", ONLY_IN)
def test_only_one_file_calls_it(call: str) -> None:
    """Streamlit's tables have a button that saves their cells as they are: the one with texts hides it."""
    found = [path for path in SOURCE.rglob("*.py") if re.search(rf"\b{call}\(", path.read_text())]
    assert [str(path.relative_to(SOURCE)) for path in found] == [ONLY_IN[call]]
