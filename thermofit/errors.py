"""How a refused value is reported: which field, why, and what is allowed.

Python callers, widgets and links share these messages, so that nobody sees an internal traceback.
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
LONGEST_VALUE = 40  # characters of a refused value that are shown


@dataclass(frozen=True)
class Problem:
    """A refused value; all parts are plain words that can be shown."""

    field: str
    value: str
    reason: str
    allowed: str

    @property
    def message(self) -> str:
        """What was refused and why, then what is allowed."""
        refused = f"{self.field}: {self.reason}."
        if self.value:
            refused = f"{self.field} = {self.value}: {self.reason}."
        return " ".join([refused, f"Allowed: {self.allowed}."]) if self.allowed else refused


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
        kind = type(value).__name__
        return f"a huge {kind}"


def one_of(names: Iterable[str]) -> str:
    """The allowed names as a phrase."""
    listed = ", ".join(names)
    return f"one of {listed}"


def with_hint(reason: str, word: str, names: Iterable[str]) -> str:
    """The reason why a name was refused, with the closest of the allowed names if any is similar."""
    folded = {name.lower(): name for name in names}
    found = difflib.get_close_matches(word[:LONGEST_VALUE].lower(), folded, n=1)
    if not found:
        return reason
    closest = folded[found[0]]
    return f"{reason} (did you mean {closest}?)"


def check_choice(field: str, value: object, choices: tuple[str, ...]) -> str:
    """`value` if it is one of the choices, else ConfigError."""
    if isinstance(value, str) and value in choices:
        return str(value)
    word = value if isinstance(value, str) else ""
    raise ConfigError(
        Problem(field, shorten(value), with_hint("unknown name", word, choices), one_of(choices))
    )


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
    low, high = spell(minimum), spell(maximum)
    return f"a whole number from {low} to {high}" if kind == "int" else f"a number from {low} to {high}"


def spell(value: Number) -> str:
    """The shortest text that reads back as exactly this number: 0.01, 1e-06, 3000, 1 for True."""
    if isinstance(value, int):
        return str(int(value))
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value: object) -> int | float | None:
    """A plain number, also from one of numpy's; True and False are not numbers."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Integral):
        return int(value)
    return float(value) if isinstance(value, Real) else None


def _fault(number: int | float, kind: str, minimum: float, maximum: float) -> str:
    """Why a number is refused, or ""."""
    if isinstance(number, float) and not math.isfinite(number):
        return "not a finite number"
    if kind == "int" and number != int(number):
        return "not a whole number"
    return "too small" if number < minimum else "too large" if number > maximum else ""
