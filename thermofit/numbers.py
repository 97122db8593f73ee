"""How a number is written for a person to read.

`written`, `number` and `count` have their twins in stage/frontend/numbers.js; tests/numbers_examples.json
holds both to the same table. Decimals stand behind the mark of the reader's language. Where a number must
read back exactly (links, code, allowed ranges), `errors.spell` writes it.
"""

import math
from decimal import ROUND_HALF_UP, Context

from thermofit.words import local

THIN = "\u202f"  # a thin space that never breaks a number over two lines
MINUS = "\u2212"  # as wide as a digit
UNKNOWN = "–"  # where there is no number
SMALLEST_PLAIN = 1e-4  # smaller numbers are written with a power of ten


def written(value: float, digits: int, sign: bool = False) -> str:
    """A number that changes while it is read, so always with the same number of significant digits.

    7 digits: 57.80000, 1.234568e7; 3 digits with `sign`: + 12.5, − 3.24e-5. Powers of ten stand only where
    zeros would pile up. Ties round away from 0, as in JavaScript.
    """
    if not math.isfinite(value):
        return UNKNOWN
    size = Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal_from_float(abs(value))
    if value == 0 or (abs(value) >= SMALLEST_PLAIN and size.adjusted() < digits):
        text = f"{size:.{digits - 1 - size.adjusted()}f}"
    else:
        text = f"{size:.{digits - 1}e}".replace("e+", "e")
    text = local(text)
    if sign:
        return f"{MINUS if value < 0 else '+'} {text}"
    return f"{MINUS}{text}" if value < 0 else text


def significant(value: float, digits: int) -> str:
    """At most this many significant digits, with a minus as wide as a digit so that columns line up.

    Powers of ten as everywhere: 2.42e17, −7.6e-6.
    """
    mantissa, scientific, exponent = f"{value:.{digits}g}".partition("e")
    text = local(f"{mantissa}e{int(exponent)}" if scientific else mantissa)
    return text.replace("-", MINUS, 1) if text.startswith("-") else text


def formatted(value: float, spec: str = "g") -> str:
    """A number as Python's format specification says, with the decimal mark of the language."""
    return local(f"{value:{spec}}")


def rounded(value: float, digits: int) -> float:
    """The number rounded to this many significant digits, so that a person can read and type it."""
    return float(f"{value:.{digits}g}")


def rate(value: float, digits: int = 2) -> str:
    """A learning rate as people write it: 3.4e-4, 0.033, 1."""
    return local(typed_rate(value, digits))


def typed_rate(value: float, digits: int = 2) -> str:
    """A learning rate as people type it, in any language with a point."""
    text = f"{value:.{digits}g}" if value >= 1e-3 else f"{value:.{digits - 1}e}"
    mantissa, scientific, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if scientific else mantissa


def exact_rate(value: float) -> str:
    """A learning rate with as many digits as it takes to read it back, at most nine: 1.0e-4, 0.0325."""
    texts = (typed_rate(value, digits) for digits in range(2, 9))
    return local(next((text for text in texts if float(text) == value), typed_rate(value, 9)))


def apart(first: float, second: float) -> tuple[str, str]:
    """Two rates with as many digits as it takes to tell them apart, at most nine."""
    for digits in range(2, 9):
        pair = rate(first, digits), rate(second, digits)
        if pair[0] != pair[1]:
            return pair
    return rate(first, 9), rate(second, 9)


def number(value: float, digits: int = 3) -> str:
    """A number with three digits; from 1 000 on a whole number with thin spaces: 57.8, 5 884, 33 599."""
    if round(value) < 10**digits or value >= 1e15:
        return rate(value, digits)
    return count(round(value))


def count(value: int) -> str:
    """A whole number with thin spaces between the thousands."""
    return f"{value:,}".replace(",", THIN)
