"""How a race has ended: who came within 1 % of the minimum when, and in which order.

`standings.js` of the stage has the same rule for a race that is still on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Measure = Literal["epochs", "evaluations"]  # what a race is ranked by; evaluations are those of the gradient
MEASURES: tuple[Measure, ...] = get_args(Measure)


@dataclass(frozen=True)
class Standing:
    """When a runner came within 1 % of the minimum, and the epoch that it did not survive; None if it did.

    `reached` counts whatever the race is ranked by, see `Measure`; `out_at` is an epoch either way.
    """

    reached: float | None
    out_at: float | None = None

    @property
    def arrived(self) -> bool:
        """Whether it came within 1 % of the minimum and is still in the race."""
        return self.reached is not None and self.out_at is None


@dataclass(frozen=True)
class Finish(Standing):
    """The standing of a runner that has a name; `failed` if it is out because PyTorch refused a step."""

    name: str = ""
    failed: bool = False


def ranking(standings: Sequence[Standing]) -> list[int]:
    """The rank of each, counted from 1; equal ones share a rank.

    First those that arrived, the fastest first, then those still on their way, and last those that dropped
    out, even if they had arrived before: the one that got farthest first.
    """
    places = [_place(each) for each in standings]
    return [1 + sum(other < place for other in places) for place in places]


def _place(standing: Standing) -> tuple[int, float]:
    if standing.out_at is not None:
        return 2, -standing.out_at
    return (1, 0) if standing.reached is None else (0, standing.reached)


def winners(finishes: Sequence[Finish]) -> list[Finish]:
    """Those who arrived first; several if they arrived at the same time, none if nobody did."""
    ranks = ranking(finishes)
    return [each for each, rank in zip(finishes, ranks, strict=True) if rank == 1 and each.arrived]
