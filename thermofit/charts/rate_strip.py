"""The learning rate that a schedule makes, as a strip below the losses, on the same axis of epochs."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from thermofit.charts.bindings import column, curve, point, sentence, standing
from thermofit.charts.theme import PLAIN, Theme
from thermofit.charts.x_axis import XAxis
from thermofit.numbers import rate
from thermofit.words import tr

STRIP, LOSSES = [0.0, 0.2], [0.3, 1.0]  # shares of the height
HEADROOM = 1.2  # times the largest rate: there is room for the mark, and for the words at the limit
FAR = 8  # times the largest rate; a limit beyond that would press the curve flat


@dataclass(frozen=True)
class RatePlan:
    """What a schedule is going to do: the rate at some epochs, as far as it is known beforehand.

    `highest` is the largest rate to expect, `limit` the largest stable one; None where theory knows none.
    """

    epochs: Sequence[float]
    rates: Sequence[float]
    highest: float
    limit: float | None = None


def below(figure: go.Figure, plan: RatePlan, x: XAxis, theme: Theme) -> go.Figure:
    """The figure of the losses over `x`, with the rate in a strip below them."""
    near = plan.limit is not None and plan.limit <= FAR * plan.highest
    top = HEADROOM * max(plan.highest, plan.limit or 0.0 if near else 0.0)
    if x.column == "epoch" and plan.epochs:
        figure.add_trace(_planned(plan, theme))
    figure.add_traces([_curve(x, theme), _mark(x, theme)])
    figure.update_layout(
        xaxis_anchor="y2",
        yaxis_domain=LOSSES,
        yaxis2={
            "domain": STRIP,
            "range": [0, top],
            "nticks": 3,
            "tickformat": PLAIN,
            # Translators: the learning rate; there is room for few letters
            "title": {"text": tr("Rate")},
            "fixedrange": True,
        },
    )
    if plan.limit is not None:
        _limit(figure, plan.limit, near, theme)
    meta = figure.layout.meta
    told = sentence(" " + tr("The learning rate is {rate}."), rate=column("rate", digits=4))
    return figure.update_layout(meta={**meta, "alt": [*meta["alt"], *told]})


def _planned(plan: RatePlan, theme: Theme) -> go.Scatter:
    """What is to come. It is drawn while the run has had these settings from its start."""
    return go.Scatter(
        x=list(plan.epochs),
        y=list(plan.rates),
        yaxis="y2",
        mode="lines",
        name=tr("Planned rate"),
        showlegend=False,
        hoverinfo="skip",
        line={"color": theme.soft, "width": 1.5, "dash": "dot", "shape": "hv"},
        meta=standing(),
    )


def _curve(x: XAxis, theme: Theme) -> go.Scatter:
    name = tr("Learning rate")
    return go.Scatter(
        x=[0],
        y=[None],
        yaxis="y2",
        mode="lines",
        name=name,
        showlegend=False,
        line={"color": theme.ink, "width": 2, "shape": "hv", "simplify": False},
        hovertemplate=f"{x.hover}<br>{name} %{{y:.4g}}<extra></extra>",
        meta=curve(x.column, "rate") | {"room": False},
    )


def _mark(x: XAxis, theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=[0],
        y=[None],
        yaxis="y2",
        mode="markers",
        cliponaxis=False,
        showlegend=False,
        hoverinfo="skip",
        marker={"color": theme.ink, "size": 10, "line": {"width": 2, "color": theme.paper}},
        meta=point(x.column, "rate") | {"room": False},
    )


def _limit(figure: go.Figure, limit: float, near: bool, theme: Theme) -> None:
    """The largest stable rate as a line with its number; of one far above only the number."""
    value = rate(limit)
    text = tr("stable limit {value}, far above", value=value)
    if near:
        text = tr("stable limit {value}", value=value)
        line = {"color": theme.soft, "width": 1.5, "dash": "dash"}
        figure.add_shape(type="line", xref="x domain", yref="y2", x0=0, x1=1, y0=limit, y1=limit, line=line)
    figure.add_annotation(
        text=text,
        xref="x domain",
        yref="y2" if near else "y2 domain",
        x=1,
        y=limit if near else 1,
        xanchor="right",
        yanchor="bottom",
        showarrow=False,
        font={"size": 13, "color": theme.soft},
    )
