"""The core is a library: it must work where neither Streamlit nor Plotly is installed."""

import subprocess
import sys
from pathlib import Path

import pytest

import thermofit

# They make Plotly figures.
DRAWING = (
    "charts",
    "fit_chart",
    "landscape_charts",
    "landscape_colours",
    "loss_chart",
    "range_chart",
    "surface_chart",
)
CORE = sorted(
    path.stem
    for path in Path(thermofit.__file__).parent.glob("*.py")
    if path.stem not in ("__init__", *DRAWING)
)


@pytest.mark.parametrize(
    "modules", [["thermofit"], [f"thermofit.{name}" for name in CORE]], ids=["package", "all modules"]
)
def test_the_core_loads_no_dashboard(modules):
    script = (
        f"import {', '.join(modules)}, sys\n"
        "thermofit.train(thermofit.Config(epochs=3)).to_frame()\n"
        "print(sorted({'streamlit', 'plotly'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    assert found.stdout.strip() == "[]"


def test_the_public_names():
    assert set(thermofit.__all__) == {"Config", "History", "Run", "Status", "train"}


def test_no_optimizer_loads_torchs_compiler() -> None:
    """It would take a second at the first step of a server's life, and memory for ever."""
    script = (
        "import sys; from thermofit import Config, Run; from thermofit.optimizers import OPTIMIZERS\n"
        "for name in OPTIMIZERS:\n"
        "    run = Run(Config(optimizer=name, epochs=200))\n"
        "    run.advance(epochs=150), run.rewind(130), run.change_rate(0.02), run.advance(epochs=5)\n"
        "    assert 'torch._dynamo' not in sys.modules, name"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
