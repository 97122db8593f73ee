"""Figures of the landscape: the same rules as `charts`, whose look and bindings they share."""

import math
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from thermofit.charts import Meta, Parts, Theme, point, template
from thermofit.explain import number, rate
from thermofit.landscape_picture import bands, data_uri, shades
from thermofit.rate_range import Trial
from thermofit.surface import Point, Surface

# From the floor of the valley (the paper's colour) to its heights: one hue, evenly darker or lighter,
# so that it reads the same for every eye, and quiet enough for what is drawn on top.
HEIGHTS = {
    "light": ("#ffffff", "#e6e9ef", "#c6ccd9", "#a3adbf", "#8390a6"),
    "dark": ("#14151a", "#1f232d", "#2d3442", "#3e4859", "#525e73"),
}
LINES = {"light": "#6f7787", "dark": "#7d899c"}
TICKS = 6  # losses written beside the colours, at most


def path(x: str, y: str) -> Meta:
    """The columns `x` and `y` up to the playhead, with every one of the first epochs."""
    return {"play": "path", "x": x, "y": y}


def ghost(x: str, y: str) -> Meta:
    """The columns `x` and `y` of the future that was abandoned when the run went on differently."""
    return {"play": "ghost", "x": x, "y": y}


def _figure(theme: Theme, traces: Sequence[Any], **layout: Any) -> go.Figure:
    figure = go.Figure(list(traces))
    figure.update_layout(**{"template": template(theme), "uirevision": "stage", **layout})
    return figure


# ---- the landscape ----


def landscape(
    surface: Surface,
    places: Sequence[tuple[str, str, Point]],
    labels: tuple[str, str],
    unit: str,
    arrow: Sequence[tuple[str, str]],
    theme: Theme,
) -> go.Figure:
    """Contours of the loss over (w, b), with the path of the run, the current point and its arrow.

    `places` are (label, symbol, (x, y)) of what stands still; `labels` the axis titles; `unit` that of
    the loss; `arrow` the names of the arrows and the derived columns of their tips. The path follows x, y.
    """
    still = [_scale(surface, unit, theme), *(_place(place, theme) for place in places)]
    moving = [
        _path("Abandoned path", ghost("x", "y"), theme.soft, "dot"),
        _path("Path", path("x", "y"), theme.ink, "solid"),
    ]
    first = len(still) + len(moving)
    arrows = [_arrow(name, tip, theme, shown=not i) for i, (name, tip) in enumerate(arrow)]
    ranges = _ranges(surface)
    meta = {
        "click": True,
        "home": {"xaxis.range": ranges[0], "yaxis.range": ranges[1]},
        "toggles": [{"label": name, "on": not i, "traces": [first + i]} for i, (name, _) in enumerate(arrow)],
        "alt": _alt(labels),
    }
    return _figure(
        theme,
        [*still, *moving, *arrows, _current(theme)],
        images=[_picture(surface, theme)],
        uirevision=f"landscape over {labels[0]}",
        clickanywhere=True,
        showlegend=False,
        xaxis={"title": {"text": labels[0]}, "range": ranges[0]},
        yaxis={"title": {"text": labels[1]}, "range": ranges[1]},
        margin={"l": 66, "r": 12, "t": 12, "b": 52},
        meta=meta,
    )


def valley(
    surface: Surface,
    places: Sequence[tuple[str, str, Point]],
    labels: tuple[str, str],
    title: str,
    theme: Theme,
) -> go.Figure:
    """A landscape without a run, to compare with another."""
    ranges = _ranges(surface)
    return _figure(
        theme,
        [_place(place, theme) for place in places],
        images=[_picture(surface, theme)],
        showlegend=False,
        title={"text": title},
        xaxis={"title": {"text": labels[0]}, "range": ranges[0]},
        yaxis={"title": {"text": labels[1]}, "range": ranges[1]},
        margin={"l": 66, "r": 12, "t": 40, "b": 52},
        meta={"alt": [f"{title}: contours of the loss over {labels[0]} and {labels[1]}."]},
    )


def _ranges(surface: Surface) -> tuple[list[float], list[float]]:
    return list(surface.frame.w), list(surface.frame.b)


def _picture(surface: Surface, theme: Theme) -> dict[str, Any]:
    """The contours, as an image that lies where the frame lies."""
    (left, right), (low, high) = surface.frame.w, surface.frame.b
    palette = [*_shades(surface, theme), LINES[theme.name]]
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


def _shades(surface: Surface, theme: Theme) -> list[str]:
    return shades(HEIGHTS[theme.name], len(surface.levels) + 1)


def _scale(surface: Surface, unit: str, theme: Theme) -> go.Scatter:
    """Nothing but the bar of colours beside the picture."""
    colours, levels = _shades(surface, theme), surface.levels
    step = levels[1] - levels[0] if len(levels) > 1 else 1.0
    edges = [i / len(colours) for i in range(len(colours) + 1)]
    scale = [[edge, colour] for i, colour in enumerate(colours) for edge in edges[i : i + 2]]
    low = levels[0] - step if levels else 0.0
    marker = {"color": [low], "cmin": low, "cmax": low + step * len(colours), "colorscale": scale}
    bar = {"showscale": True, "colorbar": _bar(surface, unit)}
    return go.Scatter(x=[None], y=[None], mode="markers", hoverinfo="skip", marker=marker | bar)


