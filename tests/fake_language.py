"""Languages made up for tests."""

import re
from collections.abc import Mapping
from gettext import NullTranslations

from thermofit.words import Language

PLACE = re.compile(r"(\{[^{}]*\})")


class _Texts(NullTranslations):
    """A catalogue of these texts by the English ones; what is not among them stays in English."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def gettext(self, message: str) -> str:
        return self._texts.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: float) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


class _Shouted(_Texts):
    """A catalogue with a translation of every text: in capitals, but for the names of places."""

    def gettext(self, message: str) -> str:
        parts = PLACE.split(message)
        return "".join(part if place % 2 else part.upper() for place, part in enumerate(parts))


class _Bracketed(_Texts):
    """A catalogue with a translation of every text: the same between brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"


def spoken(texts: Mapping[str, str], tag: str = "xx") -> Language:
    """A language of these texts, with decimal commas, whose labels keep their capitals within a sentence."""
    return Language(tag, _Texts(texts), decimal=",", lowers=False)


SHOUTED = Language("xx", _Shouted({}), decimal=",", lowers=False)
BRACKETED = Language("xx", _Bracketed({}), decimal=",")
