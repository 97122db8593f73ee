"""The stage's JavaScript, tested by Node without a browser (tests/frontend)."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from thermofit.stage import assets

TESTS = sorted((Path(__file__).parents[1] / "frontend").glob("*.test.js"))
LONGEST = 250  # lines of a script
NO_NODE = "Node.js is missing (Debian and Ubuntu's package nodejs)"


def test_the_javascript_tests_pass() -> None:
    node = shutil.which("node")
    if not node:
        if os.environ.get("CI"):
            pytest.fail(f"{NO_NODE}; with CI set it must be there.")
        pytest.skip(NO_NODE)
    done = subprocess.run([node, "--test", *map(str, TESTS)], capture_output=True, text=True, check=False)
    assert TESTS and done.returncode == 0, done.stdout + done.stderr


def test_browsers_get_scripts_and_styles_and_nothing_else() -> None:
    """What tells Node that the scripts are modules stays here."""
    assert {path.suffix for path in assets.SOURCES} == {".js", ".css"}
    assert json.loads((assets.FRONTEND / "package.json").read_text()) == {"type": "module"}
    assert {path.name for path in assets.FRONTEND.glob("*.js")} < {path.name for path in assets.SOURCES}


@pytest.mark.parametrize("script", sorted(assets.FRONTEND.glob("*.js")), ids=lambda path: path.name)
def test_every_script_is_short(script: Path) -> None:
    assert len(script.read_text().splitlines()) <= LONGEST
