"""The chapters' words: every place has its number, every number its place, and none is typed in."""

import ast
import re
import tomllib
from collections import defaultdict
from fnmatch import fnmatch
from pathlib import Path

import pytest

from thermofit import Run
from thermofit.ui.lesson.chapters import CHAPTERS
from thermofit.ui.lesson.wording import FOLDER, Words, parsed, places, words_of
from thermofit.words import ENGLISH

FILES = {path.stem.partition("-")[2]: path for path in sorted((FOLDER / ENGLISH.tag).glob("*.md"))}
MODULES = FOLDER.parent / "chapters"
NAMES_WITH_DIGITS = ("float32", "float64")  # no number of a run


def places_filled(key: str) -> dict[str, list[set[str]]]:
    """For each section, the places that a call of fill() in the chapter's module gives a value."""
    filled = defaultdict(list)
    for node in ast.walk(ast.parse((MODULES / f"{key}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "fill":
            (section,) = node.args
            assert isinstance(section, ast.Constant), "written out, so that this test can read it"
            assert all(keyword.arg for keyword in node.keywords), "written out, so that this test can read it"
            filled[section.value].append({str(keyword.arg) for keyword in node.keywords})
    return filled


def test_one_file_for_each_chapter_in_their_order() -> None:
    numbered = [f"{number:02}-{key}" for number, key in enumerate(CHAPTERS, start=1)]
    assert [path.stem for path in FILES.values()] == numbered


def test_every_file_belongs_to_the_package() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    packed = project["tool"]["setuptools"]["package-data"]["thermofit"]
    for path in FILES.values():
        inside = path.relative_to(FOLDER.parents[2]).as_posix()
        assert any(fnmatch(inside, pattern) for pattern in packed)


@pytest.mark.parametrize("key", FILES)
def test_every_chapter_has_all_sections(key: str) -> None:
    words = words_of(CHAPTERS[key].wording.name, ENGLISH.tag)
    assert words.title
    assert {"Text", "Question", "Answer"} <= {name.partition("/")[0] for name in words.sections}
    assert all(words.sections.values())


@pytest.mark.parametrize("key", FILES)
def test_every_place_is_filled_and_every_number_used(key: str) -> None:
    sections, filled = words_of(FILES[key].stem, ENGLISH.tag).sections, places_filled(key)
    assert sections.keys() == filled.keys()
    for name, text in sections.items():
        assert filled[name] == [places(text)] * len(filled[name])


@pytest.mark.parametrize("key", FILES)
def test_no_number_is_typed_into_the_words(key: str) -> None:
    text = FILES[key].read_text(encoding="utf-8")
    for name in NAMES_WITH_DIGITS:
        text = text.replace(name, "")
    assert re.findall(r".*\d.*", text) == []


def test_the_text_follows_whether_readings_are_held_back() -> None:
    chapter = CHAPTERS["validation"]
    one, none = (chapter.text(Run(chapter.config.replace(val=share))) for share in (0.1, 0.0))
    assert "**hold back** 1 of them" in one
    assert none == "No reading is held back now, so nothing can judge the line. Raise the validation share."


def test_the_outcome_of_an_optimizer_is_a_loss_or_the_epoch_at_which_it_diverged() -> None:
    chapter = CHAPTERS["optimizers"]
    answer = chapter.answer(Run(chapter.config))
    run = Run(chapter.config.replace(optimizer="SGD", epochs=300))
    run.advance(epochs=300)
    assert f"| SGD | diverged at epoch {run.diverged_at} |" in answer
    assert re.search(r"\| Adam \| not yet \| \d", answer)


WORDS = Words("Title", {"Text": r"$\frac{{a}}{{b}}$ is {ratio}."})


def test_braces_of_a_formula_survive() -> None:
    assert WORDS.fill("Text", ratio="2") == r"$\frac{a}{b}$ is 2."


@pytest.mark.parametrize("values", [{}, {"other": "1"}, {"ratio": "2", "other": "1"}])
def test_a_place_without_a_value_and_a_value_without_a_place_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(KeyError, match="Title, Text"):
        WORDS.fill("Text", **values)


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(KeyError, match="Answer"):
        WORDS.fill("Answer")


def test_a_shown_heading_stands_one_level_below_the_chapters_title() -> None:
    words = Words("Title", {"Below": "#### The first {what}\n\n`#### no`, as it is"})
    assert words.fill("Below", what="step") == "### The first step\n\n`#### no`, as it is"


def test_a_file_is_read() -> None:
    shown = "First.\n\n#### Shown\n\nStill first."
    text = f"# The title\n\n## Text\n\n### one\n\n{shown}\n\n### two\nSecond.\n\n## Answer\n\nYes.\n"
    expected = {"Text/one": shown, "Text/two": "Second.", "Answer": "Yes."}
    assert parsed(text) == Words("The title", expected)
