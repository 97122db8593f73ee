"""Words that stand in Markdown files, `<tag>/<name>.md` for each language; English where one is missing."""

import re
from pathlib import Path

from thermofit.ui.locale import pseudo
from thermofit.words import ENGLISH

_APART = re.compile(r"\n{2,}")
_WITH_ID = re.compile(r"^(## .+)( \{#[\w-]+\})$")
_KEY = re.compile(r"#{2,3} ")  # a section's name is a key, the same in every language
_PLACE_ALONE = re.compile(r"\{\w+\}")


def read(folder: Path, name: str, tag: str) -> str:
    """The text of `name` in the language of this tag."""
    path = folder / tag / f"{name}.md"
    if path.exists():
        return path.read_text(encoding="utf-8")
    english = (folder / ENGLISH.tag / path.name).read_text(encoding="utf-8")
    return longer(english) if tag == pseudo.TAG else english


def longer(text: str) -> str:
    """The text with more words at the end of each paragraph and of each heading that is shown."""
    return "\n\n".join(map(_longer, _APART.split(text.rstrip()))) + "\n"


def _longer(block: str) -> str:
    if with_id := _WITH_ID.match(block):
        return pseudo.padded(with_id[1]) + with_id[2]
    if _KEY.match(block) or block.startswith("|") or _PLACE_ALONE.fullmatch(block):
        return block
    return pseudo.padded(block)
