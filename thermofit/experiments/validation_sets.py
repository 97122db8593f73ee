"""Which readings can be held back: every possible validation set, each with a seed that draws it."""

import itertools
import math
from functools import lru_cache

from thermofit.data.split import Split, held_out_count, split
from thermofit.errors import ConfigError, Problem, spell
from thermofit.words import tr

MOST = 500  # sets that are looked at; where more are possible, a random choice

REMEMBERED = 100  # the sets of more readings would take megabytes, and are found at once

HeldOut = tuple[int, ...]


def held_back(n: int, share: float) -> int:
    """How many of n readings this share holds back.

    ConfigError where that is none, because nothing can then be said about luck.
    """
    count = held_out_count(n, share)
    if count < 1:
        reason = tr("it holds back none of {n} readings, so no reading can judge the line", n=n)
        allowed = tr("a share that holds back at least one reading")
        raise ConfigError(Problem("val", spell(share), reason, allowed))
    return count


def possible(n: int, share: float) -> int:
    """How many validation sets of this size there are; ConfigError as for `held_back`."""
    return math.comb(n, held_back(n, share))


def validation_sets(n: int, share: float, present: int) -> dict[HeldOut, int]:
    """Validation sets as ascending row numbers, each with a seed that draws it.

    All that are possible if there are at most 500; else 500 at random, always the same ones, of which one
    makes room for the set of the seed `present`. That set has this seed, the others have the smallest one
    that draws them. ConfigError as for `held_back`.
    """
    draw = _drawn if n <= REMEMBERED else _drawn.__wrapped__
    found = dict(draw(n, share, min(MOST, possible(n, share))))
    shown = rows(split(n, share, present))
    if shown not in found:
        found.popitem()
    found[shown] = present
    return found


def rows(parts: Split) -> HeldOut:
    """The rows that validate, in ascending order."""
    return tuple(sorted(parts.validation.tolist()))


@lru_cache(maxsize=8)  # up to 60 kB each
def _drawn(n: int, share: float, count: int) -> tuple[tuple[HeldOut, int], ...]:
    """The first `count` different sets that the seeds 0, 1, 2, … draw, each with its seed.

    For all 462 sets of five readings out of eleven, some 3 000 seeds have to be tried.
    """
    found: dict[HeldOut, int] = {}
    for seed in itertools.count():
        found.setdefault(rows(split(n, share, seed)), seed)
        if len(found) == count:
            break
    return tuple(found.items())
