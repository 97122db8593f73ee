"""The language in which a person is spoken to: every text that is read passes through here.

Texts stand in the code in English, as whole sentences with named places. `tr` and `trn` translate a text
where it is shown; `mark` marks one that is shown later, such as a label in a registry. The library by itself
speaks English. The dashboard brings other languages (thermofit/ui/locale) and says which one a visitor reads.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import Any


@dataclass(frozen=True, eq=False)
class Language:
    """A language: its tag (as in `<html lang>`), its catalogue, and how it writes.

    `decimal` stands before the decimals of a number, `gap` between two sentences. `lowers` says whether a
    label loses its capitals within a sentence, which nouns in German don't. `file` holds the catalogue's part
    for the browser; "" for none.
    """

    tag: str = "en"
    catalogue: NullTranslations = field(default_factory=NullTranslations)
    decimal: str = "."
    lowers: bool = True
    gap: str = " "
    file: str = ""

    def as_json(self) -> dict[str, Any]:
        """What the browser has to know."""
        return {"tag": self.tag, "decimal": self.decimal, "gap": self.gap, "file": self.file}


ENGLISH = Language()
_language: ContextVar[Language | None] = ContextVar("language", default=None)
_asked: list[Callable[[], Language | None]] = []


def language() -> Language:
    """The language of whoever is answered by this thread."""
    known = _language.get()
    if known is not None:
        return known
    found = next((answer for ask in _asked if (answer := ask()) is not None), None)
    if found is not None:
        _language.set(found)
    return found or ENGLISH


def speak(to: Language) -> None:
    """Use this language in this thread from now on."""
    _language.set(to)


@contextmanager
def speaking(to: Language) -> Iterator[None]:
    """`with speaking(language): …` uses this language in this thread."""
    token = _language.set(to)
    try:
        yield
    finally:
        _language.reset(token)


def learn_from(ask: Callable[[], Language | None]) -> None:
    """Have `ask` tell the language of a thread that has not been told one; it may not know."""
    _asked[:] = [ask]


def mark(message: str) -> str:
    """The message itself: it is collected for translators here, and translated where it is shown."""
    return message


def tr(message: str, /, **places: object) -> str:
    """The message in the present language, with a value in each of its places.

    A message with places is written as for `str.format`. Text without a translation stays as it is.
    """
    text = language().catalogue.gettext(message) if message else ""
    return text.format(**places) if places else text


def trn(one: str, many: str, n: float, /, **places: object) -> str:
    """The form for `n` things of a message, which may also have `n` among its places."""
    return language().catalogue.ngettext(one, many, n).format(**places)  # type: ignore[arg-type]


def inline(label: str) -> str:
    """A translated label as it stands within a sentence; one that begins with an abbreviation stays."""
    if not language().lowers or label[1:2].isupper():
        return label
    return label[:1].lower() + label[1:]


def listed(items: Iterable[str]) -> str:
    """The items, with what the language puts between the items of a list."""
    # Translators: stands between the items of a list
    return tr(", ").join(items)


def together(*sentences: str) -> str:
    """Sentences one after the other; empty ones are left out."""
    return language().gap.join(filter(None, sentences))


def local(number: str) -> str:
    """A written number with the language's decimal mark."""
    return number.replace(".", language().decimal, 1)
