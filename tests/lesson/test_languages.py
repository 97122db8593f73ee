"""The chapters in other languages: the same sections and places; English where a file is missing."""

import re
from pathlib import Path

import pytest

from tests.fake_language import BRACKETED
from thermofit import Run
from thermofit.data.scaling import SCALINGS
from thermofit.model.losses import LOSSES
from thermofit.ui.lesson import wording
from thermofit.ui.lesson.chapters import CHAPTERS, batches
from thermofit.ui.lesson.shown_code import SAID, forward, source, validate
from thermofit.ui.lesson.wording import FOLDER, places, words_of
from thermofit.ui.locale import markdown, pseudo
from thermofit.words import ENGLISH, Language, speaking

NAMES = [chapter.wording.name for chapter in CHAPTERS.values()]
FILES = [path for path in sorted(FOLDER.glob("*/*.md")) if path.parent.name != ENGLISH.tag]
GERMAN = Language("xx-decimal", decimal=",")
SHOWN = [
    forward,
    validate,
    *(function for loss in LOSSES.values() for function in (loss.value, loss.derivative)),
    *(scaling.fit for scaling in SCALINGS.values()),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_a_translated_chapter_has_the_sections_and_places_of_the_english_one(path: Path) -> None:
    english, other = (words_of(path.stem, tag) for tag in (ENGLISH.tag, path.parent.name))
    assert path.stem in NAMES
    assert other.title
    assert list(other.sections) == list(english.sections)
    for name, text in english.sections.items():
        assert places(other.sections[name]) == places(text), name
        assert other.sections[name].count("|") == text.count("|"), name
        shown = [len(re.findall("^#### ", each, re.MULTILINE)) for each in (other.sections[name], text)]
        assert shown[0] == shown[1], name


def test_a_chapter_speaks_the_language_of_its_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for tag, title in (("en", "The gradient"), ("xx", "Le gradient")):
        (tmp_path / tag).mkdir()
        (tmp_path / tag / "99-told.md").write_text(f"# {title}\n\n## Text\n\n{title} {{n}}.\n")
    monkeypatch.setattr(wording, "FOLDER", tmp_path)
    said = wording.Wording("99-told")
    assert (said.key, said.title, said.fill("Text", n="1")) == ("told", "The gradient", "The gradient 1.")
    with speaking(Language("xx")):
        assert (said.key, said.title, said.fill("Text", n="1")) == ("told", "Le gradient", "Le gradient 1.")


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_falls_back_to_english(name: str) -> None:
    assert words_of(name, "xx") == words_of(name, ENGLISH.tag)


@pytest.mark.parametrize("name", NAMES)
def test_the_language_for_tests_is_longer_and_otherwise_the_same(name: str) -> None:
    english, longer = words_of(name, ENGLISH.tag), words_of(name, pseudo.TAG)
    assert len(longer.title) > len(english.title)
    assert list(longer.sections) == list(english.sections)
    for section, text in english.sections.items():
        assert places(longer.sections[section]) == places(text)
        assert len(longer.sections[section]) > len(text) or text.startswith(("|", "{"))


def test_a_paragraph_grows_at_its_end_and_a_table_does_not() -> None:
    text = "# Title\n\n## Key\n\nIt is $x$.\n\n{rows}\n\n| a |\n| - |\n\n#### Shown\n"
    grown = markdown.longer(text)
    assert "\n\n## Key\n\nIt is $x$. lor" in grown
    assert "\n\n{rows}\n\n| a |\n| - |\n\n#### Shown lo" in grown


def test_numbers_of_a_chapter_have_the_decimals_of_the_language() -> None:
    chapter = CHAPTERS["loop"]
    with speaking(GERMAN):
        assert re.search(r"\d,\d", chapter.text(Run(chapter.config)))
    assert not re.search(r"\d,\d", chapter.text(Run(chapter.config)))


def test_what_is_kept_of_an_answer_is_told_in_each_language() -> None:
    english = batches._row(batches.SINGLE)
    with speaking(GERMAN):
        german = batches._row(batches.SINGLE)
    assert "rate 0.05" in english and "rate 0,05" in german


@pytest.mark.parametrize("function", SHOWN, ids=lambda function: function.__name__)
def test_what_shown_code_says_can_be_translated(function) -> None:  # type: ignore[no-untyped-def]
    said = re.findall(r'"""(.+?)(?:"""|\n)|# (.+)', source(function))
    for text in map("".join, said):
        assert text in SAID or not re.search(r"\b(?!mean|sum|sign)[a-zA-Z]{3,}\b", text), text


@pytest.mark.parametrize("key", CHAPTERS)
def test_a_chapter_is_whole_in_another_language(key: str) -> None:
    chapter = CHAPTERS[key]
    run = Run(chapter.config)
    english = chapter.code(run.config)
    with speaking(BRACKETED):
        assert chapter.text(run) and chapter.question(run) and chapter.formula(run.config)
        code = chapter.code(run.config)
    without_comments = [re.sub(r"\s*#.*|[⟦⟧]", "", each) for each in (code, english)]
    assert code and without_comments[0] == without_comments[1]
