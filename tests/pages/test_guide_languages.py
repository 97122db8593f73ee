"""Guide and glossary in other languages: the same terms and links, and English where a file is missing."""

from pathlib import Path

import pytest

from thermofit.ui.locale import pseudo
from thermofit.ui.scenes.guide import FOLDER, TERM, glossary, guide, meaning, race_guide, sections
from thermofit.words import ENGLISH, Language, speaking

TAGS = sorted(path.name for path in FOLDER.iterdir() if path.name != ENGLISH.tag)
ALL = [*TAGS, pseudo.TAG]


def has(tag: str, name: str) -> bool:
    return Path(FOLDER / tag / f"{name}.md").exists()


def links(name: str, tag: str) -> dict[str, list[str]]:
    """The names of the terms to which each section leads."""
    return {
        title: sorted(term for _, term in TERM.findall(text)) for title, text in sections(name, tag).items()
    }


@pytest.mark.parametrize("tag", ALL)
def test_the_glossary_has_the_same_terms_in_every_language(tag: str) -> None:
    english = glossary()
    with speaking(Language(tag)):
        assert list(glossary()) == list(english)
        assert len(sections("glossary", tag)) == len(glossary())
        assert all(term.title and term.meaning for term in glossary().values())
        assert (meaning("reading") != english["reading"].meaning) == (
            has(tag, "glossary") or tag == pseudo.TAG
        )


@pytest.mark.parametrize("tag", ALL)
def test_the_guide_leads_to_the_same_terms_in_every_language(tag: str) -> None:
    assert links("guide", tag) == links("guide", ENGLISH.tag)
    with speaking(Language(tag)):
        helps = [part["help"] for part in guide()["playing"] if not isinstance(part, str)]
        assert set(helps) == {meaning("epoch"), meaning("loss")}
        assert race_guide()["ready"]


def test_a_missing_file_falls_back_to_english() -> None:
    english, race = guide(), race_guide()
    with speaking(Language("xx")):
        assert (guide(), race_guide()) == (english, race)


def test_nothing_is_kept_from_one_language_to_the_next() -> None:
    english, race = guide(), race_guide()
    with speaking(Language(pseudo.TAG)):
        assert guide() != english and race_guide() != race
    assert (guide(), race_guide()) == (english, race)
