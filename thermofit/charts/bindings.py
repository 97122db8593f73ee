"""What moves a trace: each function makes the `meta` by which the stage knows it (frontend/bindings.js)."""

from collections.abc import Sequence
from typing import Any

GHOST = "ghost"  # the track of the future that was abandoned; the run in hand is the track "run"

Meta = dict[str, Any]
Parts = list[str | dict[str, Any]]


def curve(x: str, y: str) -> Meta:
    """The columns `x` and `y`, up to the playhead."""
    return {"play": "curve", "x": x, "y": y}


def point(x: str | Sequence[str], y: str | Sequence[str]) -> Meta:
    """One point at the playhead; several, joined, where lists of columns are given."""
    return {"play": "point", "x": x, "y": y}


def line(slope: str, intercept: str, start: int = 0, step: int = 1) -> Meta:
    """y = slope * x + intercept at the trace's own x, or only at every `step`-th of them from `start` on."""
    return {"play": "line", "slope": slope, "intercept": intercept, "from": start, "step": step}


def path(x: str, y: str) -> Meta:
    """The same in a plane, where none of the first epochs is left out."""
    return {"play": "path", "x": x, "y": y}


def whole(meta: Meta, track: str) -> Meta:
    """The same of all rows of another track, wherever the playhead stands."""
    return meta | {"track": track, "whole": True}


def ghost(meta: Meta) -> Meta:
    """The same of the future that was abandoned when the run went on differently."""
    return whole(meta, GHOST)


def squares(slope: str, intercept: str) -> Meta:
    """A square on each residual: six positions a reading, the first its own, the last a gap."""
    return {"play": "squares", "slope": slope, "intercept": intercept}


def hover(slope: str, intercept: str) -> Meta:
    """`customdata` of each marker: its number, the line there, and what is missing to the line."""
    return {"hover": "line", "slope": slope, "intercept": intercept}
