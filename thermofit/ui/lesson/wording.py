"""The words of a chapter, read from its Markdown files in `words/`, with named places for numbers.

There is a file for each language. It has the chapter's title as its first heading and a section for each
thing to say. Where the words depend on the outcome, a section holds whole alternatives under headings of the
third level. The names of sections and alternatives are the same in every language. A heading that is shown
has the fourth level; on the page it stands one level below the chapter's title. A place is written
{like_this}; braces that belong to a formula are doubled, as for `str.format`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from thermofit.ui.locale import markdown
from thermofit.words import language

FOLDER = Path(__file__).parent / "words"
_SHOWN = re.compile(r"^#### ", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,3}) (.+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Words:
    """What a file says: its title, and its sections, alternatives as "Section/alternative"."""

    title: str
    sections: Mapping[str, str]

    def fill(self, section: str, /, **values: str) -> str:
        """The section with a value in each of its places.

        Raises KeyError for an unknown section, a place without a value and a value without a place.
        """
        text = self.sections[section]
        if unmatched := places(text) ^ values.keys():
            names = sorted(unmatched)
            raise KeyError(f"{self.title}, {section}: places and values differ in {names}")
        return _SHOWN.sub("### ", text.format_map(values))


@dataclass(frozen=True)
class Wording:
    """What a chapter says in the language of whoever reads it; `name` is that of its files."""

    name: str

    @property
    def key(self) -> str:
        """The chapter's key, which follows its number in the name."""
        return self.name.partition("-")[2]

    @property
    def title(self) -> str:
        """The chapter's title."""
        return words_of(self.name, language().tag).title

    def fill(self, section: str, /, **values: str) -> str:
        """The section with a value in each of its places, see `Words.fill`."""
        return words_of(self.name, language().tag).fill(section, **values)


def places(text: str) -> set[str]:
    """The names of the places in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@cache
def words_of(name: str, tag: str) -> Words:
    """The words in `words/<tag>/<name>.md`, where `name` is the chapter's number, a hyphen and its key."""
    return parsed(markdown.read(FOLDER, name, tag))


def parsed(text: str) -> Words:
    """What a file with this text says."""
    (_, title), *sections = _split(text)
    return Words(title, {heading: body for body, heading in sections if body})


def _split(text: str) -> Iterator[tuple[str, str]]:
    """The words beneath each heading, and the heading, an alternative's after its section's."""
    _, *parts = _HEADING.split(text)
    section = ""
    for level, heading, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        section = heading if len(level) < 3 else section
        yield body.strip(), heading if len(level) < 3 else f"{section}/{heading}"
