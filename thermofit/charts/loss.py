"""The figure of the loss over the epochs, or over what they cost."""

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from thermofit.charts.bindings import Parts, Place, column, curve, ghost, path, point, sentence, table
from thermofit.charts.rate_strip import RatePlan, below
from thermofit.charts.theme import LEFT, Theme, figure, log_ticks, room_left
from thermofit.charts.x_axis import AXES, XAxis
from thermofit.config.view import Axis
from thermofit.data.dataset import labelled
from thermofit.words import mark, tr

FAINTER = 0.85  # opacity of the run before the change; less would be lost on a light ground
LOSSES = {"train_loss": mark("Training loss"), "val_loss": mark("Validation loss")}
OFF = 100  # times the highest loss at the start: others of several runs do not make the axis grow beyond it


def _loss_curve(x: XAxis, name: str, column: str, colour: str, dash: str, unit: str) -> go.Scatter:
    loss = tr(LOSSES[column])
    return go.Scatter(
        x=[0],
        y=[None],
        mode="lines",
        name=name,
        line={"color": colour, "width": 2.5, "dash": dash, "simplify": False},  # or it has corners
        hovertemplate=f"{x.hover}<br>{loss} %{{y:.7g}} {unit}<extra></extra>",
        meta=curve(x.column, column),
    )


def _loss_left(x: XAxis, column: str, colour: str, unit: str) -> go.Scatter:
    """The loss of the run before the change; drawn only after one."""
    left, loss = tr(LEFT), tr(LOSSES[column])
    return go.Scatter(
        x=[None],
        y=[None],
        mode="lines",
        name=left,
        legendgroup=LEFT,
        showlegend=column == "train_loss",
        opacity=FAINTER,
        line={"color": colour, "width": 1.5, "dash": "dot"},
        hovertemplate=f"{left}<br>{x.hover}<br>{loss} %{{y:.7g}} {unit}<extra></extra>",
        visible=False,
        meta=ghost(path(x.column, column)),
    )


def _batch_curve(x: XAxis, theme: Theme, unit: str) -> go.Scatter:
    """The loss that each step saw, of its own batch; it may leave the picture, which takes no notice."""
    loss = tr("Loss over the batch of this step")
    return go.Scatter(
        x=[0],
        y=[None],
        mode="lines",
        # Translators: in a legend; the loss over the mini-batch of each step
        name=tr("Batch"),
        opacity=0.45,
        line={"color": theme.train, "width": 1, "simplify": False},
        hovertemplate=f"{x.hover}<br>{loss} %{{y:.7g}} {unit}<extra></extra>",
        meta=curve(x.column, "batch_loss") | {"room": False},
    )


def _loss_mark(x: XAxis, column: str, colour: str, symbol: str, theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=[0],
        y=[None],
        mode="markers",
        cliponaxis=False,
        showlegend=False,
        hoverinfo="skip",
        marker={"color": colour, "symbol": symbol, "size": 12, "line": {"width": 2, "color": theme.paper}},
        meta=point(x.column, column),
    )


def loss(
    start: Sequence[float],
    floor: float,
    epochs: int,
    title: str,
    unit: str,
    theme: Theme,
    axis: Axis = "epochs",
    batches: bool = False,
    rates: RatePlan | None = None,
) -> go.Figure:
    """Training and validation loss over the epochs or another axis, with a mark at the playhead.

    `start` holds the losses at epoch 0 (one, or two with validation); `floor` is the lowest loss to expect,
    which only sets where the axis begins; `epochs` is the planned length. With `batches`, the loss over the
    batch of each step stands behind; with `rates`, the learning rate stands below.
    """
    x = AXES[axis].spoken(batches)
    # Translators: in a legend; the training loss, or the readings that are trained on
    series = [(tr("Training"), "train_loss", theme.train, "solid", "circle")]
    if len(start) > 1:
        series.append((tr("Validation"), "val_loss", theme.validation, "dash", "diamond"))
    traces = [_loss_left(x, column, colour, unit) for _, column, colour, *_ in series]
    traces += [_loss_curve(x, name, column, colour, dash, unit) for name, column, colour, dash, _ in series]
    if batches:
        traces.insert(0, _batch_curve(x, theme, unit))
    traces += [_loss_mark(x, column, colour, symbol, theme) for _, column, colour, _, symbol in series]
    lowest = max(min(floor, *start), 1e-12) if floor > 0 else max(min(start) / 100, 1e-12)
    highest = max(*start, lowest * 2)
    y_range = [math.log10(lowest) - 0.12, math.log10(highest) + 0.12]
    meta = {
        "grow": {"xaxis": x.growth(epochs), "yaxis": {}},
        "toggles": [{"label": tr("Log scale"), "on": True, "axis": "yaxis"}],
        "alt": _loss_alt(len(start) > 1) + x.alt(),
        "table": table(
            tr("The losses of the run so far"),
            [
                *_cost(x),
                *((labelled(tr(LOSSES[each]), unit), column(each, digits=7)) for _, each, *_ in series),
            ],
        ),
    }
    drawn = figure(
        theme,
        traces,
        uirevision=f"loss over {axis}",
        xaxis=x.layout(epochs),
        yaxis={
            "title": {"text": labelled(title, unit)},
            "type": "log",
            "range": y_range,
            **log_ticks(*y_range),
        },
        margin={"l": room_left(lowest, highest, most=1e6)},  # beyond, there are powers of ten
        meta=meta,
    )
    return below(drawn, rates, x, theme) if rates else drawn


def _cost(x: XAxis) -> list[tuple[str, Place]]:
    """The column along the axis, unless that is the epoch, which a table has anyhow."""
    return [] if x.column == "epoch" else [(x.title, column(x.column, digits=5))]


def _loss_alt(validates: bool) -> Parts:
    epoch, train = column("epoch"), column("train_loss", digits=7)
    if not validates:
        text = tr("The loss: at epoch {epoch} the training loss is {train}.")
        return sentence(text, epoch=epoch, train=train)
    text = tr(
        "The loss: at epoch {epoch} the training loss is {train} and the validation loss is {validation}."
    )
    return sentence(text, epoch=epoch, train=train, validation=column("val_loss", digits=7))
