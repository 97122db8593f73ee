"""How single values are written in a link, and read from it."""

import re

from thermofit.data.dataset import Dataset
from thermofit.errors import ConfigError, Number, Problem, shorten, spell
from thermofit.words import mark

LONGEST_NUMBER = 40  # characters; no sensible number needs more

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")
_FLAGS = {"1": True, "0": False}


OWN = "own"  # stands for readings that are not one of the named sets


def text_of(value: str | Number | Dataset) -> str:
    """The text that reads back as exactly this value; for readings of one's own, only that they are."""
    if isinstance(value, Dataset):
        return OWN
    return value if isinstance(value, str) else spell(value)


def value_of(text: str, kind: str) -> object:
    """The text as a value of this kind, or unchanged for the check to refuse it."""
    if kind == "choice" or len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return text
    return float(text) if kind == "float" else _whole(text)


def _whole(text: str) -> int | float:
    """Whole numbers may be written as 5000, 5e3 or 5000.0."""
    return int(text) if text.lstrip("+-").isdigit() else float(text)


def flag(text: str, key: str = "play") -> bool:
    """Yes or no, or ConfigError."""
    if text in _FLAGS:
        return _FLAGS[text]
    raise ConfigError(Problem(key, shorten(text), mark("neither yes nor no"), mark("1 or 0")))
