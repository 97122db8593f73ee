"""A pinned run as a value: what it is called, and which settings led to it."""

import unicodedata
from dataclasses import dataclass

from thermofit.config.config import Config
from thermofit.errors import ConfigError, Problem, shorten, told
from thermofit.words import mark

LONGEST_NAME = 24  # characters

_JOINERS = "\u200c\u200d"  # invisible, but some scripts are not spelled right without them

Segments = tuple[tuple[int, Config], ...]  # the first epoch of each, and the settings from there on


@dataclass(frozen=True)
class Pin:
    """A run that stays in the picture as it was recorded up to `epoch`.

    `segments` are (first epoch, settings), the first one from epoch 0 on. `style` (0 to 19) is the place of
    its colour and dash among those of all pins.
    """

    name: str
    segments: Segments
    epoch: int
    style: int = 0
    shown: bool = True
    baseline: bool = False

    @property
    def config(self) -> Config:
        """The settings at the end."""
        return self.segments[-1][1]


def check_name(text: str) -> str:
    """The name of a pin, without spaces around it, or ConfigError."""
    name = unicodedata.normalize("NFC", text[: 4 * LONGEST_NAME].strip())
    reason = _fault(name)
    if reason:
        allowed = told(mark("1 to {most} characters"), most=LONGEST_NAME)
        # Translators: the name of a pinned run.
        raise ConfigError(Problem(told(mark("name")), shorten(name), reason, allowed))
    return name


def _fault(name: str) -> str:
    """Why this can't be the name of a pin, or ""."""
    if not name:
        return mark("left empty")
    if len(name) > LONGEST_NAME:
        return mark("too long")
    control = any(unicodedata.category(c).startswith("C") and c not in _JOINERS for c in name)
    return mark("it has characters that can't be seen") if control else ""
