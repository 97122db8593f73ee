"""How a race has ended: who came within 1 % of the minimum when, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Finish:
    """A runner's result: the epoch at which it arrived, or exploded; None for what did not happen."""

    name: str
    reached: int | None
    diverged_at: int | None = None

    @property
    def arrived(self) -> bool:
        """Whether it came within 1 % of the minimum; who explodes later has been there all the same."""
        return self.reached is not None


def ranked(finishes: Sequence[Finish]) -> list[Finish]:
    """First those that arrived, the fastest first, then those still on their way, then the exploded ones."""
    return sorted(finishes, key=_place)


def _place(finish: Finish) -> tuple[int, int]:
    if finish.reached is not None:
        return 0, finish.reached
    if finish.diverged_at is None:
        return 1, 0
    return 2, -finish.diverged_at


def winners(finishes: Sequence[Finish]) -> list[Finish]:
    """Those who arrived first; several if they arrived at the same epoch, none if nobody did."""
    best = min((each.reached for each in finishes if each.reached is not None), default=None)
    return [each for each in finishes if each.reached is not None and each.reached == best]
