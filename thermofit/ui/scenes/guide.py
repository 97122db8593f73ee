"""What a beginner reads above the charts, and the glossary that explains its terms: both are Markdown files.

A term of the guide is written as a link to its name in the glossary, [like this](#learning-rate). There the
name stands after the title, which is the one that is shown: Learning rate {#learning-rate}. Names of terms,
and of the guide's sections, are the same in every language.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from thermofit.ui.locale import markdown
from thermofit.words import language

FOLDER = Path(__file__).parent / "words"
TERM = re.compile(r"\[([^\]]+)\]\(#([\w-]+)\)")
STATES = ("ready", "playing", "paused", "finished", "exploded")
_NAMED = re.compile(r"(.+) \{#([\w-]+)\}")
Told = Sequence[str | Mapping[str, str]]


@dataclass(frozen=True)
class Term:
    """A term of the glossary as it is shown, and what it means."""

    title: str
    meaning: str


@cache
def sections(name: str, tag: str) -> Mapping[str, str]:
    """The texts of `words/<tag>/<name>.md` by the titles above them."""
    _, *parts = re.split(r"^## (.+)\n", markdown.read(FOLDER, name, tag), flags=re.MULTILINE)
    return {title: body.strip() for title, body in zip(parts[::2], parts[1::2], strict=True)}


@cache
def _terms(tag: str) -> Mapping[str, Term]:
    found = ((_NAMED.fullmatch(title), meaning) for title, meaning in sections("glossary", tag).items())
    return {named[2]: Term(named[1], meaning) for named, meaning in found if named}


def glossary() -> Mapping[str, Term]:
    """Each term by its name, to which links lead, in the order in which they are best read."""
    return _terms(language().tag)


def meaning(name: str) -> str:
    """What the glossary says of the term of this name."""
    return glossary()[name].meaning


def told(text: str) -> Told:
    """A sentence of the guide, split into texts and terms with meanings; KeyError for an unknown term."""
    parts: list[str | Mapping[str, str]] = []
    pieces = TERM.split(text)
    for before, term, name in zip(pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True):
        parts += [before] if before else []
        parts += [{"term": term, "help": meaning(name)}] if term else []
    return parts


def guide(start: str = "ready") -> Mapping[str, Any]:
    """What is told in each state of a run; `start` is the section for the first one."""
    texts = sections("guide", language().tag)
    return {state: told(texts[start if state == "ready" else state]) for state in STATES}


def race_guide() -> Mapping[str, Any]:
    """What is told of a race: how it begins. What came of it stands in its status."""
    return {"ready": told(sections("guide", language().tag)["ready, race"])}
