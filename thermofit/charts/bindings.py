"""What moves: each function makes the `meta` that tells the stage how (frontend/bindings.js)."""

from collections.abc import Sequence
from html import unescape
from string import Formatter
from typing import Any

GHOST = "ghost"  # the track of the abandoned future; the present run is the track "run"

Meta = dict[str, Any]
Place = dict[str, Any]
Parts = list[str | Place]


def column(name: str, digits: int | None = None, sign: bool = False, track: str = "") -> Place:
    """The value of a column at the playhead, to this many significant digits; `sign` also writes "+".

    `track` names another track than the run in hand.
    """
    place: Place = {"column": name}
    if track:
        place["track"] = track
    if digits is not None:
        place["digits"] = digits
    if sign:
        place["sign"] = True
    return place


def sentence(template: str, **places: str | Place) -> Parts:
    """A whole sentence with named places, split into texts and columns for the stage to put together.

    KeyError for a place without a value.
    """
    parts: Parts = []
    for text, name, _, _ in Formatter().parse(template):
        for part in (text, places[name]) if name else (text,):
            if parts and isinstance(part, str) and isinstance(parts[-1], str):
                parts[-1] += part
            elif part:
                parts.append(part)
    return parts


def curve(x: str, y: str) -> Meta:
    """A curve through the columns `x` and `y`, up to the playhead."""
    return {"play": "curve", "x": x, "y": y}


def point(x: str | Sequence[str], y: str | Sequence[str]) -> Meta:
    """One point at the playhead; several that are joined if lists of columns are given."""
    return {"play": "point", "x": x, "y": y}


def line(slope: str, intercept: str, start: int = 0, step: int = 1) -> Meta:
    """y = slope * x + intercept at the trace's own x, or only at every `step`-th one from `start` on."""
    return {"play": "line", "slope": slope, "intercept": intercept, "from": start, "step": step}


def path(x: str, y: str) -> Meta:
    """Like `curve`, but in a plane: none of the first epochs is left out."""
    return {"play": "path", "x": x, "y": y}


def of(meta: Meta, track: str) -> Meta:
    """The same for another track than the run in hand, up to the playhead."""
    return meta | {"track": track}


def whole(meta: Meta, track: str) -> Meta:
    """The same for all rows of another track, wherever the playhead is."""
    return meta | {"track": track, "whole": True}


def ghost(meta: Meta) -> Meta:
    """The same for the future that was abandoned when the settings changed."""
    return whole(meta, GHOST)


def batch(of: int) -> Meta:
    """The readings that the next step sees, at their places in the trace of this number."""
    return {"play": "batch", "of": of, "room": False}


def standing() -> Meta:
    """A trace of places that do not move, drawn while the run has had its settings from the start."""
    return {"play": "plan", "whole": True, "room": False}


def bowl(rises: Sequence[float], factor: float, offset: float) -> Meta:
    """Contours of the batch's own loss, so far above its lowest one, where x = factor w, y = offset w + b.

    A rise of 0 is the lowest place. It needs the columns of a batch's bowl, see `live.batch_columns`.
    """
    columns = ["batch_mean", "batch_variance", "batch_best", "batch_level"]
    return {"play": "bowl", "rises": list(rises), "factor": factor, "offset": offset, "columns": columns}


def squares(slope: str, intercept: str) -> Meta:
    """A square on each residual: six positions per reading, the first its own, the last a gap."""
    return {"play": "squares", "slope": slope, "intercept": intercept}


def hover(slope: str, intercept: str) -> Meta:
    """`customdata` of each marker: its number, the prediction and the residual."""
    return {"hover": "line", "slope": slope, "intercept": intercept}


def table(caption: str, columns: Sequence[tuple[str, Place]]) -> dict[str, Any]:
    """The run as a table, for a layout's `meta`: beside the epoch, columns of (heading, `column`)."""
    return {"caption": caption, "columns": [{"label": unescape(label), **place} for label, place in columns]}
