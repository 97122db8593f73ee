"""Keeps the catalogues of the languages in step with the texts of the code.

    python -m tools.words             bring every catalogue up to date
    python -m tools.words add it      begin one, here for Italian
    python -m tools.words check       say what is missing; exits with 1 if anything is

Babel does the work; here stands how it is called. Texts that are gone leave the catalogues.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from thermofit.ui.lesson.wording import places
from thermofit.ui.locale.catalogues import DOMAIN, catalogue_of, path_of, tags

ROOT = Path(__file__).parents[1]
METHODS = [("static/**", "ignore"), ("**/static/**", "ignore"), ("**.py", "python"), ("**.js", "javascript")]
KEYWORDS = {"tr": None, "mark": None, "trn": (1, 2)}
COMMENTS = ("Translators:",)
AUTHORS = "The thermofit authors"
BEGUN = datetime(2026, 11, 28, tzinfo=UTC)  # the history of the files tells what came when


def collected() -> Catalog:
    """Every text of the code, with the files that hold it."""
    catalogue = Catalog(domain=DOMAIN, charset="utf-8")
    found = extract_from_dir(
        ROOT / "thermofit", METHODS, keywords=KEYWORDS, comment_tags=COMMENTS, strip_comment_tags=True
    )
    for file, _, message, comments, context in found:
        place = (f"thermofit/{file}", 0)
        catalogue.add(message, None, [place], auto_comments=comments, context=context)
    return catalogue


def languages() -> tuple[str, ...]:
    """The tags of the languages that have a catalogue."""
    return tags()[1:]


def update(tag: str, texts: Catalog) -> None:
    """Give a language's catalogue the texts that it lacks, and take out those that are gone."""
    path = path_of(tag)
    catalogue = (
        catalogue_of(tag) if path.exists() else Catalog(Locale.parse(tag, sep="-"), DOMAIN, charset="utf-8")
    )
    catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, catalogue)


def write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue in one form, whoever has changed it, so that a difference is a change of words."""
    name = catalogue.locale.english_name if catalogue.locale else ""
    catalogue.header_comment, catalogue.fuzzy = f"# thermofit in {name}", False
    catalogue.project, catalogue.version, catalogue.msgid_bugs_address = DOMAIN, "", ""
    catalogue.last_translator = catalogue.language_team = AUTHORS
    catalogue.creation_date = catalogue.revision_date = BEGUN
    for message in catalogue:
        message.flags.discard("python-format")  # a percent sign is one; places are written {like_this}
    with path.open("wb") as file:
        write_po(file, catalogue, 110, ignore_obsolete=True, include_lineno=False, sort_by_file=True)


def faults(tag: str, texts: Catalog) -> Iterator[str]:
    """What is wrong with a language's catalogue: texts without a translation, with other places, or gone."""
    catalogue = catalogue_of(tag)
    for message in texts:
        if message.id:
            yield from (f"{tag}, {message.id!r}: {fault}" for fault in _of_one(catalogue.get(message.id)))
    for message in catalogue:
        if message.id and texts.get(message.id) is None:
            yield f"{tag}, {message.id!r}: no such text is in the code"


def _of_one(translated: Message | None) -> Iterator[str]:
    if translated is None:
        yield "not in the catalogue"
        return
    english = translated.id if isinstance(translated.id, tuple) else (translated.id,)
    forms = translated.string if isinstance(translated.string, tuple | list) else (translated.string,)
    if not all(forms) or translated.fuzzy:
        yield "not translated"
    wanted = [places(str(text)) for text in english]
    for form in filter(None, forms):
        found = places(str(form))
        if found not in wanted:
            yield f"the places are {sorted(found)} instead of {sorted(wanted[-1])}"


def main(*arguments: str) -> int:
    """Do what is asked for; the exit code."""
    texts = collected()
    if arguments[:1] == ("check",):
        found = [fault for tag in languages() for fault in faults(tag, texts)]
        print("\n".join(found) or "Every text has its translations.")
        return bool(found)
    for tag in arguments[1:] if arguments[:1] == ("add",) else languages():
        update(tag, texts)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
