"""A column of decimal numbers as few bytes, and back.

Numbers become whole numbers (35.7 → 357, with one decimal), and these become planes: first all lowest bytes,
then all next ones, because bytes of a kind compress well. Which of three ways is shortest depends on the
numbers: as they are, as steps from one row to the next (for a column that rises), or as mantissa and exponent
(for numbers of very different size).
"""

import zlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

WIDEST = 8  # bytes of a whole number
MOST_DECIMALS = 60
PLAIN, STEPS, FLOATING = range(3)


def pack_column(texts: Sequence[str]) -> bytes:
    """The numbers, written as decimals ("35.7", "1e-05"), in the way that compresses best."""
    numbers = [_parts(text) for text in texts]
    ways = [bytes([FLOATING]) + _ints([m for m, _ in numbers]) + _ints([e for _, e in numbers])]
    least = min(exponent for _, exponent in numbers)
    whole = [mantissa * 10 ** (exponent - least) for mantissa, exponent in numbers]
    if max(map(abs, whole)) < 256 ** (WIDEST - 1):
        steps = [second - first for first, second in pairwise([0, *whole])]
        ways.append(bytes([PLAIN]) + _varint(_zigzag(least)) + _ints(whole))
        ways.append(bytes([STEPS]) + _varint(_zigzag(least)) + _ints(steps[:1]) + _ints(steps[1:]))
    return min(ways, key=lambda way: len(zlib.compress(way, 9)))


class Reader:
    """Takes one part after the other off the bytes; ValueError where they can't have been packed here."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def take(self, size: int) -> bytes:
        """The next bytes."""
        if not 0 <= size <= len(self.content) - self.at:
            raise ValueError("too short")
        self.at += size
        return self.content[self.at - size : self.at]

    def column(self, count: int) -> list[float]:
        """The numbers of a column of this length; they may be infinite or too large."""
        way = self.take(1)[0]
        if way == FLOATING:
            mantissas, exponents = self._ints(count), self._ints(count)
            return [_number(m, e) for m, e in zip(mantissas, exponents, strict=True)]
        if way not in (PLAIN, STEPS):
            raise ValueError("no such way")
        exponent = _unzigzag(self.varint())
        whole = self._ints(count) if way == PLAIN else self._steps(count)
        return [_number(number, exponent) for number in whole]

    def varint(self) -> int:
        """A whole number of any size up to WIDEST bytes, 7 bits a byte."""
        value = 0
        for shift in range(0, 8 * WIDEST + 7, 7):
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            if byte < 128:
                return value
        raise ValueError("too large")

    def _steps(self, count: int) -> Iterable[int]:
        return accumulate(self._ints(1) + self._ints(count - 1))

    def _ints(self, count: int) -> list[int]:
        least, width = _unzigzag(self.varint()), self.take(1)[0]
        if width > WIDEST:
            raise ValueError("too wide")
        planes = self.take(width * count)
        return [least + int.from_bytes(planes[row::count], "little") for row in range(count)]


def _parts(text: str) -> tuple[int, int]:
    """Mantissa and exponent: "35.7" is 357 · 10⁻¹, "2000" is 2 · 10³."""
    sign, digits, exponent = Decimal(text).normalize().as_tuple()
    mantissa = int("".join(map(str, digits)))
    return (-mantissa if sign else mantissa), int(exponent)


def _number(mantissa: int, exponent: int) -> float:
    if abs(exponent) > MOST_DECIMALS:
        raise ValueError("no reading is so large or so small")
    return float(Decimal(mantissa).scaleb(exponent))


def _ints(numbers: Sequence[int]) -> bytes:
    """The least of them, the width of a number in bytes, and a plane for each byte."""
    least = min(numbers, default=0)
    width = (max(numbers, default=0) - least).bit_length() + 7 >> 3
    rows = [(number - least).to_bytes(width, "little") for number in numbers]
    planes = b"".join(bytes(row[place] for row in rows) for place in range(width))
    return _varint(_zigzag(least)) + bytes([width]) + planes


def _varint(value: int) -> bytes:
    low, rest = value & 127, value >> 7
    return bytes([low | 128]) + _varint(rest) if rest else bytes([low])


def _zigzag(value: int) -> int:
    """Without a sign: 0, -1, 1, -2 … become 0, 1, 2, 3 …"""
    return 2 * value if value >= 0 else -2 * value - 1


def _unzigzag(value: int) -> int:
    return -(value + 1 >> 1) if value & 1 else value >> 1
