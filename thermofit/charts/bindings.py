"""What moves a trace: each function makes the `meta` by which the stage knows it (frontend/bindings.js)."""

from collections.abc import Sequence
from typing import Any

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


def ghost(x: str, y: str) -> Meta:
    """The columns `x` and `y` of the future that was abandoned when the run went on differently."""
    return {"play": "ghost", "x": x, "y": y}


def ghost_line(slope: str, intercept: str) -> Meta:
    """The line in which that future ended, at the trace's own x."""
    return {"play": "ghost", "slope": slope, "intercept": intercept}


def squares(slope: str, intercept: str) -> Meta:
    """A square on each residual: six positions a reading, the first its own, the last a gap."""
    return {"play": "squares", "slope": slope, "intercept": intercept}


def hover(slope: str, intercept: str) -> Meta:
    """`customdata` of each marker: its number, the line there, and what is missing to the line."""
    return {"hover": "line", "slope": slope, "intercept": intercept}
