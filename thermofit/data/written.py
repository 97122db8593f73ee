"""Readings as text again: digits that read back as the same numbers, and cells that no spreadsheet runs."""

import csv
import io
from collections.abc import Iterable, Sequence

from torch import Tensor

from thermofit.data.dataset import Dataset

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # with these, a spreadsheet may take a text for a formula
_HIDING = ' \u00a0\u200b\ufeff\x00"'  # before them, they may still be seen


def plain_cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: with an apostrophe before it if need be.

    Spreadsheets do not show the apostrophe. Only texts need this: a number may begin with a minus. Source of
    the characters: OWASP, “CSV Injection”.
    """
    return f"'{text}" if text.lstrip(_HIDING).startswith(_FORMULA) or text[:1] in _FORMULA else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A CSV, comma-separated, with lines that end in \\r\\n (RFC 4180); the header's names are made plain.

    The cells of `rows` are numbers as text, or were made plain.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([plain_cell(name) for name in header])
    writer.writerows(rows)
    return file.getvalue()


def digits(column: Tensor) -> list[str]:
    """Each number of a float32 or float64 column in the fewest digits that read back as the same: 35.7."""
    return [str(value).removesuffix(".0") for value in column.numpy()]


def shortest(column: Tensor) -> list[str]:
    """The numbers of a float64 column as they were given: 35.7 also where they came from float32."""
    single = column.float()
    return digits(single if bool((single == column).all()) else column)


def exact(dataset: Dataset) -> tuple[Tensor, Tensor]:
    """The readings and targets with all the digits that there are of them."""
    return dataset.exact_u, dataset.exact_c


def write_csv(dataset: Dataset) -> str:
    """The readings as a CSV with a header; `read_table` finds the same numbers in it."""
    columns = [shortest(column) for column in exact(dataset)]
    return csv_text(dataset.header, zip(*columns, strict=True))
