"""What a cell says: a number, perhaps with its unit, or the reason why it is none."""

import re
from dataclasses import dataclass

from thermofit.data.dataset import LARGEST_READING
from thermofit.data.table.limits import LONGEST_CELL, Fault
from thermofit.errors import spell
from thermofit.words import tr

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
        return Fault(tr("it can mean two numbers"), tr("a chosen decimal mark: a point or a comma"))
    if found.unit not in ("", unit):
        return _other_unit(found.unit, unit)
    return _out_of_range(found.value) or found.value


def _no_number(text: str, decimal: str) -> Fault:
    other = "," if decimal == "." else "."
    example = f"12{decimal}5"
    allowed = tr("a number such as {example}", example=example)
    if text.lower() in _MISSING:
        return Fault(tr("a number is missing"), allowed)
    if _INFINITE.fullmatch(text):
        return Fault(tr("not a finite number"), allowed)
    if _ERROR.fullmatch(text):
        return Fault(tr("the spreadsheet could not compute it"), allowed)
    if len(text) <= LONGEST_CELL and _DATES.fullmatch(text):
        return Fault(tr("a date, a time or a fraction"), allowed)
    if text.startswith(("=", "@", "+", "-")):
        return Fault(tr("a formula or a text"), tr("its value as a number"))
    if number(text, other):
        reason = tr("its decimal mark is not “{decimal}”, as elsewhere in the table", decimal=decimal)
        return Fault(reason, allowed)
    return Fault(tr("not a number"), allowed)


def _other_unit(found: str, unit: str) -> Fault:
    if unit:
        allowed = tr("{unit}, as elsewhere in the column", unit=unit)
        return Fault(tr("its unit is {unit}", unit=found), allowed)
    allowed = tr("a number without a unit, as elsewhere in the column")
    return Fault(tr("it ends in {unit}", unit=found), allowed)


def _out_of_range(value: float) -> Fault | None:
    limit = spell(LARGEST_READING)
    if not abs(value) <= LARGEST_READING:
        return Fault(tr("too large"), tr("numbers from {low} to {high}", low=f"-{limit}", high=limit))
    if 0 < abs(value) < SMALLEST_READING:
        allowed = tr("0, or numbers of at least {least} in magnitude", least=SMALLEST_READING)
        return Fault(tr("too close to 0"), allowed)
    return None
