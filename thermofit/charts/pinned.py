"""Pinned runs in the Lab's charts: thinner, each in a colour and a dash of its own, named where it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from thermofit.charts.bindings import Meta, line, path, whole
from thermofit.charts.fit import current_line
from thermofit.charts.halo import halo
from thermofit.charts.loss import LOSSES, OFF
from thermofit.charts.theme import Theme, escaped, track_style
from thermofit.charts.x_axis import XAxis
from thermofit.words import inline, tr

WIDTH, THIN = 2.0, 1.0  # pixels; fainter colours could not be told from a light ground


@dataclass(frozen=True)
class PinnedLine:
    """A pinned run as it is drawn: its track, its name, and the number of its colour and dash."""

    track: str
    name: str
    style: int


def onto_fit(figure: go.Figure, pins: Sequence[PinnedLine], theme: Theme) -> None:
    """Add the line at which each run stood when it was pinned; the fit's own lines give the positions."""
    ends = current_line(figure).x
    for pin in pins:
        trace = _trace(pin, line("slope", "intercept"), theme, x=list(ends), y=[None, None])
        figure.add_trace(trace.update(hoverinfo="skip", hovertemplate=None))


def onto_loss(figure: go.Figure, pins: Sequence[PinnedLine], x: XAxis, theme: Theme) -> None:
    """Add the training loss of each run over the axis `x`, and its validation loss as a thinner curve.

    A run that exploded leaves the picture, instead of pressing all others together.
    """
    most = {"most": OFF * 10 ** figure.layout.yaxis.range[1]}
    place = x.spoken().hover
    names = {column: inline(tr(name)) for column, name in LOSSES.items()}
    hovers = {column: f"{place}<br>{name} %{{y:.7g}}" for column, name in names.items()}
    for pin in pins:
        training, validation = (
            _trace(pin, path(x.column, column) | most, theme, hover, named=column == "train_loss")
            for column, hover in hovers.items()
        )
        figure.add_traces([training, validation.update(line_width=THIN)])


def onto_contours(figure: go.Figure, pins: Sequence[PinnedLine], theme: Theme) -> None:
    """Add the path of each run, along its own columns x and y."""
    for pin in pins:
        line = _trace(pin, path("x", "y"), theme)
        figure.add_traces([halo(line, theme.paper), line])


def onto_surface(figure: go.Figure, pins: Sequence[PinnedLine], theme: Theme) -> None:
    """Add the path of each run, along its own columns x, y and height, named where it ends in the picture."""
    for pin in pins:
        colour, _ = track_style(pin.style, theme)
        figure.add_trace(
            go.Scatter3d(
                x=[None],
                y=[None],
                z=[None],
                text=[""],
                mode="lines+text",
                textposition="middle right",
                textfont={"color": colour, "size": 13},
                name=escaped(pin.name),
                showlegend=False,
                line={"color": colour, "width": 5},
                visible=False,
                hovertemplate=f"{escaped(pin.name)}<extra></extra>",
                meta=whole({"play": "path", "x": "x", "y": "y", "z": "height"}, pin.track)
                | {"label": pin.name},
            )
        )


def _trace(
    pin: PinnedLine, meta: Meta, theme: Theme, hover: str = "", named: bool = True, **places: Any
) -> go.Scatter:
    colour, dash = track_style(pin.style, theme)
    return go.Scatter(
        **({"x": [None], "y": [None]} | places),
        mode="lines",
        name=escaped(pin.name),
        showlegend=False,
        visible=False,
        line={"color": colour, "width": WIDTH, "dash": dash},
        hovertemplate="<br>".join(filter(None, (escaped(pin.name), hover))) + "<extra></extra>",
        meta=whole(meta, pin.track) | ({"label": pin.name} if named else {}),
    )
