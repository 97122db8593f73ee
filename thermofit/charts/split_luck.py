"""The figures of the luck of a split: every split's losses, and how often each loss occurs."""

import math
from collections.abc import Sequence
from itertools import pairwise

import plotly.graph_objects as go

from thermofit.charts.bindings import Parts, sentence
from thermofit.charts.theme import MARGIN, Theme, figure, room_left
from thermofit.data.dataset import labelled
from thermofit.experiments.split_luck import Outcome
from thermofit.numbers import count, number
from thermofit.words import listed, mark, tr

WIDE = 30.0  # times the median: beyond it, a linear axis would show only the largest loss
BINS = 16
FOREMOST = ("val_loss", "train_loss")  # where two bars overlap, the one that is clicked
LEAST_SQUARES = mark("Least-squares line")


def ranked(arrived: Sequence[Outcome], seed: int, unit: str, closed_form: bool, theme: Theme) -> go.Figure:
    """A column for each split, in the order of their validation losses: where its run ended.

    `arrived` are at least one outcome with losses, in that order. The split of `seed` is marked;
    `closed_form` adds the losses of the least-squares lines, which can be switched on.
    """
    traces = [
        _column(arrived, seed, theme),
        _losses(arrived, "train_loss", tr("Training loss"), theme.train, "circle", unit),
        _losses(arrived, "val_loss", tr("Validation loss"), theme.validation, "diamond", unit),
    ]
    toggles = [{"label": tr(LEAST_SQUARES), "on": False, "traces": [3, 4]}] if closed_form else []
    if closed_form:
        traces += [_least_squares(arrived, name, theme) for name in ("best_train_mse", "best_val_mse")]
    high, low = arrived[-1].val_loss or 0.0, arrived[0].val_loss or 0.0
    return figure(
        theme,
        traces,
        xaxis={"title": {"text": tr("Splits, by validation loss")}, "range": [0, len(arrived) + 1]},
        yaxis=_loss_axis(arrived, unit),
        margin={"l": room_left(*_values(arrived)) if _kind(arrived) == "linear" else MARGIN},
        clickanywhere=True,
        meta={"click": True, "toggles": toggles, "alt": _alt(len(arrived), low, high)},
    )


def frequencies(arrived: Sequence[Outcome], seed: int, unit: str, theme: Theme) -> go.Figure:
    """How many of the splits end at which training loss, and at which validation loss.

    The validation loss on the split of `seed` is marked. A click on a bar is told as one on the column, in
    `ranked`, of the split whose loss is nearest to the middle of the bar.
    """
    edges = _edges(arrived)
    traces = [
        _steps([outcome.train_loss for outcome in arrived], edges, tr("Training loss"), theme.train, "solid"),
        _steps(
            [outcome.val_loss for outcome in arrived], edges, tr("Validation loss"), theme.validation, "dash"
        ),
    ]
    return figure(
        theme,
        [*traces, _own(arrived, seed, max(max(trace.y) for trace in traces), unit, theme)],
        xaxis=_histogram_axis(arrived, edges, unit),
        yaxis={"title": {"text": tr("Splits")}, "rangemode": "tozero"},
        clickanywhere=True,
        meta={
            "click": {"edges": edges, "series": [_bars(arrived, name, edges) for name in FOREMOST]},
            "alt": [tr("How many splits end at which training loss and at which validation loss.")],
        },
    )


def _alt(splits: int, low: float, high: float) -> Parts:
    return sentence(
        tr(
            "Training and validation loss of {splits} splits, in the order of their validation losses, "
            "which go from {low} to {high}."
        ),
        splits=count(splits),
        low=number(low),
        high=number(high),
    )


def _values(arrived: Sequence[Outcome]) -> list[float]:
    losses = [loss for outcome in arrived for loss in (outcome.train_loss, outcome.val_loss)]
    return sorted(loss for loss in losses if loss is not None)


