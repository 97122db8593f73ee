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

from thermofit.words import listed, mark, together, tr

Number = float | int | bool
NOT_THIS = {
    "float": mark("not a number"),
    "int": mark("not a number"),
    "bool": mark("neither true nor false"),
}
LONGEST_VALUE = 40  # characters of a refused value that are shown


@dataclass(frozen=True)
class Told:
    """A message with values for its places, which is translated where it is shown: by `str`."""

    text: str
    places: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return tr(self.text, **dict(self.places))


Text = str | Told


def told(text: Text, **places: object) -> Told:
    """The marked message with these values, which may be texts of this kind as well."""
    return text if isinstance(text, Told) else Told(text, tuple(places.items()))


@dataclass(frozen=True)
class Problem:
    """A refused value; all parts can be shown, in the language of whoever reads them.

    What it is `about`, `why` it was refused and what is allowed (`limits`) are texts that are marked for
    translators, or were translated. The name of a setting stays as it is. Where only some names are allowed,
    they are the `choices`, and `hint` is the closest of them.
    """

    about: Text
    value: str
    why: Text
    limits: Text = ""
    hint: str = ""
    choices: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """Which setting, or which other part of what was given."""
        return str(self.about)

    @property
    def reason(self) -> str:
        """Why it was refused."""
        reason = _shown(self.why)
        return tr("{reason} (did you mean {name}?)", reason=reason, name=self.hint) if self.hint else reason

    @property
    def allowed(self) -> str:
        """What is allowed; "" if there is nothing to say."""
        return one_of(self.choices) if self.choices else _shown(self.limits)

    @property
    def message(self) -> str:
        """What was refused and why, then what is allowed."""
        field, value, reason, allowed = self.field, self.value, self.reason, self.allowed
        if value:
            # Translators: Learning rate = fast: not a number.
            refused = tr("{field} = {value}: {reason}.", field=field, value=value, reason=reason)
        else:
            refused = tr("{field}: {reason}.", field=field, reason=reason)
        return together(refused, tr("Allowed: {allowed}.", allowed=allowed)) if allowed else refused


def _shown(text: Text) -> str:
    return tr(text) if isinstance(text, str) else str(text)


class ConfigError(ValueError):
    """One or more refused values, in `problems`."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return together(*(problem.message for problem in self.problems))


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
        return tr("a huge {kind}", kind=kind)


def one_of(names: Iterable[str]) -> str:
    """The allowed names as a phrase."""
    # Translators: what is allowed.
    return tr("one of {names}", names=listed(names))


def closest(word: str, names: Iterable[str]) -> str:
    """The name that is most like a word which was refused; "" if none is similar."""
    folded = {name.lower(): name for name in names}
    found = difflib.get_close_matches(word[:LONGEST_VALUE].lower(), folded, n=1)
    return folded[found[0]] if found else ""


def unknown(field: str, value: object, why: Text, word: str, names: Iterable[str]) -> Problem:
    """The problem of a word that is none of the names, with the closest of them; there may be no names."""
    choices = tuple(names)
    # Translators: what is allowed: none of the names.
    none = mark("none")
    return Problem(field, shorten(value), why, none, closest(word, choices), choices)


def check_choice(field: str, value: object, choices: tuple[str, ...]) -> str:
    """`value` if it is one of the choices, else ConfigError."""
    if isinstance(value, str) and value in choices:
        return str(value)
    word = value if isinstance(value, str) else ""
    raise ConfigError(unknown(field, value, mark("unknown name"), word, choices))


def check_number(field: str, value: object, kind: str, minimum: float, maximum: float) -> Number:
    """`value` as a number of the kind "float", "int" or "bool" within the range, else ConfigError."""
    if value is None:
        raise ConfigError(Problem(field, "", mark("left empty"), allowed_numbers(kind, minimum, maximum)))
    number = _truth(value) if kind == "bool" else _number(value)
    reason = NOT_THIS[kind] if number is None else _fault(number, kind, minimum, maximum)
    if reason or number is None:
        raise ConfigError(Problem(field, shorten(value), reason, allowed_numbers(kind, minimum, maximum)))
    return float(number) if kind == "float" else bool(number) if kind == "bool" else int(number)


def allowed_numbers(kind: str, minimum: float, maximum: float) -> Told:
    """The range in words."""
    if kind == "bool":
        return told(mark("true or false"))
    low, high = spell(minimum), spell(maximum)
    if kind == "int":
        return told(mark("a whole number from {low} to {high}"), low=low, high=high)
    return told(mark("a number from {low} to {high}"), low=low, high=high)


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
        return mark("not a finite number")
    if kind == "int" and number != int(number):
        return mark("not a whole number")
    if number < minimum:
        return mark("too small")
    return mark("too large") if number > maximum else ""
