"""README matches the code: its tables follow the registries, its snippets run, its files exist."""

import contextlib
import io
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from thermofit.config.config import SETTINGS, Config
from thermofit.config.link import SPEEDS, Link, read, write
from thermofit.config.presets import PRESETS
from thermofit.config.view import VIEW, View
from thermofit.data.registry import DATASETS
from thermofit.data.scaling import SCALINGS
from thermofit.errors import spell
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.gradients import GRADIENTS
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS, UNUSABLE
from thermofit.optim.schedules import SCHEDULES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def row(*cells: object) -> str:
    """One line of a Markdown table."""
    return "| " + " | ".join(str(cell).replace("|", r"\|") for cell in cells) + " |"


def code(*names: str) -> str:
    return ", ".join(f"`{name}`" for name in names)


def formula_rows(registry: Mapping[str, Any]) -> list[str]:
    return [row(code(name), entry.label, code(entry.formula), entry.help) for name, entry in registry.items()]


def owner_rows(registry: Mapping[str, Any]) -> list[str]:
    """A caveat belongs beside the description, and so do the settings that an entry has of its own."""
    return [
        row(code(name), f"{entry.help} {entry.caveat}".strip(), code(*(hyper.name for hyper in entry.hyper)))
        for name, entry in registry.items()
    ]


FIRST = "The epoch to show first; with mini-batches, the update."
VIEW_HELPS = {
    "chart": "What the Lab shows beside the fit.",
    "units": "The landscape over w and b as trained, or over slope and intercept in original units.",
    "shape": "The landscape from above, or as a surface to turn.",
    "axis": "What losses are drawn over: epochs, gradient evaluations, or computing time.",
}


def link_rows() -> list[str]:
    """Every key that link.read() knows, except hyperparameters, which are listed with their optimizer."""
    settings = [
        row(
            code(name),
            code(spell(setting.default) if setting.kind != "choice" else setting.default),
            "a name of its table" if setting.kind == "choice" else setting.allowed,
            setting.help,
        )
        for name, setting in SETTINGS.items()
    ]
    return [
        *settings,
        row(code("preset"), "", "a name of its table", "The run to start from; the others change it."),
        row(code("speed"), code(Link().speed), code(*SPEEDS), "Epochs per second to play."),
        row(code("play"), code("0"), code("1", "0"), "1 starts playing at once, or at `epoch`."),
        row(code("epoch"), code("0"), "a whole number from 0 to `epochs`", FIRST),
        *(row(code(name), code(getattr(View(), name)), code(*VIEW[name]), VIEW_HELPS[name]) for name in VIEW),
    ]


def table(title: str) -> list[str]:
    """The rows of the first table after a title, without its header."""
    body = README.split(f"{title}\n", 1)[1]
    rows = re.search(r"(?:^\|.*\n)+", body, re.MULTILINE)
    assert rows, f"no table after {title!r}"
    return rows.group().splitlines()[2:]


def data_rows() -> list[str]:
    """Each data set with how many rows it has, where they are from, and what one may do with them."""
    return [
        row(code(name), data.label, len(data), data.help, data.source, data.licence)
        for name, data in DATASETS.items()
    ]


TABLES = {
    "### What to learn from": data_rows(),
    "### Who computes the gradient": [row(code(name), gradient.help) for name, gradient in GRADIENTS.items()],
    "### Who applies the step": owner_rows(OPTIMIZERS),
    "### How the learning rate changes": owner_rows(SCHEDULES),
    "Not offered:": [row(code(name), reason) for name, reason in UNUSABLE.items()],
    "### How the inputs are scaled": formula_rows(SCALINGS),
    "### What is minimized": formula_rows(LOSSES),
    "### What can be done wrong on purpose": [
        row(code(name), each.label, each.help) for name, each in MISTAKES.items()
    ],
    "### Parameters": link_rows(),
    "### Presets": [row(code(key), preset.label, preset.description) for key, preset in PRESETS.items()],
}


@pytest.mark.parametrize("title", TABLES)
def test_table_follows_its_registry(title: str) -> None:
    assert "\n".join(table(title)) == "\n".join(TABLES[title])


def test_parameters_are_all_that_a_link_can_hold() -> None:
    key, preset = next((key, preset) for key, preset in PRESETS.items() if not preset.config.hyper)
    view = View(**{name: choices[-1] for name, choices in VIEW.items()})
    written = write(Link(preset.config, key, play=True, epoch=1, view=view))
    rarely = Config(batch=4, batch_seed=1, drop_last=True, schedule="OneCycleLR", average=1)
    written |= write(Link(rarely))
    assert {re.match(r"\| `(\w+)`", line)[1] for line in table("### Parameters")} == written.keys()


@pytest.mark.parametrize("query", re.findall(r"`/?\?([^`]+)`", README))
def test_example_link_is_read_whole(query: str) -> None:
    ours = {key: values for key, values in parse_qs(query).items() if not key.startswith("embed")}
    assert read(ours)[1] == []


def snippets() -> list[tuple[str, str]]:
    """Each Python snippet of README with the output that is printed below it."""
    return re.findall(r"```python\n(.*?)```\n+```text\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(("code", "printed"), snippets())
def test_snippet_prints_what_is_written_below_it(code: str, printed: str) -> None:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(code, "README.md", "exec"), {})
    assert output.getvalue() == printed


def test_every_snippet_is_run() -> None:
    assert len(snippets()) == README.count("```python") > 0


def local_links() -> list[str]:
    """Targets of README's links and pictures that are files of this repository."""
    targets = re.findall(r"\]\(([^)#]+)", README)
    return [target for target in targets if "://" not in target]


@pytest.mark.parametrize("target", local_links())
def test_linked_file_exists(target: str) -> None:
    assert (ROOT / target).is_file()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\bmake ([a-z]+)\b(?=[^\n]*#)", README))))
def test_make_command_exists(name: str) -> None:
    assert re.search(rf"^{name}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def requirements() -> set[str]:
    """The specifiers of requirements.txt, without comments."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return {spec for line in lines if (spec := line.partition("#")[0].strip())}


def test_package_and_requirements_name_the_same_versions() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert {*project["dependencies"], *project["optional-dependencies"]["app"]} == requirements()


STOREYS = [path.name for path in sorted((ROOT / "thermofit").iterdir()) if path.name[0] not in "_."]


@pytest.mark.parametrize("storey", [name for name in STOREYS if name != "py.typed"])
def test_contributing_shows_each_storey(storey: str) -> None:
    assert f"thermofit/{storey}" in CONTRIBUTING
