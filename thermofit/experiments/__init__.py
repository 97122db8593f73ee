"""Experiments with many runs: the range test, the race, the luck of a split, the published figures.

May import `training`, `theory` and what is below them.
"""

from thermofit.experiments.race import race
from thermofit.experiments.split_luck import split_luck

__all__ = ["race", "split_luck"]
