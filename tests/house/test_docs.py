"""The documents tell what is there: the files and pictures they mention exist, and no setting is left out."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from thermofit.config.link import read
from thermofit.config.presets import PRESETS
from thermofit.config.settings import SETTINGS
from thermofit.data.registry import THERMOMETER
from thermofit.data.scaling import SCALINGS
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.gradients import GRADIENTS
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.stage.assets import STATIC
from tools.pictures import FOLDER, PICTURES

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    *sorted((ROOT / "docs").glob("*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
]
DOCUMENTS += [ROOT / "benchmarks" / "README.md"]
MODEL = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
PLACES = ("app.py", "docs", "thermofit", "pages", "tests", "benchmarks", "tools", "*.md", "*.toml", "*.txt")


def tree() -> set[str]:
    """Every file and folder of the repository as "/path", a folder with a "/" behind it; no copies."""
    found = [path for place in PLACES for top in ROOT.glob(place) for path in (top, *top.rglob("*"))]
    found = [path for path in found if STATIC not in path.parents]
    return {f"/{path.relative_to(ROOT).as_posix()}{'/' if path.is_dir() else ''}" for path in found}


TREE = tree()


def text(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def mentioned(document: Path) -> list[str]:
    """Names of files anywhere in the text, and of folders in code, as they are written."""
    files = re.findall(
        r"(?<![\w/.:-])(?!Plotly\.js|Node\.js)[\w][\w/.-]*\.(?:py|js|css|md|png|json|toml)\b", text(document)
    )
    return sorted({*files, *re.findall(r"`([\w/]+/)`", text(document))})


def anchors(document: Path) -> set[str]:
    """The names by which the document's titles can be linked to."""
    titles = re.findall(r"^#+ (.+)$", text(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def named(document: Path) -> str:
    return str(document.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_files_mentioned_exist(document: Path) -> None:
    missing = [name for name in mentioned(document) if not any(path.endswith(f"/{name}") for path in TREE)]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_links_and_pictures_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", text(document)) + re.findall(r'src="([^"]+)"', text(document))
    for target in (target for target in targets if "://" not in target):
        name, _, anchor = target.partition("#")
        file = document.parent / name if name else document
        assert file.is_file(), target
        assert not anchor or anchor in anchors(file), target


def test_every_picture_can_be_taken_anew_and_is_shown() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(PICTURES)
    shown = " ".join(text(document) for document in DOCUMENTS)
    assert [name for name in PICTURES if f"pictures/{name}.png" not in shown] == []


@pytest.mark.parametrize("name", [name for name in PICTURES if name != "lesson"])
def test_the_link_of_a_picture_is_read_whole(name: str) -> None:
    assert read(parse_qs(urlsplit(PICTURES[name].address).query))[1] == []


# ---- docs/model.md ----


@pytest.mark.parametrize("name", SETTINGS)
def test_model_explains_each_setting(name: str) -> None:
    assert f"**{SETTINGS[name].label}** (`{name}`" in MODEL


CHOICES = {"scaling": SCALINGS, "loss": LOSSES, "mistake": MISTAKES, "preset": PRESETS}
LABELS = [(kind, entry.label) for kind, entries in CHOICES.items() for entry in entries.values()]


@pytest.mark.parametrize(("kind", "label"), LABELS)
def test_model_has_a_row_for_each_choice(kind: str, label: str) -> None:
    assert f"\n| {label} |" in MODEL, f"no row for this {kind}"


def test_model_names_both_gradients() -> None:
    assert all(f"*{gradient.label}*" in MODEL for gradient in GRADIENTS.values())


OWNERS = [*OPTIMIZERS.values(), *SCHEDULES.values()]


@pytest.mark.parametrize("owner", OWNERS, ids=[owner.name for owner in OWNERS])
def test_model_names_the_own_settings_of_each_optimizer_and_schedule(owner: Any) -> None:
    own = ", ".join(hyper.label for hyper in owner.hyper) or "none"
    assert re.search(rf"^\| {re.escape(owner.label)} \| .+ \| {re.escape(own)} \|$", MODEL, re.MULTILINE)


def test_model_shows_the_readings() -> None:
    for name, column in (("`t_u`", THERMOMETER.t_u), ("`t_c` (°C)", THERMOMETER.t_c)):
        assert " | ".join([f"| {name}", *(f"{value:g}" for value in column.tolist())]) in MODEL