def _bar(surface: Surface, unit: str) -> dict[str, Any]:
    """The losses that the colours stand for."""
    every = max(1, math.ceil(len(surface.levels) / TICKS))
    return {
        "title": {"text": f"Loss ({unit})", "side": "right", "font": {"size": 14}},
        "tickvals": surface.levels[::every],
        "ticktext": [number(loss) for loss in surface.losses[::every]],
        "tickfont": {"size": 13},
        "thickness": 12,
        "outlinewidth": 0,
        "xpad": 6,
    }


def _place(place: tuple[str, str, Point], theme: Theme) -> go.Scatter:
    label, symbol, (x, y) = place
    star = symbol == "star"
    return go.Scatter(
        x=[x],
        y=[y],
        mode="markers+text",
        name=label,
        text=[label],
        textposition="middle left" if star else "bottom left",
        textfont={"size": 14, "color": theme.ink},
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
        line={"color": colour, "width": 2.5, "dash": dash},
        hoverinfo="skip",
        meta=meta,
    )


def _arrow(name: str, tip: str, theme: Theme, shown: bool) -> go.Scatter:
    return go.Scatter(
        x=[None, None],
        y=[None, None],
        mode="lines+markers",
        name=name,
        line={"color": theme.gradient, "width": 3, "dash": "solid" if shown else "dash"},
        marker={"color": theme.gradient, "symbol": "arrow", "angleref": "previous", "size": [0, 16]},
        hoverinfo="skip",
        visible=shown,
        meta=point(["x", f"{tip}_x"], ["y", f"{tip}_y"]),
    )


def _current(theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=[None],
        y=[None],
        mode="markers",
        name="Now",
        marker={"color": theme.ink, "size": 14, "line": {"width": 2.5, "color": theme.paper}},
        hoverinfo="skip",
        meta=point("x", "y"),
    )


def _alt(labels: tuple[str, str]) -> Parts:
    return [
        f"The landscape of the loss over {labels[0]} and {labels[1]}: at epoch ",
        {"column": "epoch"},
        " the run stands at ",
        {"column": "x", "digits": 5},
        " and ",
        {"column": "y", "digits": 5},
        ", where the training loss is ",
        {"column": "train_loss", "digits": 7},
        ".",
    ]


# ---- the range test ----


def rates(trials: Sequence[Trial], limit: float | None, floor: float, unit: str, theme: Theme) -> go.Figure:
    """The loss of each trial that did not diverge over its rate, both on log axes.

    `limit` is the largest stable rate where one is known, drawn as a line; `floor` the lowest loss to expect.
    """
    fine = [(trial.lr, trial.loss) for trial in trials if trial.loss is not None]
    low, high = trials[0].lr, trials[-1].lr
    top = max([loss for _, loss in fine[:1]] or [1.0]) * 10
    y_range = [math.log10(max(min([floor, *(loss for _, loss in fine)]), 1e-12)) - 0.1, math.log10(top)]
    diverged = [trial.lr for trial in trials if trial.loss is None]
    traces = [_trials(fine, unit, theme), _lost(diverged, 10 ** (y_range[1] - 0.15), theme)]
    if limit is not None and low <= limit <= high:
        traces.append(_limit(limit, [10**power for power in y_range], theme))
    return _figure(
        theme,
        traces,
        xaxis=_log("Learning rate", [math.log10(low), math.log10(high)]),
        yaxis=_log(f"Training loss ({unit})", y_range),
        clickanywhere=True,
        meta={
            "click": True,
            "alt": [f"Loss against learning rate: {len(fine)} rates arrived, {len(diverged)} diverged."],
        },
    )


def _log(title: str, powers: list[float]) -> dict[str, Any]:
    """A log axis between two powers of ten."""
    return {
        "title": {"text": title},
        "type": "log",
        "range": powers,
        "exponentformat": "power",
        "nticks": 8,
    }


def _trials(fine: Sequence[tuple[float, float]], unit: str, theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=[lr for lr, _ in fine],
        y=[loss for _, loss in fine],
        mode="lines+markers",
        name="Training loss",
        line={"color": theme.train, "width": 2.5},
        marker={"color": theme.train, "size": 8},
        hovertemplate=f"Learning rate %{{x:.3g}}<br>Training loss %{{y:.5g}} {unit}<extra></extra>",
    )


def _lost(lrs: Sequence[float], height: float, theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=lrs,
        y=[height] * len(lrs),
        mode="markers",
        name="Diverged",
        marker={"color": theme.validation, "symbol": "x", "size": 9},
        hovertemplate="Learning rate %{x:.3g}<br>Diverged<extra></extra>",
    )


def _limit(limit: float, ends: Sequence[float], theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=[limit, limit],
        y=list(ends),
        mode="lines",
        name=f"2 / λmax = {rate(limit)}",
        line={"color": theme.ink, "width": 2, "dash": "dash"},
        hovertemplate=f"Largest stable rate {rate(limit)}<extra></extra>",
    )
