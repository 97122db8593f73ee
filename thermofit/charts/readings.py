"""The figure of readings before they are trained on."""

from collections.abc import Sequence

import plotly.graph_objects as go

from thermofit.charts.theme import Theme, figure

MANY = 1_000  # points; more are drawn by WebGL
HEIGHT = 320


def readings_figure(
    inputs: Sequence[float], targets: Sequence[float], input_label: str, target_label: str, theme: Theme
) -> go.Figure:
    """The targets over the inputs, as points."""
    kind = go.Scattergl if len(inputs) > MANY else go.Scatter
    points = kind(
        x=list(inputs),
        y=list(targets),
        mode="markers",
        marker={"color": theme.train, "size": 8 if len(inputs) > 50 else 11},
        hovertemplate="%{x}<br>%{y}<extra></extra>",
    )
    return figure(
        theme, [points], xaxis_title=input_label, yaxis_title=target_label, height=HEIGHT, showlegend=False
    )
