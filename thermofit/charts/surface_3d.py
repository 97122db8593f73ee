"""The landscape as a surface that can be turned, with the heights, colours and places of its contours.

The height axis is a log axis over (loss - floor + lift). That is a plain sum of a recorded column, so the
stage can place the run on it, and a valley keeps its shape however long it is.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from thermofit.charts.bindings import Meta, Parts, column, ghost, sentence
from thermofit.charts.contours import way
from thermofit.charts.height_colours import LINES, TICKS, height_scale
from thermofit.charts.theme import Theme, figure
from thermofit.data.dataset import labelled
from thermofit.landscape.loss_surface import Point, Surface
from thermofit.numbers import number
from thermofit.words import mark, tr

ABOVE = 0.02  # share of the height by which paths are lifted, or the surface's facets would hide them
BALL = 0.08  # the same for marks, which have a size and would be half sunk
EYE = {"x": 0.76, "y": -2.07, "z": 1.25}  # along the valley, from its lower end
CENTRE = {"x": 0.0, "y": 0.0, "z": -0.26}
SYMBOLS = {"star": "cross"}  # Plotly has no stars in space
PROPORTIONS = {"x": 1.0, "y": 1.0, "z": 0.9}
FLAT = mark(
    "This browser can't draw in three dimensions (WebGL is off).<br>The contours show the same landscape."
)


def above(surface: Surface, share: float = ABOVE) -> float:
    """The factor for (loss - floor + lift) that lifts a line, or a mark, a little above the surface."""
    height: float = (surface.height.max() - surface.height.min()).item()
    return float(10 ** (share * max(height, 1e-9)))


def height(surface: Surface, share: float = ABOVE) -> Mapping[str, float]:
    """Where a run stands on the log axis, as a sum of recorded columns; see `above`."""
    factor = above(surface, share)
    return {"train_loss": factor, "one": factor * (surface.lift - surface.floor)}


def relief(
    surface: Surface,
    places: Sequence[tuple[str, str, Point, float]],
    labels: tuple[str, str],
    unit: str,
    theme: Theme,
) -> go.Figure:
    """The surface with the path of the run, its start and the current point.

    `places` are (label, symbol, (x, y), loss) of the fixed points; `labels` the axis titles; `unit` the unit
    of the loss. The path follows the columns x, y and `height`,
    the marks `ball`.
    """
    x_title, height = labels[0], labelled(tr("Height: loss"), unit)
    traces = [
        _surface(surface, theme),
        _corners(surface),
        *(_place(place, surface, theme) for place in places),
        _way(tr("Abandoned path"), ghost({"play": "path"}), theme.soft, "dot"),
        _way(tr("Path"), {"play": "path"}, theme.ink, "solid"),
        # Translators: the point at which the run began
        _mark(tr("Start"), {"play": "point", "row": 0}, "circle-open", theme),
        _mark(tr("Now"), {"play": "point"}, "circle", theme),
    ]
    return figure(
        theme,
        traces,
        uirevision=f"surface over {x_title}",
        legend={"x": 0.5, "xanchor": "center", "y": 0, "yanchor": "top", "itemclick": False},
        title={"text": tr("{height}, log scale", height=height), "font": {"size": 14}, "x": 0.02, "y": 0.98},
        scene=_scene(surface, labels, theme),
        margin={"l": 0, "r": 0, "t": 24, "b": 26},
        meta={"flat": tr(FLAT), "alt": _alt(labels), "table": way(labels, unit)},
    )


def _alt(labels: tuple[str, str]) -> Parts:
    return sentence(
        tr(
            "The landscape of the loss as a surface over {w} and {b}: "
            "at epoch {epoch} the training loss is {loss}."
        ),
        w=labels[0],
        b=labels[1],
        epoch=column("epoch"),
        loss=column("train_loss", digits=7),
    )


def _surface(surface: Surface, theme: Theme) -> go.Surface:
    """The landscape itself; its lines are the contours."""
    levels = surface.levels
    step = levels[1] - levels[0] if len(levels) > 1 else 1.0
    lines = {"show": True, "start": levels[0], "end": levels[-1] + step / 2, "size": step} if levels else {}
    return go.Surface(
        x=surface.w.float().numpy(),
        y=surface.b.float().numpy(),
        z=(10**surface.height).float().numpy(),
        surfacecolor=surface.height.float().numpy(),
        **height_scale(surface, theme),
        showscale=False,  # the axis says the same
        contours={"z": {**lines, "color": LINES[theme.name], "width": 1}} if lines else {},
        lighting={"ambient": 0.85, "diffuse": 0.35, "specular": 0.03, "roughness": 0.9},
        hoverinfo="skip",
    )


def _corners(surface: Surface) -> go.Scatter3d:
    """Two invisible points at the corners: Plotly scales a scene by its data, which then stays the same."""
    (left, right), (front, back), (low, high) = surface.frame.w, surface.frame.b, _room(surface)
    return go.Scatter3d(
        x=[left, right],
        y=[front, back],
        z=[10**low, 10**high],
        mode="markers",
        opacity=0,
        hoverinfo="skip",
        showlegend=False,
    )


def _room(surface: Surface) -> tuple[float, float]:
    """The heights that the axis spans."""
    low, high = surface.height.min().item(), surface.height.max().item()
    room = 2 * ABOVE * (high - low) or 1.0
    return low - room, high + room + BALL * (high - low)


def _scene(surface: Surface, labels: tuple[str, str], theme: Theme) -> dict[str, Any]:
    look = {
        "gridcolor": theme.grid,
        "backgroundcolor": "rgba(0,0,0,0)",
        "tickfont": {"size": 13, "color": theme.soft},
        "showspikes": False,
        "nticks": 6,
    }
    every = max(1, math.ceil(len(surface.levels) / TICKS))
    return {
        "xaxis": look | {"title": _title(labels[0]), "range": list(surface.frame.w)},
        "yaxis": look | {"title": _title(labels[1]), "range": list(surface.frame.b)},
        "zaxis": look
        | {
            "title": {"text": ""},  # a title would not fit into a narrow picture
            "type": "log",
            "range": list(_room(surface)),
            "tickvals": [10**level for level in surface.levels[::every]],
            "ticktext": [number(loss) for loss in surface.losses[::every]],
        },
        "aspectmode": "manual",
        "aspectratio": PROPORTIONS,
        "camera": {"eye": EYE, "center": CENTRE},
        "dragmode": "orbit",
        "uirevision": "camera",
    }


def _title(text: str) -> dict[str, Any]:
    return {"text": text, "font": {"size": 14}}


def _place(place: tuple[str, str, Point, float], surface: Surface, theme: Theme) -> go.Scatter3d:
    label, symbol, (x, y), loss = place
    return go.Scatter3d(
        x=[x],
        y=[y],
        z=[above(surface, BALL) * 10 ** surface.height_of(loss)],
        mode="markers",
        name=label,
        showlegend=True,
        marker={
            "symbol": SYMBOLS.get(symbol, symbol),
            "size": 7,
            "color": theme.ink,
            "line": {"width": 1.5, "color": theme.paper},
        },
        hoverinfo="skip",
    )


def _way(name: str, meta: Meta, colour: str, dash: str) -> go.Scatter3d:
    return _moved(name, meta, mode="lines", line={"color": colour, "width": 5, "dash": dash})


def _mark(name: str, meta: Meta, symbol: str, theme: Theme) -> go.Scatter3d:
    line = theme.ink if symbol.endswith("open") else theme.paper
    marker = {"color": theme.ink, "symbol": symbol, "size": 8, "line": {"width": 2, "color": line}}
    return _moved(name, meta | {"z": "ball"}, mode="markers", marker=marker)


def _moved(name: str, meta: Meta, **look: Any) -> go.Scatter3d:
    """A trace without points: the playhead places them on the surface."""
    place = {"x": "x", "y": "y", "z": "height"}
    quiet: dict[str, Any] = {"name": name, "hoverinfo": "skip", "showlegend": False}
    return go.Scatter3d(x=[None], y=[None], z=[None], meta=place | meta, **quiet, **look)
