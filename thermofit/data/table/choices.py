"""What can be chosen about the way a table is written, and what was chosen or found out."""

from dataclasses import dataclass

from thermofit.data.table.limits import MOST_LINES
from thermofit.errors import check_choice, check_number
from thermofit.words import mark

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "latin-1")
DELIMITERS = {
    # Translators: the key on a keyboard.
    "\t": mark("tab"),
    ";": mark("semicolon"),
    "|": mark("vertical bar"),
    ",": mark("comma"),
    # Translators: the sign between two words.
    " ": mark("space"),
}
# Translators: "point" is the decimal point.
DECIMALS = {".": mark("point"), ",": mark("comma")}


@dataclass(frozen=True)
class TableChoices:
    """What the caller knows better; None leaves it to be found out.

    `first_line` is the number of the line at which the table begins, its header included. ConfigError for
    anything but the choices above.
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    header: bool | None = None
    first_line: int | None = None

    def __post_init__(self) -> None:
        allowed = {"encoding": ENCODINGS, "delimiter": tuple(DELIMITERS), "decimal": tuple(DECIMALS)}
        for name, choices in allowed.items():
            if getattr(self, name) is not None:
                check_choice(name, getattr(self, name), choices)
        if self.header is not None:
            check_number("header", self.header, "bool", 0, 1)
        if self.first_line is not None:
            check_number("first_line", self.first_line, "int", 1, 100 * MOST_LINES)


@dataclass(frozen=True)
class Layout:
    """How the table is written: as chosen, and otherwise as found out.

    `in_doubt` says that nothing tells the decimal mark, and that cells such as 1,234 could mean either: these
    are refused until the mark is chosen. Pasted text has no encoding ("").
    """

    encoding: str
    delimiter: str
    decimal: str
    header: bool
    first_line: int
    in_doubt: bool = False
