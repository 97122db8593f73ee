"""The languages that there are, each with its texts.

A catalogue is a file of gettext, `<tag>/LC_MESSAGES/thermofit.po`, which Babel reads when somebody first
needs it. The texts of the stage go to the browser as a JSON file.
"""

import re
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from thermofit.stage import assets
from thermofit.ui.locale import pseudo
from thermofit.words import ENGLISH, Language, mark

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

FOLDER = Path(__file__).parent
DOMAIN = "thermofit"
SELF = mark("English")  # in each catalogue: the name of its language, in that language
CAPITALS = ("de",)  # languages whose nouns keep their capital within a sentence
NO_GAP = ("zh",)  # languages without a space between sentences
FRONTEND = "thermofit/stage/frontend/"
_NAMED = re.compile(rf'^msgid "{SELF}"\nmsgstr "(.+)"$', re.MULTILINE)


@cache
def tags() -> tuple[str, ...]:
    """The tags of all languages, English first."""
    return (ENGLISH.tag, *sorted(path.parts[-3] for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po")))


@cache
def read(tag: str) -> Language:
    """The language of this tag, which is one of `tags`, or the one for tests of the layout."""
    if tag == ENGLISH.tag:
        return ENGLISH
    # Babel is loaded for those who need it: a server's first visitor would wait for it.
    from babel import Locale
    from babel.messages.mofile import write_mo
    from babel.numbers import get_decimal_symbol

    if tag == pseudo.TAG:
        catalogue, decimal = pseudo.catalogue(catalogue_of(tags()[1])), ENGLISH.decimal
    else:
        catalogue, decimal = catalogue_of(tag), get_decimal_symbol(Locale.parse(tag, sep="-"))
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Language(
        tag,
        GNUTranslations(compiled),
        decimal,
        lowers=tag not in CAPITALS,
        gap="" if tag in NO_GAP else ENGLISH.gap,
        file=assets.publish_text(f"words-{tag}.json", orjson.dumps(for_browser(catalogue))),
    )


def path_of(tag: str) -> Path:
    """Where the catalogue of a language is."""
    return FOLDER / tag / "LC_MESSAGES" / f"{DOMAIN}.po"


def catalogue_of(tag: str) -> "Catalog":
    """Every text of a language, as its translators have left it."""
    from babel.messages.pofile import read_po

    with path_of(tag).open("rb") as file:
        return read_po(file, locale=tag.replace("-", "_"), domain=DOMAIN)


def for_browser(catalogue: "Catalog") -> dict[str, str | list[str]]:
    """The stage's own texts by the English ones; one with several forms by the first English one."""
    texts: dict[str, str | list[str]] = {}
    for message in catalogue:
        if message.id and message.string and any(file.startswith(FRONTEND) for file, _ in message.locations):
            several = isinstance(message.id, tuple)
            english = str(message.id[0] if several else message.id)
            texts[english] = [str(form) for form in message.string] if several else str(message.string)
    return texts


@cache
def names() -> dict[str, str]:
    """What each language calls itself, by its tag. Each menu shows it, so no catalogue is read whole."""
    return {tag: _own_name(tag) for tag in tags()}


def _own_name(tag: str) -> str:
    if tag == ENGLISH.tag:
        return SELF
    found = _NAMED.search(path_of(tag).read_text(encoding="utf-8"))
    return found[1] if found else tag


def nearest(wanted: str) -> str | None:
    """The tag of the language that this one asks for: "de-AT" is German; None if it is not there.

    Only the first part counts, as no language is here twice.
    """
    first = wanted.replace("_", "-").lower().partition("-")[0]
    known = (*tags(), *((pseudo.TAG,) if pseudo.is_offered() else ()))
    return next((tag for tag in known if tag.lower().partition("-")[0] == first), None)