def _kind(arrived: Sequence[Outcome]) -> str:
    values = _values(arrived)
    return "log" if values[-1] > WIDE * values[len(values) // 2] else "linear"


def _loss_axis(arrived: Sequence[Outcome], unit: str) -> dict[str, object]:
    kind = _kind(arrived)
    axis: dict[str, object] = {
        "title": {"text": labelled(tr("Loss at the end"), unit)},
        "type": kind,
        "nticks": 8,
    }
    return axis | ({"rangemode": "tozero"} if kind == "linear" else {"exponentformat": "power"})


def _histogram_axis(arrived: Sequence[Outcome], edges: Sequence[float], unit: str) -> dict[str, object]:
    """With a little room behind the last bin, where the largest loss stands."""
    kind = _kind(arrived)
    axis: dict[str, object] = {
        "type": kind,
        "title": {"text": labelled(tr("Loss at the end"), unit)},
        "nticks": 8,
    }
    return axis | ({"range": [0, 1.02 * edges[-1]]} if kind == "linear" else {"exponentformat": "power"})


def _edges(arrived: Sequence[Outcome]) -> list[float]:
    """Borders of the bins: even on the axis on which they are drawn."""
    values = _values(arrived)
    high = values[-1] or 1.0
    if _kind(arrived) == "linear":
        return [high * k / BINS for k in range(BINS + 1)]
    low = math.log(max(values[0], 1e-9 * high))
    step = (math.log(high) - low) / BINS
    return [math.exp(low + step * k) for k in range(BINS + 1)]


def _steps(
    losses: Sequence[float | None], edges: Sequence[float], name: str, colour: str, dash: str
) -> go.Scatter:
    """A histogram as a line of steps, which any kind of axis can show."""
    places = [_bin(loss, edges) for loss in losses]
    found = [places.count(k) for k in range(BINS)]
    said = tr("From %{x:.3g}: %{y} splits<br>Click: one of them in the Lab")
    return go.Scatter(
        x=[edges[0], *edges],
        y=[0, *found, 0],
        mode="lines",
        name=name,
        line={"shape": "hv", "color": colour, "width": 2.5, "dash": dash},
        fill="tozeroy",
        hovertemplate=f"{said}<extra>{name}</extra>",
    )


def _bin(loss: float | None, edges: Sequence[float]) -> int:
    return next((k for k in range(BINS) if (loss or 0.0) < edges[k + 1]), BINS - 1)


def _bars(arrived: Sequence[Outcome], field: str, edges: Sequence[float]) -> dict[str, list[int | None]]:
    """Each bin's number of splits, and the column of the one nearest to its middle."""
    losses: list[float] = [getattr(outcome, field) or 0.0 for outcome in arrived]
    bins = [[k for k, loss in enumerate(losses) if _bin(loss, edges) == place] for place in range(BINS)]
    middles = [(low + high) / 2 for low, high in pairwise(edges)]
    nearest = [
        min(found, key=lambda k, middle=middle: abs(losses[k] - middle)) + 1 if found else None  # type: ignore[misc]
        for found, middle in zip(bins, middles, strict=True)
    ]
    return {"heights": [len(found) for found in bins], "offers": nearest}


def _own(arrived: Sequence[Outcome], seed: int, top: int, unit: str, theme: Theme) -> go.Scatter:
    """The validation loss on the present split, as a line."""
    loss = next((outcome.val_loss for outcome in arrived if outcome.seed == seed), None)
    said = tr("Validation loss on your split")
    return go.Scatter(
        x=[loss, loss],
        y=[0, top],
        mode="lines",
        name=tr("Your split"),
        line={"color": theme.ink, "width": 2, "dash": "dash"},
        hovertemplate=f"{said} %{{x:.5g}} {unit}<extra></extra>",
    )


LISTED = 12  # readings that are named one by one


def _said(outcome: Outcome) -> str:
    numbers = [str(row + 1) for row in outcome.held_out[:LISTED]]
    return listed([*numbers, "…"] if len(outcome.held_out) > LISTED else numbers)


def _losses(
    arrived: Sequence[Outcome], field: str, name: str, colour: str, symbol: str, unit: str
) -> go.Scatter:
    held, seed = tr("Held back: readings %{customdata[0]}"), tr("Split seed %{customdata[1]}")
    return go.Scatter(
        x=list(range(1, len(arrived) + 1)),
        y=[getattr(outcome, field) for outcome in arrived],
        customdata=[[_said(outcome), outcome.seed] for outcome in arrived],
        mode="markers",
        name=name,
        marker={"color": colour, "symbol": symbol, "size": 9 if len(arrived) < 100 else 5},
        hovertemplate=f"{name} %{{y:.5g}} {unit}<br>{held}<br>{seed}<extra></extra>",
    )


def _least_squares(arrived: Sequence[Outcome], field: str, theme: Theme) -> go.Scatter:
    name = tr(LEAST_SQUARES)
    return go.Scatter(
        x=list(range(1, len(arrived) + 1)),
        y=[getattr(outcome, field) for outcome in arrived],
        mode="markers",
        name=name,
        showlegend=field == "best_train_mse",
        visible=False,
        marker={"color": theme.ink, "symbol": "star-open", "size": 11},
        hovertemplate=f"{name} %{{y:.5g}}<extra></extra>",
    )


def _column(arrived: Sequence[Outcome], seed: int, theme: Theme) -> go.Scatter:
    """The present split, as a line through both of its losses."""
    place = next((k for k, outcome in enumerate(arrived, 1) if outcome.seed == seed), None)
    top = max(_values(arrived))
    bottom = min(_values(arrived)) if _kind(arrived) == "log" else 0
    return go.Scatter(
        x=[place, place],
        y=[bottom, top],
        mode="lines",
        name=tr("Your split"),
        line={"color": theme.ink, "width": 2, "dash": "dash"},
        hoverinfo="skip",
    )
