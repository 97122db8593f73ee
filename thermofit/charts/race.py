"""The figures of a race: every runner's loss over what it cost, and every path across one landscape."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from thermofit.charts import contours
from thermofit.charts.bindings import Parts, Place, column, curve, of, path, point, sentence, table
from thermofit.charts.halo import halo
from thermofit.charts.loss import OFF
from thermofit.charts.theme import Theme, figure, log_ticks, room_left, track_style
from thermofit.charts.x_axis import AXES, XAxis
from thermofit.config.view import Axis
from thermofit.data.dataset import labelled
from thermofit.landscape.loss_surface import Point, Surface
from thermofit.words import inline, tr


@dataclass(frozen=True)
class Lane:
    """A runner as it is drawn: its track, its name, and its loss at the start."""

    track: str
    name: str
    start: float


def losses(
    lanes: Sequence[Lane],
    floor: float,
    epochs: int,
    title: str,
    unit: str,
    theme: Theme,
    axis: Axis = "epochs",
) -> go.Figure:
    """The training loss of each runner over the epochs or another axis; `floor` is the lowest to expect."""
    x = AXES[axis].spoken()
    low = max(floor, 1e-12)
    high = max(*(lane.start for lane in lanes), 2 * low)
    y_range = [math.log10(low) - 0.12, math.log10(high) + 0.3]
    return figure(
        theme,
        [trace for place, lane in enumerate(lanes) for trace in _loss(x, place, lane, unit, theme)],
        uirevision=f"race losses over {axis}",
        showlegend=False,
        xaxis=x.layout(epochs),
        yaxis={
            "title": {"text": labelled(title, unit)},
            "type": "log",
            "range": y_range,
            **log_ticks(*y_range),
        },
        margin={"l": room_left(low, high, most=1e6), "r": _room(lanes), "t": 12, "b": 52},
        meta={
            "grow": {"xaxis": x.growth(epochs), "yaxis": {"most": OFF * high}},
            "toggles": [{"label": tr("Log scale"), "on": True, "axis": "yaxis"}],
            "alt": _alt(len(lanes)),
            "table": table(
                tr("The training loss of each runner so far"),
                [(lane.name, column("train_loss", digits=5, track=lane.track)) for lane in lanes],
            ),
        },
    )


def _room(lanes: Sequence[Lane]) -> int:
    """Pixels for the longest name at the end of its curve."""
    longest = max(len(lane.name) for lane in lanes)
    return min(24 + round(6.6 * longest), 150)


def _alt(runners: int) -> Parts:
    number = str(runners)
    text = tr("The training loss of {runners} runners at epoch {epoch}.")
    return sentence(text, runners=number, epoch=column("epoch"))


def _loss(x: XAxis, place: int, lane: Lane, unit: str, theme: Theme) -> tuple[go.Scatter, go.Scatter]:
    """The curve of one runner, and its mark at the playhead."""
    colour, dash = track_style(place, theme)
    name, loss = lane.name, inline(tr("Loss"))
    line = go.Scatter(
        x=[0],
        y=[None],
        mode="lines",
        name=name,
        line={"color": colour, "width": 2, "dash": dash, "simplify": False},
        hovertemplate=f"{name}<br>{x.hover}<br>{loss} %{{y:.7g}} {unit}<extra></extra>",
        meta=of(curve(x.column, "train_loss"), lane.track) | {"label": name},
    )
    return line, _mark(place, lane, theme, x.column, "train_loss")


def _mark(place: int, lane: Lane, theme: Theme, x: str, y: str) -> go.Scatter:
    colour, _ = track_style(place, theme)
    return go.Scatter(
        x=[None],
        y=[None],
        mode="markers",
        name=lane.name,
        showlegend=False,
        hovertemplate=f"{lane.name}<extra></extra>",
        marker={"color": colour, "size": 9, "line": {"width": 1.5, "color": theme.paper}},
        cliponaxis=True,
        meta=of(point(x, y), lane.track),
    )


def paths(
    lanes: Sequence[Lane],
    surface: Surface,
    places: Sequence[tuple[str, str, Point]],
    labels: tuple[str, str],
    theme: Theme,
) -> go.Figure:
    """The path of each runner across the contours, along its own columns x and y (see `Scene.tracks`)."""
    picture = contours.valley(surface, places, labels, "", theme)
    number, runners = len(picture.data), str(len(lanes))
    for place, lane in enumerate(lanes):
        line = _path(place, lane, theme)
        picture.add_traces([halo(line, theme.paper), line, _mark(place, lane, theme, "x", "y")])
    ranges = [list(picture.layout[axis].range) for axis in ("xaxis", "yaxis")]
    # The fixed places stand above the paths.
    picture.data = [*picture.data[number:], *picture.data[:number]]
    x_title = labels[0]
    return picture.update_layout(
        title=None,
        uirevision=f"race over {x_title}",
        margin={"l": 66, "r": 12, "t": 30, "b": 52},
        meta={
            "home": {"xaxis.range": ranges[0], "yaxis.range": ranges[1]},
            "alt": sentence(
                tr("The paths of {runners} runners across the landscape of the loss over {w} and {b}."),
                runners=runners,
                w=labels[0],
                b=labels[1],
            ),
            "table": table(tr("The way of each runner across the landscape so far"), _ways(lanes, labels)),
        },
    )


def _ways(lanes: Sequence[Lane], labels: tuple[str, str]) -> list[tuple[str, Place]]:
    """Two columns for each runner."""
    return [
        (f"{lane.name}: {label}", column(name, digits=5, track=lane.track))
        for lane in lanes
        for label, name in zip(labels, ("x", "y"), strict=True)
    ]


def _path(place: int, lane: Lane, theme: Theme) -> go.Scatter:
    colour, dash = track_style(place, theme)
    return go.Scatter(
        x=[None],
        y=[None],
        mode="lines",
        name=lane.name,
        showlegend=False,
        line={"color": colour, "width": 2, "dash": dash},
        hovertemplate=f"{lane.name}<extra></extra>",
        meta=of(path("x", "y"), lane.track),
    )
