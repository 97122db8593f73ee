"""Which recorded epochs one answer carries: enough to draw, few enough to send."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from thermofit.config.clock import Clock

ROWS = 4_096  # rows in one answer, at most (and again as many around the playhead)
DENSE_RUN = 65_536  # a run of up to so many epochs is sent without gaps even at Max
RUN = "run"  # the track of the run in hand, on which the playhead moves
TAIL = 32  # newest rows of an answer that are sent without gaps, so that Back goes back one epoch
NEAR = 256  # epochs on each side of a paused playhead that are sent without gaps


@dataclass(frozen=True)
class Block:
    """Recorded epochs `start`, `start + stride` … `count` of them, of one track."""

    start: int
    stride: int
    count: int
    track: str = RUN
    columns: tuple[str, ...] | None = None  # those that it carries, if not the scene's
    clock: Clock | None = None  # tells the epochs of its rows; None where every epoch is one update

    @property
    def stop(self) -> int:
        """Beyond its last epoch, as in a range."""
        return self.start + self.count * self.stride

    def as_json(self) -> dict[str, Any]:
        """What an answer's header says of it; what is not said is as usual."""
        told: dict[str, Any] = {"from": self.start, "stride": self.stride, "count": self.count}
        if self.track != RUN:
            told["track"] = self.track
        if self.columns is not None:
            told["columns"] = list(self.columns)
        if self.clock is not None:
            spans = self.clock.spans
            told["clock"] = [[span.first, float(span.epoch), span.per_epoch] for span in spans]
        return told


def clocked(found: Sequence[Block], clock: Clock) -> list[Block]:
    """The blocks of a run with its clock, which is told only where epochs have several updates."""
    return list(found) if clock.counts_updates else [replace(block, clock=clock) for block in found]


def blocks(have: int, newest: int, epochs: int, near: int | None) -> list[Block]:
    """What to send of the epochs after `have` up to `newest` of a run of `epochs`, and all around `near`."""
    found = []
    if near is not None:
        first, last = max(0, near - NEAR), min(newest, near + NEAR)
        if first <= have:
            found.append(Block(first, 1, last - first + 1))
            have = max(have, last)
    if newest <= have:
        return found
    stride = _stride(have, newest, epochs)
    first = have + 1 if stride == 1 else -(-(have + 1) // stride) * stride
    found.append(Block(first, stride, max(0, (newest - first) // stride + 1)))
    if stride > 1:
        tail = max(have + 1, newest - TAIL + 1)
        found.append(Block(tail, 1, newest - tail + 1))
    return found


def _stride(have: int, newest: int, epochs: int) -> int:
    """A power of two: 1 if the browser can hold every epoch, more for long runs and for big jumps."""
    too_long = max(epochs / DENSE_RUN, (newest - have) / ROWS)
    if newest - have <= TAIL or too_long <= 1:
        return 1
    return int(2 ** math.ceil(math.log2(too_long)))
