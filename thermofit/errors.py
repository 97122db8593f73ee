"""What is said when a value is refused: which field, why, and what is allowed.

One vocabulary for Python callers, widgets and links, so that nobody meets a traceback from inside.
"""

import difflib
import math
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from numbers import Integral, Real

Number = float | int | bool
NOT_THIS = {"float": "not a number", "int": "not a number", "bool": "neither true nor false"}
LONGEST_VALUE = 40  # characters of a refused value that are repeated to the reader


@dataclass(frozen=True)
class Problem:
    """A refused value; all parts are plain words, fit to be shown."""

    field: str
    value: str
    reason: str
    allowed: str

    @property
    def message(self) -> str:
        """One sentence or two."""
        shown = f"{self.field} = {self.value}" if self.value else self.field
        return f"{shown}: {self.reason}." + (f" Allowed: {self.allowed}." if self.allowed else "")


class ConfigError(ValueError):
    """One or more refused values, in `problems`."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


@contextmanager
def collected(problems: list[Problem]) -> Iterator[None]:
    """Add the problems of a ConfigError raised inside to the list, so that all can be told at once."""
    try:
        yield
    except ConfigError as error:
        problems += error.problems


def shorten(value: object) -> str:
    """`value` as text of at most 40 characters without control characters."""
    text = value[: 4 * LONGEST_VALUE] if isinstance(value, str) else _text(value)
    # Categories C*: control, format (which can reverse the line), surrogate, private use.
    printable = "".join(c for c in text if not unicodedata.category(c).startswith("C"))
    return printable if len(printable) <= LONGEST_VALUE else printable[: LONGEST_VALUE - 1] + "…"


def _text(value: object) -> str:
    try:
        return repr(value)
    except ValueError:  # Python refuses to write out integers of thousands of digits
        return f"a huge {type(value).__name__}"


def one_of(names: Iterable[str]) -> str:
    """The allowed names as words."""
    return "one of " + ", ".join(names)


def closest(word: str, names: Iterable[str]) -> str:
    """“, did you mean x?” as the end of a reason, or nothing when no name is near."""
    folded = {name.lower(): name for name in names}
    found = difflib.get_close_matches(word[:LONGEST_VALUE].lower(), folded, n=1)
    return f" (did you mean {folded[found[0]]}?)" if found else ""


def check_choice(field: str, value: object, choices: tuple[str, ...]) -> str:
    """`value` if it is one of the choices, else ConfigError."""
    if isinstance(value, str) and value in choices:
        return str(value)
    hint = closest(value, choices) if isinstance(value, str) else ""
    raise ConfigError(Problem(field, shorten(value), f"unknown name{hint}", one_of(choices)))


def check_number(field: str, value: object, kind: str, minimum: float, maximum: float) -> Number:
    """`value` as a number of the kind "float", "int" or "bool" within the range, else ConfigError."""
    if value is None:
        raise ConfigError(Problem(field, "", "left empty", allowed_numbers(kind, minimum, maximum)))
    number = _truth(value) if kind == "bool" else _number(value)
    reason = NOT_THIS[kind] if number is None else _fault(number, kind, minimum, maximum)
    if reason or number is None:
        raise ConfigError(Problem(field, shorten(value), reason, allowed_numbers(kind, minimum, maximum)))
    return float(number) if kind == "float" else bool(number) if kind == "bool" else int(number)


def allowed_numbers(kind: str, minimum: float, maximum: float) -> str:
    """The range in words."""
    if kind == "bool":
        return "true or false"
    return f"a {'whole ' if kind == 'int' else ''}number from {spell(minimum)} to {spell(maximum)}"


def spell(value: Number) -> str:
    """The shortest text that reads back as exactly this number: 0.01, 1e-06, 3000, 1 for True."""
    if isinstance(value, int):
        return str(int(value))
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value: object) -> int | float | None:
    """A plain number, of numpy's numbers too; True and False are none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Integral):
        return int(value)
    return float(value) if isinstance(value, Real) else None


def _fault(number: int | float, kind: str, minimum: float, maximum: float) -> str:
    """Why a number is refused, or nothing."""
    if isinstance(number, float) and not math.isfinite(number):
        return "not a finite number"
    if kind == "int" and number != int(number):
        return "not a whole number"
    return "too small" if number < minimum else "too large" if number > maximum else ""
