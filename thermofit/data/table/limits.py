"""What a table may take of the server, and how a refusal is written."""

from dataclasses import dataclass
from typing import NoReturn

from thermofit.errors import ConfigError, Problem

FIELD = "readings"  # by this name problems speak of a table

LARGEST_FILE = 5_000_000  # bytes of a file, characters of a pasted text
MOST_LINES = 20_000  # that hold something; with more, the file is refused
LONGEST_LINE = 20_000  # characters
MOST_COLUMNS = 200
LONGEST_CELL = 60  # characters of a number with its unit
LONGEST_LABEL = 60  # characters
FEWEST_ROWS, MOST_ROWS = 2, 10_000  # good ones
MOST_REFUSED = 100  # refused rows that are listed; the others are counted
SAMPLE = 100  # lines from which delimiter, decimal mark, header and units are found out


@dataclass(frozen=True)
class Fault:
    """Why a line or a cell is refused, and what is allowed, in the reader's language."""

    reason: str
    allowed: str


def refuse(reason: str, allowed: str, value: str = "") -> NoReturn:
    """Refuse the table as a whole: a ConfigError that names it."""
    raise ConfigError(Problem(FIELD, value, reason, allowed))
