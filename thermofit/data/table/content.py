"""From bytes to text: what is no table is recognised by its first bytes, and nothing is ever unpacked."""

import re

from thermofit.data.table.choices import ENCODINGS
from thermofit.data.table.limits import LARGEST_FILE, refuse
from thermofit.errors import one_of
from thermofit.numbers import count, formatted
from thermofit.words import mark, tr

TEXT_FILE = mark("a text file (CSV) with two columns of numbers")
AS_CSV = mark("a text file; save it as CSV in the program that wrote it")

_SPREADSHEET = mark("it is a spreadsheet file, not a CSV file")
_ARCHIVE = mark("it is a compressed file, not a CSV file")
_PICTURE = mark("it is a picture, not a CSV file")
_MARKED_UP = mark("it is a web page or another file in markup (HTML, XML), not a CSV file")
_JSON_FILE = mark("it is JSON, not a CSV file")
_KINDS = {
    b"PK\x03\x04": _ARCHIVE,  # a spreadsheet, too, if it says so inside
    b"PK\x05\x06": _ARCHIVE,
    b"\xd0\xcf\x11\xe0": _SPREADSHEET,  # the old .xls
    b"\x1f\x8b": _ARCHIVE,
    b"BZh": _ARCHIVE,
    b"\xfd7zXZ": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE,
    b"Rar!": _ARCHIVE,
    b"\x28\xb5\x2f\xfd": _ARCHIVE,
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"RIFF": mark("it is a sound or a picture, not a CSV file"),
    b"II*\x00": _PICTURE,
    b"MM\x00*": _PICTURE,
    b"%PDF": mark("it is a PDF file, not a CSV file"),
    b"{\\rtf": mark("it is a text document with formats (RTF), not a CSV file"),
    b"SQLite format 3": mark("it is a database, not a CSV file"),
    b"PAR1": mark("it is a Parquet file, not a CSV file"),
    b"\x93NUMPY": mark("it is a NumPy file, not a CSV file"),
    b"\x7fELF": mark("it is a program, not a CSV file"),
}
_INSIDE = (b"[Content_Types].xml", b"xl/", b"opendocument.spreadsheet")
_MARKUP = re.compile(rb"\s*<(!doctype|html|head|body|table|\?xml|svg|!--)", re.IGNORECASE)
_JSON = re.compile(rb"\s*[\[{]\s*[\[{\"\d\]}-]")
_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
LOOKED_AT = 10_000  # bytes or characters at the beginning of a file that show what it is
MOST_CONTROL = 0.05  # of the characters of a text, besides three that spoil no more than their rows


def text_of(source: bytes | str, chosen: str | None = None) -> tuple[str, str]:
    """The text and its encoding; ConfigError for what is too large or is no text.

    The encoding of bytes is the chosen one; else what a byte order mark says; else UTF-8 if it fits, and
    otherwise Windows' Western one. Pasted text has none.
    """
    _check_size(source)
    pasted = isinstance(source, str)
    start = source[:LOOKED_AT].encode("latin-1", "replace") if isinstance(source, str) else source[:LOOKED_AT]
    _check_kind(start)
    text, encoding = (source, "") if isinstance(source, str) else _decoded(source, chosen)
    text = text.removeprefix("\ufeff")
    if not pasted:
        _check_kind(text[:LOOKED_AT].encode("latin-1", "replace"))  # markup can be UTF-16, too
    if not text.strip("\x00 \t\r\n"):
        refuse(tr("there is nothing in it"), tr(TEXT_FILE))
    beginning = text[:LOOKED_AT]
    if len(_CONTROL.findall(beginning)) > 3 + MOST_CONTROL * len(beginning):
        refuse(tr("it is no text"), tr(TEXT_FILE))
    return text, encoding


def _check_size(source: bytes | str) -> None:
    if len(source) <= LARGEST_FILE:
        return
    refuse_size(len(source))


def refuse_size(size: int) -> None:
    """Refuse a file of this many bytes; nothing of it needs to be read for that."""
    megabytes, most = formatted(size / 1e6, ".1f"), formatted(LARGEST_FILE / 1e6)
    refuse(
        tr("it is too large, with {megabytes} MB", megabytes=megabytes), tr("at most {most} MB", most=most)
    )


def _check_kind(start: bytes) -> None:
    """Refuse what begins like a file of another kind."""
    reason = next((reason for magic, reason in _KINDS.items() if start.startswith(magic)), "")
    if reason == _ARCHIVE and any(name in start for name in _INSIDE):
        reason = _SPREADSHEET
    if not reason and _MARKUP.match(start):
        reason = _MARKED_UP
    if not reason and _JSON.match(start):
        reason = _JSON_FILE
    if reason:
        refuse(tr(reason), tr(AS_CSV))


def _decoded(source: bytes, chosen: str | None) -> tuple[str, str]:
    if chosen:
        return _as_chosen(source, chosen), chosen
    marked = next((name for bom, name in _MARKS.items() if source.startswith(bom)), "")
    if not marked:
        marked = _unmarked_utf16(source[:LOOKED_AT])
    if marked:
        return source.decode(marked, "replace"), marked
    for encoding in ("utf-8", "cp1252"):
        try:
            return source.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return source.decode("latin-1"), "latin-1"


def _as_chosen(source: bytes, encoding: str) -> str:
    try:
        return source.decode(encoding)
    except UnicodeDecodeError as error:
        place = count(error.start + 1)
        told = tr("it can't be read as {encoding}: byte {place} does not fit", encoding=encoding, place=place)
        refuse(told, one_of(ENCODINGS), encoding)


def _unmarked_utf16(start: bytes) -> str:
    """UTF-16 without its mark: every other byte of a plain text is zero."""
    half = len(start) // 2
    if half and start[1::2].count(0) > 0.8 * half and start[::2].count(0) < 0.2 * half:
        return "utf-16-le"
    if half and start[::2].count(0) > 0.8 * half and start[1::2].count(0) < 0.2 * half:
        return "utf-16-be"
    return ""
