"""The figure of the fit: the readings, the line, and the residuals between them."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from thermofit.charts.bindings import Parts, batch, column, ghost, hover, line, sentence, squares, table
from thermofit.charts.theme import LEFT, Theme, figure, room_left
from thermofit.numbers import count
from thermofit.words import mark, tr

GONE = mark("The line has left the picture.")
FAINT = 0.12  # opacity of a filled area
SWITCHES = (mark("Squares"), mark("Residuals"), mark("Closed-form line"))
SQUARES, RESIDUALS, CLOSED_FORM = [0, 1], [2, 3], [4]  # the numbers of the traces that can be switched


@dataclass(frozen=True)
class Points:
    """Rows of the data in original units, with their row numbers, counted from 1."""

    numbers: Sequence[int]
    t_u: Sequence[float]
    t_c: Sequence[float]


@dataclass(frozen=True)
class Words:
    """How the inputs and the targets are called, with their units, and the unit of the targets alone."""

    input: str
    target: str
    unit: str = ""


def _readings(points: Points, name: str, colour: str, symbol: str, words: Words, theme: Theme) -> go.Scatter:
    unit = words.unit
    # Translators: what stands before the numbers of a point in the picture of the fit
    point, reading, truth = tr("Point"), tr("Reading"), tr("Truth")
    prediction, residual = tr("Prediction"), tr("Residual")
    return go.Scatter(
        x=points.t_u,
        y=points.t_c,
        mode="markers",
        name=name,
        marker={"color": colour, "symbol": symbol, "size": 12, "line": {"width": 1.5, "color": theme.paper}},
        customdata=[[number, 0.0, 0.0] for number in points.numbers],
        hovertemplate=(
            f"{point} %{{customdata[0]}}<br>{reading} %{{x:.6~r}}<br>{truth} %{{y:.6~r}} {unit}"
            f"<br>{prediction} %{{customdata[1]:.3f}} {unit}<br>{residual} %{{customdata[2]:.3f}} {unit}"
            "<extra></extra>"
        ),
        meta=hover("slope", "intercept"),
    )


def _residuals(points: Points, colour: str) -> go.Scatter:
    """One vertical stroke per point, from the reading to the line (every third position is a gap)."""
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


def _left_line(ends: Sequence[float], middle: float, theme: Theme) -> go.Scatter:
    """Where the run before the change ended; drawn only after one.

    Its name stands in a corner (stage/frontend/line_note.js), so that the legend, and with it the plot,
    keeps its height, and no point or line crosses the name.
    """
    return go.Scatter(
        x=[ends[0], middle, ends[1]],
        y=[None, None, None],
        mode="lines",
        name=tr(LEFT),
        showlegend=False,
        line={"color": theme.soft, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
        visible=False,
        meta=ghost(line("slope", "intercept")) | {"note": tr(LEFT)},
    )


def _squares(points: Points, colour: str, dash: str) -> go.Scatter:
    """One square per point, whose side is the residual; their mean area is the mean squared error."""
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
    """The colour (#rrggbb), transparent enough to see what lies behind it or overlaps."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgba({red}, {green}, {blue}, {FAINT})"


def fit(
    train: Points,
    validation: Points,
    best: tuple[float, float],
    words: Words,
    theme: Theme,
    readings: int | None = None,
    batches: bool = False,
) -> go.Figure:
    """The readings and the current line, with switches for the residuals, their squares and the closed form.

    `best` is slope and intercept of the closed-form line in original units; `words` name the axes.
    Of many `readings`, the points may be only some; then the picture says so. With `batches`, those
    of the next step have rings.
    """
    t_u = [*train.t_u, *validation.t_u]
    x_range, y_range = _padded(t_u), _padded([*train.t_c, *validation.t_c], 0.18)
    readings = readings or len(t_u)
    ends = [x_range[0] - 2 * (x_range[1] - x_range[0]), x_range[1] + 2 * (x_range[1] - x_range[0])]
    traces = [  # the first five as SQUARES, RESIDUALS and CLOSED_FORM have them
        _squares(train, theme.train, "solid"),
        _squares(validation, theme.validation, "dash"),
        _residuals(train, theme.train),
        _residuals(validation, theme.validation),
        _closed_form(ends, best, theme),
        _left_line(ends, sum(x_range) / 2, theme),
        _current(ends, theme),
        _readings(train, tr("Training"), theme.train, "circle", words, theme),
    ]
    training = len(traces) - 1
    if validation.numbers:
        traces.append(_readings(validation, tr("Validation"), theme.validation, "diamond", words, theme))
    if batches:
        traces.append(_rings(training, theme))
    return figure(
        theme,
        traces,
        xaxis={"title": {"text": _title(words.input, len(t_u), readings)}, "range": x_range},
        yaxis={"title": {"text": words.target}, "range": y_range},
        margin={"l": room_left(*y_range)},
        meta={
            "home": {"xaxis.range": x_range, "yaxis.range": y_range},
            "toggles": [
                {"label": tr(SWITCHES[0]), "on": False, "traces": SQUARES},
                {"label": tr(SWITCHES[1]), "on": False, "traces": RESIDUALS},
                {"label": tr(SWITCHES[2]), "on": False, "traces": CLOSED_FORM},
            ],
            "alt": _alt(len(t_u), readings, words),
            "table": table(
                tr("The line of the run so far"),
                [(tr("Slope"), column("slope", digits=5)), (tr("Intercept"), column("intercept", digits=5))],
            ),
        },
    )


def _rings(training: int, theme: Theme) -> go.Scatter:
    """A ring around each reading, of the trace with this number, that the next step sees."""
    return go.Scatter(
        x=[None],
        y=[None],
        mode="markers",
        name=tr("Next batch"),
        marker={"symbol": "circle-open", "size": 21, "color": theme.ink, "line": {"width": 3}},
        hoverinfo="skip",
        meta=batch(training),
    )


def _closed_form(ends: list[float], best: tuple[float, float], theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=ends,
        y=[best[0] * end + best[1] for end in ends],
        mode="lines",
        name=tr("Closed-form line"),
        line={"color": theme.soft, "width": 2.5, "dash": "dot"},
        hoverinfo="skip",
        visible=False,
    )


def _current(ends: list[float], theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=ends,
        y=[0.0, 0.0],
        mode="lines",
        name=tr("Current line"),
        line={"color": theme.ink, "width": 3},
        hoverinfo="skip",
        meta=line("slope", "intercept") | {"gone": tr(GONE)},
    )


def current_line(figure: go.Figure) -> go.Scatter:
    """The trace of the current line in a figure of the fit."""
    return next(trace for trace in figure.data if "gone" in (trace.meta or {}))


def _title(inputs: str, drawn: int, readings: int) -> str:
    """What the axis of the inputs is called; of many readings only some are drawn."""
    if drawn == readings:
        return inputs
    some, every = count(drawn), count(readings)
    return tr("{input}: {some} of {every} readings drawn", input=inputs, some=some, every=every)


def _alt(drawn: int, readings: int, words: Words) -> Parts:
    if drawn < readings:
        text = tr(
            "The fit: {some} of {every} readings and the current line. "
            "{target} = {slope} · {input} {intercept}"
        )
    else:
        text = tr("The fit: {every} readings and the current line. {target} = {slope} · {input} {intercept}")
    return sentence(
        text,
        some=count(drawn),
        every=count(readings) if drawn < readings else str(readings),
        target=words.target,
        input=words.input,
        slope=column("slope", digits=5),
        intercept=column("intercept", digits=5, sign=True),
    )


def _padded(values: Sequence[float], share: float = 0.08) -> list[float]:
    low, high = min(values), max(values)
    room = (high - low or 1.0) * share
    return [low - room, high + room]
