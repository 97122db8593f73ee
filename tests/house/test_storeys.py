"""The storeys of the house: what each may import, and that nothing reaches upward or round in a circle."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import thermofit

ROOT = Path(thermofit.__file__).parents[1]

# From the ground up; storeys on one line are side by side and may not import each other.
STOREYS = (
    ("words",),
    ("errors", "numbers"),
    ("data", "model", "optim"),
    ("theory", "loop"),
    ("landscape", "config"),
    ("training",),
    ("inspection", "export", "experiments"),
    ("charts", "live"),
    ("stage",),
    ("ui/navigation", "ui/files", "ui/locale"),
    ("ui/state",),
    ("ui/readings",),
    ("ui/controls", "ui/scenes"),
    ("ui/inspector",),
    ("ui/lab",),
    ("ui/experiments", "ui/lesson"),
    ("ui/luck", "ui/race"),
    ("ui",),
    ("pages", "app"),
)
LEVEL = {storey: level for level, storeys in enumerate(STOREYS) for storey in storeys}
ROOMS = [path.parent for path in sorted((ROOT / "thermofit").rglob("__init__.py"))]
LIBRARY = [storey for storeys in STOREYS[:7] for storey in storeys]


def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    paths = [
        *sorted((ROOT / "thermofit").rglob("*.py")),
        *sorted((ROOT / "pages").glob("*.py")),
        ROOT / "app.py",
    ]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in paths}


MODULES = modules()


def imported(path: Path) -> Iterator[str]:
    """The product's modules that this one imports, each by its dotted name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("thermofit"):
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in MODULES else str(node.module)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("thermofit"))


def storey(name: str) -> str:
    """The storey that a module belongs to; "" for the package itself, which only collects public names."""
    parts = name.split(".")
    if parts[0] in ("app", "pages"):
        return parts[0]
    parts = [part for part in parts[1:] if part != "__init__"]
    longest = next((n for n in (2, 1) if "/".join(parts[:n]) in LEVEL), 0)
    return "/".join(parts[:longest])


IMPORTS = [(name, other) for name, path in MODULES.items() for other in imported(path)]


@pytest.mark.parametrize("name", [name for name in MODULES if name != "thermofit.__init__"])
def test_every_module_belongs_to_a_storey(name: str) -> None:
    assert storey(name) in LEVEL


@pytest.mark.parametrize(("name", "other"), sorted(set(IMPORTS)))
def test_no_import_reaches_upward_or_sideways(name: str, other: str) -> None:
    here, there = storey(name), storey(other)
    if not here:
        assert there in LIBRARY
    elif not there:  # `from thermofit import Config` is for those above the library
        assert LEVEL[here] > LEVEL["experiments"]
    else:
        assert here == there or LEVEL[there] < LEVEL[here]


def test_no_circle() -> None:
    graph: dict[str, set[str]] = {name: set() for name in MODULES}
    for name, other in IMPORTS:
        graph[name].add(other)
    assert list(TopologicalSorter(graph).static_order())  # raises CycleError


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.relative_to(ROOT)))
def test_each_room_says_what_is_in_it(room: Path) -> None:
    text = ast.get_docstring(ast.parse((room / "__init__.py").read_text()))
    assert text
    if room.name != "thermofit":
        assert "May import" in text


def loaded(storeys: list[str], code: str = "") -> str:
    """Which of Streamlit and Plotly are loaded in a fresh process that imports these storeys."""
    names = [name.removesuffix(".__init__") for name in MODULES if storey(name) in storeys]
    script = f"import {', '.join(['sys', 'thermofit', *names])}\n{code}\n"
    script += "print(sorted({'streamlit', 'plotly'} & set(sys.modules)))"
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return found.stdout.strip()


TRAIN = "thermofit.train(thermofit.Config(epochs=3)).to_frame()"


@pytest.mark.parametrize("name", ["", *LIBRARY, "live"])
def test_the_library_and_live_load_no_dashboard(name: str) -> None:
    assert loaded([name], TRAIN) == "[]"


@pytest.mark.parametrize("name", [name for name in MODULES if storey(name) != "data"])
def test_only_data_names_a_data_set(name: str) -> None:
    assert "THERMOMETER" not in MODULES[name].read_text()


def test_charts_load_no_streamlit() -> None:
    assert loaded(["charts"]) == "['plotly']"


def test_the_public_names() -> None:
    assert set(thermofit.__all__) == {"Config", "History", "Run", "Status", "train"}


def test_no_optimizer_and_no_schedule_loads_torchs_compiler() -> None:
    """It would cost a second at the first step on a server, and memory from then on."""
    script = (
        "import sys; from thermofit import Config, Run; from thermofit.optim.registry import OPTIMIZERS\n"
        "for name in OPTIMIZERS:\n"
        "    run = Run(Config(optimizer=name, epochs=200))\n"
        "    run.advance(epochs=150), run.rewind(130), run.change_rate(0.02), run.advance(epochs=5)\n"
        "    assert 'torch._dynamo' not in sys.modules, name\n"
        "from thermofit.optim.schedules import SCHEDULES\n"
        "for name in SCHEDULES:\n"
        "    run = Run(Config(schedule=name, batch=4, epochs=200))\n"
        "    run.advance(epochs=60), run.rewind(130), run.change_rate(0.02), run.advance(epochs=5)\n"
        "    assert 'torch._dynamo' not in sys.modules, name"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert found.returncode == 0, found.stderr


STATE = re.compile(r"st\.(session_state|query_params)")


@pytest.mark.parametrize("name", [name for name in MODULES if storey(name) != "ui/state"])
def test_only_one_room_touches_state_and_address(name: str) -> None:
    assert not STATE.search(MODULES[name].read_text())


@pytest.mark.parametrize("name", [name for name in MODULES if storey(name).startswith(("ui", "pages"))])
def test_no_key_is_typed_outside_the_table_of_keys(name: str) -> None:
    """Keys of widgets and boxes stand in ui/state/keys.py."""
    if name == "thermofit.ui.state.keys":
        return
    for node in ast.walk(ast.parse(MODULES[name].read_text())):
        if isinstance(node, ast.keyword) and node.arg == "key":
            assert not isinstance(node.value, ast.Constant | ast.JoinedStr), f"line {node.value.lineno}"
