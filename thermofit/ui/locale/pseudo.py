"""A language for tests of the layout: English, but each text is 40 % longer and stands between brackets.

What appears without brackets was not marked for translation; what has no room here has none in German.
"""

import copy
import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

TAG = "qps"  # set apart for pseudo-languages
LONGER = 0.4
_PLACE = re.compile(r"(\{[^{}]*\})")
_ACCENTS = str.maketrans("aeiouAEIOU", "àéîöûÀÉÎÖÛ")
_PADDING = " lorem ipsum dolor sit amet consetetur sadipscing elitr sed diam nonumy"


def is_offered() -> bool:
    """Whether the server was started for such a test."""
    return bool(os.environ.get("THERMOFIT_PSEUDO"))


def catalogue(of: "Catalog") -> "Catalog":
    """A catalogue with the messages of another one, each translated by `longer`."""
    made = copy.deepcopy(of)
    for message in made:
        if message.id:
            several = isinstance(message.id, tuple)
            forms = [longer(str(text)) for text in (message.id if several else (message.id,))]
            message.string = tuple((forms * 2)[: made.num_plurals]) if several else forms[0]
    return made


def longer(text: str) -> str:
    """The text, 40 % longer, with its places as they are."""
    padding = _padding(len(text), 2)
    return f"[{text}{padding}]" if re.search(r"[`$<\\]|\]\(", text) else f"[{_accented(text)}{padding}]"


def padded(text: str) -> str:
    """Markdown, 40 % longer at its end, and otherwise as it is."""
    return text + _padding(len(text))


def _padding(length: int, brackets: int = 0) -> str:
    more = max(1, round(LONGER * length) - brackets)
    return (_PADDING * (more // len(_PADDING) + 1))[:more]


def _accented(text: str) -> str:
    parts = _PLACE.split(text)
    return "".join(part if place % 2 else part.translate(_ACCENTS) for place, part in enumerate(parts))
