"""Broken tables by the thousand, each from its own seed: what people, programs and attackers may hand in.

Each kind is one function that takes a random generator and gives the bytes of a file. The large ones, whose
memory matters, stand apart; `benchmarks/broken_tables.py` measures them.
"""

import gzip
import io
import random
import zipfile
from collections.abc import Callable

Make = Callable[[random.Random], bytes]

WORDS = [
    "",
    "NA",
    "nan",
    "inf",
    "1e999",
    "1e7",
    "abc",
    "true",
    "0x1F",
    "1_000",
    "½",
    "5²",
    "2020-01-31",
    "1/2",
]
WORDS += ["31.1.2020", "12:30", "Mar 3", "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "#DIV/0!", "5\x00"]
WORDS += ["1" * 70, "12 kg", "$3", "<b>5</b>", "5 5", "--5"]  # no number, whatever the layout
CELLS = [*WORDS, " ", "-1e-50", "12,5", "1.234.567", "1,234,5", "35 °F", "'5", '"', '""', '"5', "\x07", "é"]
CELLS += ["\u202e5", "\ufeff5", "٣", "١٢٫٥", "９", "5\u00a0", "9" * 400, "${jndi:x}", "\\n"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "utf-7"]
DELIMITERS = [",", ";", "\t", "|", " ", ":", "  ", "\u3000"]
ENDINGS = ["\n", "\r\n", "\r", "\n\n", "\u2028", "\x0b"]


def good_rows(rng: random.Random) -> list[list[str]]:
    """Rows of two to four numbers; the header is the first of them."""
    width = rng.randint(2, 4)
    names = [rng.choice(["t_u", "t_c", "weight (kg)", "", "größe", "=x", "a" * 200]) for _ in range(width)]
    digits = rng.randint(0, 3)
    body = [[f"{rng.uniform(-99, 99):.{digits}f}" for _ in range(width)] for _ in range(rng.randint(0, 8))]
    return [names, *body] if rng.random() < 0.7 else body or [names]


def joined(rng: random.Random, rows: list[list[str]]) -> str:
    delimiter, ending = rng.choice(DELIMITERS), rng.choice(ENDINGS)
    return ending.join(delimiter.join(row) for row in rows) + rng.choice(["", ending])


def encoded(rng: random.Random, text: str) -> bytes:
    return text.encode(rng.choice(ENCODINGS), "replace")


def odd_cells(rng: random.Random) -> bytes:
    """Cells that are no numbers: formulas, dates, gaps, too large ones."""
    rows = good_rows(rng)
    for row in rows:
        if rng.random() < 0.6:
            row[rng.randrange(len(row))] = rng.choice(CELLS)
    return encoded(rng, joined(rng, rows))


def ragged(rng: random.Random) -> bytes:
    """Rows that are too short, too long or empty."""
    rows = good_rows(rng)
    for row in rows:
        change = rng.random()
        if change < 0.3:
            del row[rng.randrange(len(row)) :]
        elif change < 0.6:
            row += rng.choices(CELLS, k=rng.randint(1, 400))
    return encoded(rng, joined(rng, rows))


def quotes(rng: random.Random) -> bytes:
    """Quotation marks that are not closed, doubled, or around line breaks."""
    letters = list(joined(rng, good_rows(rng)))
    for _ in range(rng.randint(1, 6)):
        letters.insert(rng.randint(0, len(letters)), rng.choice(['"', '""', "'", '"\n', '\n"', "“"]))
    return encoded(rng, "".join(letters))


def nul_bytes(rng: random.Random) -> bytes:
    """Bytes of zero, and other bytes of no text, amid a table."""
    content = bytearray(encoded(rng, joined(rng, good_rows(rng))))
    for _ in range(rng.choice([1, 3, 200])):
        content.insert(rng.randint(0, len(content)), rng.choice([0, 0, 0, 7, 27, 127, 255, 254]))
    return bytes(content)


def damaged(rng: random.Random) -> bytes:
    """A table cut in the middle, or with bytes changed, so that its encoding no longer holds."""
    content = bytearray(encoded(rng, joined(rng, good_rows(rng))))
    for _ in range(rng.randint(1, 10)):
        if content:
            content[rng.randrange(len(content))] = rng.randrange(256)
    return bytes(content[: rng.randint(0, len(content))])


def few(rng: random.Random) -> bytes:
    """Nothing, only a header, one row, one column, only words, two rows that are the same."""
    texts = [
        "",
        "\n",
        " ",
        ";",
        "a,b",
        "a,b\n1,2",
        "1,2",
        "1\n2\n3",
        "a\n1\n2",
        "x,y\nu,v\n",
        "1,2\n1,2",
        "a,a\n1,1",
    ]
    return encoded(rng, rng.choice(texts) + rng.choice(ENDINGS))


def other_files(rng: random.Random) -> bytes:
    """Archives, spreadsheets, pictures, web pages, JSON, noise."""
    text = joined(rng, good_rows(rng))
    starts = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"<html>"]
    starts += [
        b"  <?xml ",
        b"{\\rtf1",
        b'{"a": 1}',
        b"[1, 2]",
        b"SQLite format 3\x00",
        b"BZh9",
        b"PAR1",
        b"MZ",
    ]
    kinds = [
        lambda: archive({"table.csv": text}),
        lambda: archive({"[Content_Types].xml": "<Types/>", "xl/worksheets/sheet1.xml": "<sheet/>"}),
        lambda: gzip.compress(text.encode(), mtime=0),
        lambda: rng.choice(starts) + rng.randbytes(rng.randint(0, 300)),
        lambda: rng.randbytes(rng.randint(1, 2_000)),
        lambda: "".join(chr(rng.randrange(0x20, 0x3000)) for _ in range(300)).encode(),
    ]
    return rng.choice(kinds)()


