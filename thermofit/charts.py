"""Plotly figures, declared once: plain values in, figure out.

A trace that moves while a run plays says in its `meta` what moves it (`curve`, `point`, `line`), by the
names of the recorded columns; the stage in the browser does the rest. Nothing here computes a loss.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

Meta = dict[str, Any]
Parts = list[str | dict[str, Any]]


@dataclass(frozen=True)
class Theme:
    """The colours of one theme; each meaning keeps its hue in both, lighter on dark for contrast."""

    name: str
    ink: str
    soft: str
    grid: str
    paper: str
    train: str
    validation: str
    gradient: str


THEMES = {
    "light": Theme("light", "#1b1b1f", "#5b5b63", "#e3e3e8", "#ffffff", "#0072B2", "#D55E00", "#CC79A7"),
    "dark": Theme("dark", "#f4f4f6", "#b4b4bd", "#34343c", "#14151a", "#56B4E9", "#FF8A3D", "#E79AC3"),
}

FAINT = 0.12  # opacity of a filled area

FONT = '"Source Sans", "Source Sans 3", system-ui, sans-serif'


LEFT = "Before the change"  # the name of every ghost


# ---- what moves a trace ----


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


# ---- the look ----


def template(theme: Theme) -> go.layout.Template:
    """The one look of all charts."""
    axis = {
        "gridcolor": theme.grid,
        "linecolor": theme.soft,
        "zeroline": False,
        "ticks": "outside",
        "tickcolor": theme.grid,
        "title": {"font": {"size": 15}, "standoff": 8},
        "tickfont": {"size": 14, "color": theme.soft},
        "automargin": False,
    }
    layout = {
        "font": {"family": FONT, "size": 14, "color": theme.ink},
        "title": {"font": {"size": 17}, "x": 0.0, "xref": "paper", "xanchor": "left"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": axis,
        "yaxis": axis,
        "margin": {"l": 66, "r": 18, "t": 28, "b": 52},
        "hoverlabel": {"font": {"size": 15, "family": FONT}, "align": "left"},
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.005,
            "yanchor": "bottom",
            "font": {"size": 14},
            "itemsizing": "trace",
        },
        "hovermode": "closest",
        "dragmode": "zoom",
    }
    return go.layout.Template(layout=layout)


def _figure(theme: Theme, traces: Sequence[go.Scatter], **layout: Any) -> go.Figure:
    figure = go.Figure(list(traces))
    figure.update_layout(template=template(theme), uirevision="stage", **layout)
    return figure


def _padded(values: Sequence[float], share: float = 0.08) -> list[float]:
    low, high = min(values), max(values)
    room = (high - low or 1.0) * share
    return [low - room, high + room]


# ---- the fit ----


@dataclass(frozen=True)
class Points:
    """Rows of the data, in original units, with their row numbers (from 1, as a person counts)."""

    numbers: Sequence[int]
    t_u: Sequence[float]
    t_c: Sequence[float]


def _readings(points: Points, name: str, colour: str, symbol: str, theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=points.t_u,
        y=points.t_c,
        mode="markers",
        name=name,
        marker={"color": colour, "symbol": symbol, "size": 12, "line": {"width": 1.5, "color": theme.paper}},
        customdata=[[number, 0.0, 0.0] for number in points.numbers],
        hovertemplate=(
            "Point %{customdata[0]}<br>Reading %{x:.1f}<br>Truth %{y:.1f} °C"
            "<br>Prediction %{customdata[1]:.3f} °C<br>Residual %{customdata[2]:.3f} °C<extra></extra>"
        ),
        meta=hover("slope", "intercept"),
    )


def _residuals(points: Points, colour: str) -> go.Scatter:
    """One vertical stroke a point: from the reading to the line (every third position is a gap)."""
    return go.Scatter(
        x=[value for t in points.t_u for value in (t, t, None)],
        y=[value for t in points.t_c for value in (t, t, None)],
        mode="lines",
        line={"color": colour, "width": 2, "dash": "dot"},
        hoverinfo="skip",
        showlegend=False,
        visible=False,
        meta=line("slope", "intercept", start=1, step=3),
    )


def _left_line(ends: Sequence[float], theme: Theme) -> go.Scatter:
    """Where the run ended that was left for the present one; it is there only then."""
    return go.Scatter(
        x=ends,
        y=[None, None],
        mode="lines",
        name=LEFT,
        line={"color": theme.soft, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
        visible=False,
        meta=ghost_line("slope", "intercept"),
    )


def _squares(points: Points, colour: str, dash: str) -> go.Scatter:
    """One square a point, whose side is the residual; the areas, averaged, are the mean squared error."""
    return go.Scatter(
        x=[value for t in points.t_u for value in (*[t] * 5, None)],
        y=[value for t in points.t_c for value in (*[t] * 5, None)],
        mode="lines",
        line={"color": colour, "width": 1.5, "dash": dash},
        fill="toself",
        fillcolor=_faint(colour),
        hoverinfo="skip",
        showlegend=False,
        visible=False,
        meta=squares("slope", "intercept"),
    )


def _faint(colour: str) -> str:
    """The colour (#rrggbb), light enough to see what lies behind or overlaps."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgba({red}, {green}, {blue}, {FAINT})"


def fit(
    train: Points,
    validation: Points,
    best: tuple[float, float],
    labels: tuple[str, str],
    theme: Theme,
) -> go.Figure:
    """The readings, the current line, and on switches the residuals, their squares and the closed-form line.

    `best` is slope and intercept of the closed-form line in original units; `labels` are the axis titles.
    """
    t_u = [*train.t_u, *validation.t_u]
    x_range, y_range = _padded(t_u), _padded([*train.t_c, *validation.t_c], 0.18)
    ends = [x_range[0] - 2 * (x_range[1] - x_range[0]), x_range[1] + 2 * (x_range[1] - x_range[0])]
    traces = [
        _squares(train, theme.train, "solid"),
        _squares(validation, theme.validation, "dash"),
        _residuals(train, theme.train),
        _residuals(validation, theme.validation),
        go.Scatter(
            x=ends,
            y=[best[0] * end + best[1] for end in ends],
            mode="lines",
            name="Closed-form line",
            line={"color": theme.soft, "width": 2.5, "dash": "dot"},
            hoverinfo="skip",
            visible=False,
        ),
        _left_line(ends, theme),
        go.Scatter(
            x=ends,
            y=[0.0, 0.0],
            mode="lines",
            name="Current line",
            line={"color": theme.ink, "width": 3},
            hoverinfo="skip",
            meta=line("slope", "intercept"),
        ),
        _readings(train, "Training", theme.train, "circle", theme),
    ]
    if validation.numbers:
        traces.append(_readings(validation, "Validation", theme.validation, "diamond", theme))
    home = {"xaxis.range": x_range, "yaxis.range": y_range}
    meta = {
        "home": home,
        "toggles": [
            {"label": "Squares", "on": False, "traces": [0, 1]},
            {"label": "Residuals", "on": False, "traces": [2, 3]},
            {"label": "Closed-form line", "on": False, "traces": [4]},
        ],
        "alt": [
            f"The fit: {len(t_u)} readings and the current line, temperature = ",
            {"column": "slope", "digits": 5},
            " times the reading ",
            {"column": "intercept", "digits": 5, "sign": True},
            ".",
        ],
    }
    return _figure(
        theme,
        traces,
        xaxis={"title": {"text": labels[0]}, "range": x_range},
        yaxis={"title": {"text": labels[1]}, "range": y_range},
        meta=meta,
    )


# ---- the loss ----


def _loss_curve(name: str, column: str, colour: str, dash: str, unit: str) -> go.Scatter:
    return go.Scatter(
        x=[0],
        y=[None],
        mode="lines",
        name=name,
        line={"color": colour, "width": 2.5, "dash": dash},
        hovertemplate=f"Epoch %{{x}}<br>{name} loss %{{y:.7g}} {unit}<extra></extra>",
        meta=curve("epoch", column),
    )


def _loss_left(name: str, column: str, colour: str, unit: str) -> go.Scatter:
    """The loss of the run that was left for the present one; it is there only then."""
    return go.Scatter(
        x=[None],
        y=[None],
        mode="lines",
        name=LEFT,
        legendgroup=LEFT,
        showlegend=column == "train_loss",
        opacity=0.6,
        line={"color": colour, "width": 1.5, "dash": "dot"},
        hovertemplate=f"{LEFT}<br>Epoch %{{x}}<br>{name} loss %{{y:.7g}} {unit}<extra></extra>",
        visible=False,
        meta=ghost("epoch", column),
    )


def _loss_mark(column: str, colour: str, symbol: str, theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=[0],
        y=[None],
        mode="markers",
        cliponaxis=False,
        showlegend=False,
        hoverinfo="skip",
        marker={"color": colour, "symbol": symbol, "size": 12, "line": {"width": 2, "color": theme.paper}},
        meta=point("epoch", column),
    )


def loss(
    start: Sequence[float],
    floor: float,
    epochs: int,
    title: str,
    unit: str,
    theme: Theme,
) -> go.Figure:
    """Training and validation loss over the epochs, with a mark at the playhead.

    `start` holds the losses at epoch 0 (one, or two with validation), `floor` the lowest loss to expect
    (it only sets where the axis begins), `epochs` the planned length.
    """
    series = [("Training", "train_loss", theme.train, "solid", "circle")]
    if len(start) > 1:
        series.append(("Validation", "val_loss", theme.validation, "dash", "diamond"))
    traces = [_loss_left(name, column, colour, unit) for name, column, colour, *_ in series]
    traces += [_loss_curve(name, column, colour, dash, unit) for name, column, colour, dash, _ in series]
    traces += [_loss_mark(column, colour, symbol, theme) for _, column, colour, _, symbol in series]
    lowest = max(min(floor, *start), 1e-12) if floor > 0 else max(min(start) / 100, 1e-12)
    highest = max(*start, lowest * 2)
    y_range = [math.log10(lowest) - 0.12, math.log10(highest) + 0.12]
    meta = {
        "grow": {"xaxis": {"most": epochs}, "yaxis": {}},
        "toggles": [{"label": "Log scale", "on": True, "axis": "yaxis"}],
        "alt": _loss_alt(len(start) > 1),
    }
    return _figure(
        theme,
        traces,
        xaxis={"title": {"text": "Epoch"}, "range": [0, min(epochs, 100)]},
        yaxis={
            "title": {"text": f"{title} ({unit})"},
            "type": "log",
            "range": y_range,
            "dtick": "D2" if y_range[1] - y_range[0] < 3 else None,
            "exponentformat": "power",
        },
        meta=meta,
    )


def _loss_alt(validates: bool) -> Parts:
    parts: Parts = ["The loss: at epoch ", {"column": "epoch"}, " the training loss is "]
    parts += [{"column": "train_loss", "digits": 7}]
    if validates:
        parts += [" and the validation loss is ", {"column": "val_loss", "digits": 7}]
    return [*parts, "."]


def as_json(figure: go.Figure) -> Mapping[str, Any]:
    """The figure as plain JSON values, for the stage."""
    import orjson

    parsed: Mapping[str, Any] = orjson.loads(figure.to_json(engine="orjson") or "{}")
    return parsed


def switched_on(figure: go.Figure, labels: Sequence[str]) -> go.Figure:
    """A copy in which the toggles with these labels are on to begin with."""
    toggles = [
        toggle | {"on": toggle["on"] or toggle["label"] in labels} for toggle in figure.layout.meta["toggles"]
    ]
    return go.Figure(figure).update_layout(meta={**figure.layout.meta, "toggles": toggles})


LEGIBLE = 16  # pixels; the smallest text on a projector


def enlarged(figure: go.Figure) -> go.Figure:
    """A copy in which no text is smaller than LEGIBLE."""
    size = {"font": {"size": LEGIBLE}}
    copy = go.Figure(figure).update_layout(**size, legend=size, hoverlabel=size, margin={"l": 78, "b": 58})
    # A format of its own, because Plotly writes powers and the numbers between them in smaller type.
    return copy.update_xaxes(tickfont_size=LEGIBLE, title=size).update_yaxes(
        tickfont_size=LEGIBLE, title=size, tickformat=".6~g"
    )
