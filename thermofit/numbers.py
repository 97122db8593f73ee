"""How numbers are written for people to read."""

THIN = "\u202f"  # a thin space that never breaks a number over two lines


def rate(value: float, digits: int = 2) -> str:
    """A learning rate as people write it: 3.4e-4, 0.033, 1."""
    text = f"{value:.{digits}g}" if value >= 1e-3 else f"{value:.{digits - 1}e}"
    mantissa, scientific, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if scientific else mantissa


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