def long_ones(rng: random.Random) -> bytes:
    """Many columns, long lines, long cells, many rows: beyond a limit, yet quick to make."""
    unit = rng.choice(
        ["1,", "1;", "x", '"', "1\t", "1 ", ",", "\n", "\r\n", "1,2\n", '"\n', "9", "\x00,", "é;"]
    )
    return ("a,b\n1,2\n3,4\n" * rng.choice([0, 1]) + unit * rng.choice([300, 25_000, 120_000])).encode()


KINDS: tuple[Make, ...] = (odd_cells, ragged, quotes, nul_bytes, damaged, few, other_files, long_ones)
WEIGHTS = (30, 14, 14, 12, 12, 4, 12, 2)


def broken(seed: int) -> bytes:
    """One broken table; the same for the same seed."""
    rng = random.Random(seed)
    (make,) = rng.choices(KINDS, WEIGHTS)
    return make(rng)


def archive(files: dict[str, str]) -> bytes:
    """A zip file; entries have a fixed date, so that the bytes are always the same."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as into:
        for name, content in files.items():
            into.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


# ---- large ones ----


def gzip_bomb() -> bytes:
    """4 MB that unpack to 4 GB."""
    return gzip.compress(b"1,2\n" * 1_000_000, mtime=0) * 1_000


LARGE: dict[str, Callable[[], bytes]] = {
    "100 MB of rows": lambda: b"12.5,13.5\n" * 10_000_000,
    "5 MB of short rows": lambda: b"1,2\n" * 1_249_999,
    "5 MB of empty lines": lambda: b"\n" * 5_000_000,
    "5 MB in a single cell": lambda: b"9" * 5_000_000,
    "5 MB in one open quotation": lambda: b'"' + b"1,2\n" * 1_249_999,
    "quotation marks only": lambda: b'"' * 5_000_000,
    "two million columns": lambda: b"1," * 2_000_000,
    "two million columns, spaces": lambda: b"1 " * 2_000_000,
    "200 columns, 20,000 characters": lambda: (b"1" * 99 + b",") * 49_999,
    "lines of 20,000 characters": lambda: b"\n".join([b"1 " * 9_999] * 240),
    "zip bomb": lambda: archive({"table.csv": "1,2\n" * 10_000_000}),
    "gzip bomb": gzip_bomb,
    "5 MB of zeros": lambda: bytes(5_000_000),
    "5 MB of UTF-16": lambda: "1;2\n".encode("utf-16-le") * 600_000,
    "5 MB of emoji": lambda: "🌡,1\n".encode() * 700_000,
    "10,000 good rows": lambda: b"12.5,13.5\n" * 10_000,
    "20,000 bad rows": lambda: b"1,2\n" + b"x,=1\n" * 19_999,
}
