"""The landscape as contours, in the same look and with the same bindings as the other charts."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from thermofit.charts.arrow import outlined
from thermofit.charts.batch import Batch, batch_traces
from thermofit.charts.bindings import Meta, Parts, column, ghost, path, point, sentence, table
from thermofit.charts.contour_image import bands, data_uri
from thermofit.charts.height_colours import HEIGHTS, LINES, bar, height_scale, shades, tick_distance, tones
from thermofit.charts.theme import Theme, figure, room_left
from thermofit.data.dataset import labelled
from thermofit.landscape.loss_surface import LEVELS, SHALLOWEST, Point, Surface
from thermofit.words import tr

# Places are named above the picture: beside them, paths and contours would cross their names.
NAMED = {"x": 1, "xanchor": "right", "itemclick": False, "itemdoubleclick": False}


def landscape(
    surface: Surface,
    places: Sequence[tuple[str, str, Point]],
    labels: tuple[str, str],
    unit: str,
    arrow: Sequence[tuple[str, str]],
    theme: Theme,
    batch: Batch | None = None,
) -> go.Figure:
    """Contours of the loss over (w, b), with the path of the run, the current point and its arrow.

    `places` are (label, symbol, (x, y)) of the fixed points; `labels` the axis titles; `unit` the unit of the
    loss; `arrow` the names of the arrows and the derived columns of their tips. The path follows x and y.
    """
    still = [_scale(surface, unit, theme), *(_place(place, theme) for place in places)]
    moving = [
        _path(tr("Abandoned path"), ghost(path("x", "y")), theme.soft, "dot"),
        # Translators: the way of the run across the landscape
        _path(tr("Path"), path("x", "y"), theme.ink, "solid"),
    ]
    groups = [(name, list(outlined(name, tip, theme, shown=not i))) for i, (name, tip) in enumerate(arrow)]
    own = batch_traces(batch, theme) if batch else []
    switched = [trace for _, traces in (*groups, *own) for trace in traces]
    toggles = _toggles([*groups, *own], first=len(still) + len(moving))
    if own:  # two kinds of arrows are told apart by the colour of their switches
        toggles[0]["colour"] = theme.gradient
        for toggle in toggles[len(groups) :]:
            toggle["colour"] = theme.batch
    ranges, x_title = _ranges(surface), labels[0]
    meta = {
        "click": True,
        "heights": _heights(surface, theme),
        "home": {"xaxis.range": ranges[0], "yaxis.range": ranges[1]},
        "toggles": toggles,
        "alt": _alt(labels),
        "table": way(labels, unit),
    }
    return figure(
        theme,
        [*still, *moving, *switched, _current(theme)],
        images=[_picture(surface, theme)],
        uirevision=f"landscape over {x_title}",
        clickanywhere=True,
        legend=NAMED,
        xaxis={"title": {"text": labels[0]}, "range": ranges[0]},
        yaxis={"title": {"text": labels[1]}, "range": ranges[1]},
        margin={"l": room_left(*ranges[1]), "r": 12, "t": 30, "b": 52},
        meta=meta,
    )


def _toggles(groups: Sequence[tuple[str, list[go.Scatter]]], first: int) -> list[dict[str, Any]]:
    """A switch for each group of traces, which follow each other in the figure from number `first` on."""
    toggles = []
    for label, traces in groups:
        numbers = list(range(first, first + len(traces)))
        toggles.append({"label": label, "on": traces[-1].visible is not False, "traces": numbers})
        first += len(traces)
    return toggles


def valley(
    surface: Surface,
    places: Sequence[tuple[str, str, Point]],
    labels: tuple[str, str],
    title: str,
    theme: Theme,
    more: str = "",
) -> go.Figure:
    """A landscape without a run, to compare with another; `more` stands beneath its title."""
    w, b = labels
    if more:
        alt = tr("{title}: contours of the loss over {w} and {b}. {more}.", title=title, w=w, b=b, more=more)
    else:
        alt = tr("{title}: contours of the loss over {w} and {b}.", title=title, w=w, b=b)
    ranges = _ranges(surface)
    return figure(
        theme,
        [_place(place, theme) for place in places],
        images=[_picture(surface, theme)],
        legend=NAMED,
        title={"text": title, "subtitle": {"text": more, "font": {"size": 14}}},
        xaxis={"title": {"text": labels[0]}, "range": ranges[0]},
        yaxis={"title": {"text": labels[1]}, "range": ranges[1]},
        margin={"l": 66, "r": 12, "t": 82 if more else 52 if title else 30, "b": 52},
        meta={"alt": [alt]},
    )


def _ranges(surface: Surface) -> tuple[list[float], list[float]]:
    return list(surface.frame.w), list(surface.frame.b)


def _picture(surface: Surface, theme: Theme) -> dict[str, Any]:
    """The contours as an image that covers the frame."""
    (left, right), (low, high) = surface.frame.w, surface.frame.b
    palette = [*tones(surface, theme), LINES[theme.name]]
    return {
        "source": data_uri(bands(surface), palette),
        "x": left,
        "y": high,
        "sizex": right - left,
        "sizey": high - low,
        "xref": "x",
        "yref": "y",
        "sizing": "stretch",
        "layer": "below",
    }


def _heights(surface: Surface, theme: Theme) -> dict[str, Any]:
    """What the browser needs to draw other readings in the same frame (frontend/live_contours.js)."""
    frame = surface.frame
    return {
        "frame": {"w": frame.w, "b": frame.b},
        "size": len(surface.w),
        "levels": LEVELS,
        "shallowest": SHALLOWEST,
        "colours": [*shades(HEIGHTS[theme.name], LEVELS + 1), LINES[theme.name]],
        "every": tick_distance(surface),
        "best": 1,  # the trace that marks the minimum
    }


def _scale(surface: Surface, unit: str, theme: Theme) -> go.Scatter:
    """Only the colour bar beside the picture."""
    scale = height_scale(surface, theme)
    marker = {"color": [scale["cmin"]], **scale, "showscale": True, "colorbar": bar(surface, unit)}
    return go.Scatter(x=[None], y=[None], mode="markers", hoverinfo="skip", marker=marker, showlegend=False)


def _place(place: tuple[str, str, Point], theme: Theme) -> go.Scatter:
    label, symbol, (x, y) = place
    star = symbol == "star"
    return go.Scatter(
        x=[x],
        y=[y],
        mode="markers",
        name=label,
        showlegend=True,
        marker={
            "symbol": symbol,
            "size": 16 if star else 12,
            "color": theme.soft,
            "line": {"width": 1.5, "color": theme.paper if star else theme.ink},
        },
        hovertemplate=f"{label}<br>%{{x:.5g}}, %{{y:.5g}}<extra></extra>",
    )


def _path(name: str, meta: Meta, colour: str, dash: str) -> go.Scatter:
    return go.Scatter(
        x=[None],
        y=[None],
        mode="lines",
        name=name,
        showlegend=False,
        line={"color": colour, "width": 2.5, "dash": dash},
        hoverinfo="skip",
        meta=meta,
    )


def _current(theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=[None],
        y=[None],
        mode="markers",
        # Translators: the point at which the run stands
        name=tr("Now"),
        showlegend=False,
        marker={"color": theme.ink, "size": 14, "line": {"width": 2.5, "color": theme.paper}},
        hoverinfo="skip",
        meta=point("x", "y"),
    )


def way(labels: tuple[str, str], unit: str) -> dict[str, Any]:
    """The way of the run across the landscape, as a table."""
    places = [(label, column(name, digits=5)) for label, name in zip(labels, ("x", "y"), strict=True)]
    loss = (labelled(tr("Training loss"), unit), column("train_loss", digits=7))
    return table(tr("The way of the run across the landscape so far"), [*places, loss])


def _alt(labels: tuple[str, str]) -> Parts:
    return sentence(
        tr(
            "The landscape of the loss over {w} and {b}: at epoch {epoch} the run stands at {x} and {y}, "
            "where the training loss is {loss}."
        ),
        w=labels[0],
        b=labels[1],
        epoch=column("epoch"),
        x=column("x", digits=5),
        y=column("y", digits=5),
        loss=column("train_loss", digits=7),
    )
