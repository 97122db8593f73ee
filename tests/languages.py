"""A language for tests, in which every text stands between brackets."""

from gettext import NullTranslations

from thermofit.words import Language


class Bracketed(NullTranslations):
    """Every text between brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


BRACKETED = Language("xx", Bracketed(), decimal=",")
