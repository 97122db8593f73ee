"""Somebody's own readings as a part of a link, as exact as there is room for."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial

from thermofit.config.number_columns import Reader, pack_column
from thermofit.config.packing import UNREADABLE, WRITTEN_HERE, pack_bytes, unpack_bytes
from thermofit.data.dataset import LARGEST_READING, Dataset
from thermofit.data.own import own_dataset
from thermofit.data.table.columns import clean
from thermofit.data.table.limits import FEWEST_ROWS, FIELD
from thermofit.data.written import digits, exact
from thermofit.errors import ConfigError, Problem, Text, shorten, spell, told
from thermofit.words import mark

LONGEST_READINGS = 3_000  # characters in a link
MOST_LINKED = 500  # rows
FEWEST_DIGITS = 3  # of the largest reading of a column, to which it may be rounded
MOST_DIGITS = 15  # to which they are rounded at first; those of float32 never have more than 9
LONGEST_NAMES = 1_200  # bytes of the labels


@dataclass(frozen=True)
class Packed:
    """Readings as the value of a link's key; `text` is "" where a `problem` says why they don't fit.

    `rounded_to` tells how many significant digits are left of a column's largest reading, None if nothing was
    rounded; the column's other readings have as many decimals. `largest_change` is the largest difference
    that this makes to an input and to a target.
    """

    text: str
    rounded_to: int | None = None
    largest_change: tuple[float, float] = (0.0, 0.0)
    problem: Problem | None = None


# ---- writing ----


@lru_cache(maxsize=16)  # an address is written far more often than readings change
def pack_readings(dataset: Dataset) -> Packed:
    """The readings with their labels, at most 3,000 characters; rounded only as far as it must be."""
    count = len(dataset)
    if not FEWEST_ROWS <= count <= MOST_LINKED:
        reason = mark("too many rows for a link") if count > MOST_LINKED else mark("too few rows")
        rows = mark("{fewest} to {most} rows; hand them out as a CSV file beside the link")
        return _unfit(str(count), reason, told(rows, fewest=FEWEST_ROWS, most=MOST_LINKED))
    first, second = exact(dataset)
    given = digits(first), digits(second)
    text = _text(dataset, *given)
    if len(text) <= LONGEST_READINGS:
        return Packed(text)
    for kept in range(MOST_DIGITS, FEWEST_DIGITS - 1, -1):
        rounded = _rounded(given[0], kept), _rounded(given[1], kept)
        text = _text(dataset, *rounded, kept)
        if len(text) <= LONGEST_READINGS:
            changes = tuple(map(_largest_change, given, rounded))
            return Packed(text, kept, (changes[0], changes[1]))
    too_long = told(mark("too long for a link even with {digits} digits each"), digits=FEWEST_DIGITS)
    room = mark("{most} characters; hand them out as a CSV file beside the link")
    return _unfit(str(count), too_long, told(room, most=LONGEST_READINGS))


def _unfit(value: str, reason: Text, allowed: Text) -> Packed:
    return Packed("", problem=Problem(FIELD, value, reason, allowed))


def _rounded(texts: list[str], kept: int) -> list[str]:
    """A column in which the largest number keeps so many digits, and the others as many decimals as it."""
    largest = max(abs(Decimal(text)) for text in texts)
    decimals = kept - 1 - largest.adjusted()
    return [repr(round(float(text), decimals)) for text in texts]


def _largest_change(exact: list[str], rounded: list[str]) -> float:
    return max(abs(float(a) - float(b)) for a, b in zip(exact, rounded, strict=True))


def _text(dataset: Dataset, inputs: list[str], targets: list[str], kept: int | None = None) -> str:
    """The labels, and behind them the digits if the readings were rounded, now or by an earlier link."""
    labels = [*dataset.header, dataset.label, dataset.source]
    rounded = [number for number in (kept, dataset.rounded_to) if number is not None]
    told = [str(min(rounded))] if rounded else []
    names = "\t".join([*map(clean, labels), *told]).encode()
    count = len(inputs).to_bytes(2, "big")
    return pack_bytes(names + b"\n" + count + pack_column(inputs) + pack_column(targets))


# ---- reading ----


def unpack_readings(text: str) -> Dataset:
    """The readings of a link; ConfigError, with a Problem of the field "readings", for anything else."""
    refused = partial(Problem, FIELD, shorten(text))
    content = unpack_bytes(FIELD, text, longest=LONGEST_READINGS)
    try:
        labels, rounded_to, columns = _parts(content)
    except (ValueError, ArithmeticError):
        raise ConfigError(refused(UNREADABLE, WRITTEN_HERE)) from None
    try:
        input_label, target_label, label, source = labels
        return own_dataset(*columns, input_label, target_label, label, source, rounded_to)
    except ValueError:
        limit = spell(LARGEST_READING)
        allowed = told(mark("numbers from -{limit} to {limit}"), limit=limit)
        raise ConfigError(refused(mark("a number is too large"), allowed)) from None


def _parts(content: bytes) -> tuple[list[str], int | None, tuple[list[float], list[float]]]:
    """Labels, digits if it was rounded, and columns; ValueError for what was not packed here."""
    names, line, numbers = content[:LONGEST_NAMES].partition(b"\n")
    labels, told = (texts := names.decode().split("\t"))[:4], texts[4:]
    reader = Reader(content[len(names) + len(line) :])
    count = int.from_bytes(reader.take(2), "big")
    if len(labels) != 4 or len(told) > 1 or not numbers or not FEWEST_ROWS <= count <= MOST_LINKED:
        raise ValueError("not packed here")
    columns = reader.column(count), reader.column(count)
    if reader.at < len(reader.content):
        raise ValueError("too long")
    return labels, _digits(told), columns


def _digits(told: list[str]) -> int | None:
    """To how many digits it was rounded, if that is told; ValueError for what no link rounds to."""
    if not told:
        return None
    kept = int(told[0])
    if not FEWEST_DIGITS <= kept <= MOST_DIGITS:
        raise ValueError("not packed here")
    return kept
