"""What a beginner reads above the charts, and the glossary that explains its terms: both are Markdown files.

A term of the guide is written as a link to its title in the glossary, [like this](#learning-rate).
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "words"
TERM = re.compile(r"\[([^\]]+)\]\(#([\w-]+)\)")
STATES = ("ready", "playing", "paused", "finished", "exploded")
Told = Sequence[str | Mapping[str, str]]


def sections(name: str) -> dict[str, str]:
    """The texts of `words/<name>.md` by the titles above them."""
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    _, *parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return {title: body.strip() for title, body in zip(parts[::2], parts[1::2], strict=True)}


@cache
def glossary() -> Mapping[str, str]:
    """Each term and what it means, in the order in which they are best read."""
    return sections("glossary")


def anchor(term: str) -> str:
    """The name by which a term is linked to."""
    return term.lower().replace(" ", "-")


def meaning(term: str) -> str:
    """What the glossary says of a term."""
    return glossary()[term]


def told(text: str) -> Told:
    """A sentence of the guide, split into texts and terms with meanings; KeyError for an unknown term."""
    meanings = {anchor(term): words for term, words in glossary().items()}
    parts: list[str | Mapping[str, str]] = []
    pieces = TERM.split(text)
    for before, term, name in zip(pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True):
        parts += [before] if before else []
        parts += [{"term": term, "help": meanings[name]}] if term else []
    return parts


def guide(start: str = "ready") -> Mapping[str, Any]:
    """What is told in each state of a run; `start` is the section for the first one."""
    texts = sections("guide")
    return {state: told(texts[start if state == "ready" else state]) for state in STATES}


@cache
def race_guide() -> Mapping[str, Any]:
    """What is told of a race: how it begins. What came of it stands in its status."""
    return {"ready": told(sections("guide")["ready, race"])}
