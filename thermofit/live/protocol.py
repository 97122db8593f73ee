"""What the browser asks. It comes from outside, so every part of it is checked."""

from collections.abc import Mapping
from dataclasses import dataclass

LONGEST_NAME, LARGEST_EPOCH = 40, 10**9  # of what a browser may say


@dataclass(frozen=True)
class Question:
    """What the browser asks: checked, because it comes from outside."""

    seq: int = 0
    run: str = ""
    scene: str = ""
    theme: str = ""
    have: int = -1
    at: int = 0
    speed: str = ""
    want: int | str = -1
    near: bool = False
    still: bool = False
    held: bool = False  # a setting was touched: the picture stands at `at` until this is answered
    change: int = 0
    restart: bool = False
    click: tuple[float, float] | None = None

    @classmethod
    def read(cls, raw: object) -> "Question | None":
        """The question in what the component sent; unknown or ill-typed parts are left out."""
        if not isinstance(raw, Mapping):
            return None
        sane = {
            name: raw[name] for name, default in vars(cls()).items() if _fits(name, raw.get(name), default)
        }
        return cls(**sane | {"click": _click(raw.get("click"))})


def _click(value: object) -> tuple[float, float] | None:
    """Where a figure was clicked, in the units of its axes."""
    if not isinstance(value, Mapping):
        return None
    x, y = value.get("x"), value.get("y")
    if not (isinstance(x, int | float) and isinstance(y, int | float)):
        return None
    return (float(x), float(y)) if abs(x) <= LARGEST_EPOCH and abs(y) <= LARGEST_EPOCH else None


def _fits(name: str, value: object, default: object) -> bool:
    if default is None:
        return False  # read apart
    if name == "want" and value == "max":
        return True
    if isinstance(value, str):
        return isinstance(default, str) and len(value) <= LONGEST_NAME
    return type(value) is type(default) and abs(int(value)) <= LARGEST_EPOCH  # type: ignore[call-overload]
