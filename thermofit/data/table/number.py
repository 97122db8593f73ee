"""What a cell says: a number, perhaps with its unit, or the reason why it is none."""

import re
from dataclasses import dataclass

from thermofit.data.dataset import LARGEST_READING
from thermofit.data.table.limits import LONGEST_CELL, Fault
from thermofit.errors import spell

SMALLEST_READING = 1.1e-38  # closer to 0, float32 loses digits

_SPACES = " \u00a0\u2009\u202f"  # between thousands: usual, no-break, thin, and narrow no-break space
_GROUPS = {".": f",'’{_SPACES}", ",": f".'’{_SPACES}"}  # by decimal mark
_UNIT = r"°[^\W\d_]?|[%‰$€£¥′″]|[^\W\d_][^\s\d=;,\"()]{0,11}[23]?"  # 12 °F, 5 %, 3 km/h, 2 m2
_MISSING = {"", "-", "–", "—", ".", "?", "na", "n/a", "nan", "null", "none", "nil", "#n/a", "missing", "…"}
_INFINITE = re.compile(r"[+\-−]?(inf|infinity|∞)", re.IGNORECASE)
_ERROR = re.compile(r"#[A-Z/0-9]+[!?]?", re.IGNORECASE)
_MONTH = r"(jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z.]*"
_DATES = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|\d{1,2}:\d\d.*|\d{1,2}/\d{1,4}|\d{4}-\d\d"
    rf"|{_MONTH}[-/ ,]*\d{{1,4}}.*|\d{{1,2}}[-/ .]*{_MONTH}.*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Number:
    """A number with the unit that stands beside it and the mark between its thousands ("" for none)."""

    value: float
    unit: str = ""
    thousands: str = ""


def _pattern(decimal: str) -> re.Pattern[str]:
    """A number with this decimal mark; a thousands mark counts only before groups of three digits."""
    grouped = rf"[1-9]\d{{0,2}}(?P<group>[{_GROUPS[decimal]}])\d{{3}}(?:(?P=group)\d{{3}})*"
    number = rf"(?P<whole>{grouped}|\d*)(?:{re.escape(decimal)}(?P<fraction>\d*))?"
    exponent = r"(?:[eE](?P<exponent>[+\-−]?\d{1,4}))?"
    before = r"(?P<before>[$€£¥]?)\s?"
    return re.compile(rf"(?P<sign>[+\-−]?){before}{number}{exponent}(?:\s?(?P<unit>{_UNIT}))?")


_PATTERNS = {decimal: _pattern(decimal) for decimal in _GROUPS}


def number(text: str, decimal: str) -> Number | None:
    """The number that the cell holds, or None. The decimal mark is "." or ","."""
    text = text.strip()
    found = _PATTERNS[decimal].fullmatch(text) if 0 < len(text) <= LONGEST_CELL else None
    if not found or not (found["whole"] or found["fraction"]):
        return None
    group = found["group"] or ""
    whole = found["whole"].replace(group, "") if group else found["whole"]
    digits = f"{found['sign']}{whole or 0}.{found['fraction'] or 0}e{found['exponent'] or 0}"
    unit = found["before"] or found["unit"] or ""
    return Number(float(digits.replace("−", "-")), unit, " " if group and group in _SPACES else group)


def doubtful(text: str) -> bool:
    """Whether the cell is one number with a decimal point and another one with a decimal comma."""
    point, comma = number(text, "."), number(text, ",")
    return bool(point and comma and point.value != comma.value)


def value_of(text: str, decimal: str, unit: str, in_doubt: bool = False) -> float | Fault:
    """The number in this cell of a column with this unit, or why it is refused."""
    found = number(text, decimal)
    if found is None:
        return _no_number(text.strip(), decimal)
    if in_doubt and doubtful(text):
        return Fault("it can mean two numbers", "a chosen decimal mark: a point or a comma")
    if found.unit not in ("", unit):
        return _other_unit(found.unit, unit)
    return _out_of_range(found.value) or found.value


def _no_number(text: str, decimal: str) -> Fault:
    other = "," if decimal == "." else "."
    example = f"12{decimal}5"
    allowed = f"a number such as {example}"
    if text.lower() in _MISSING:
        return Fault("a number is missing", allowed)
    if _INFINITE.fullmatch(text):
        return Fault("not a finite number", allowed)
    if _ERROR.fullmatch(text):
        return Fault("the spreadsheet could not compute it", allowed)
    if len(text) <= LONGEST_CELL and _DATES.fullmatch(text):
        return Fault("a date, a time or a fraction", allowed)
    if text.startswith(("=", "@", "+", "-")):
        return Fault("a formula or a text", "its value as a number")
    if number(text, other):
        return Fault(f"its decimal mark is not “{decimal}”, as elsewhere in the table", allowed)
    return Fault("not a number", allowed)


def _other_unit(found: str, unit: str) -> Fault:
    if unit:
        return Fault(f"its unit is {found}", f"{unit}, as elsewhere in the column")
    return Fault(f"it ends in {found}", "a number without a unit, as elsewhere in the column")


def _out_of_range(value: float) -> Fault | None:
    limit = spell(LARGEST_READING)
    if not abs(value) <= LARGEST_READING:
        return Fault("too large", f"numbers from -{limit} to {limit}")
    if 0 < abs(value) < SMALLEST_READING:
        return Fault("too close to 0", f"0, or numbers of at least {SMALLEST_READING} in magnitude")
    return None
