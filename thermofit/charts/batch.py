"""What a mini-batch says by itself, in the landscape: its gradient, and the contours of its own loss."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from thermofit.charts.arrow import outlined
from thermofit.charts.bindings import bowl
from thermofit.charts.theme import Theme
from thermofit.words import tr


@dataclass(frozen=True)
class Batch:
    """What is drawn of a mini-batch: the derived column of its arrow's tip, and the rises of its contours.

    `scale` leads from w and b to what is drawn, as (factor, offset); without rises there are no contours.
    """

    tip: str
    rises: Sequence[float]
    scale: tuple[float, float]


def batch_traces(batch: Batch, theme: Theme) -> list[tuple[str, list[go.Scatter]]]:
    """The switches of what the batch says by itself, each with its traces."""
    name = tr("Batch arrow")
    _, arrow = outlined(name, batch.tip, theme, shown=True)
    arrow.update(line_color=theme.batch, marker_color=theme.batch, marker_line_color=theme.batch)
    if not batch.rises:
        return [(name, [arrow])]
    parts = [_bowl(batch, theme, rises) for rises in (batch.rises, [0.0])]
    return [(name, [arrow]), (tr("Batch contours"), parts)]


def _bowl(batch: Batch, theme: Theme, rises: Sequence[float]) -> go.Scatter:
    """Contours of the batch's loss, or its lowest place; a single reading's is a line."""
    lowest = not any(rises)
    return go.Scatter(
        x=[None],
        y=[None],
        mode="lines+markers" if lowest else "lines",
        name=tr("Batch minimum") if lowest else tr("Batch contours"),
        line={"color": theme.batch, "width": 2 if lowest else 1.5, "dash": "solid" if lowest else "dot"},
        marker={"symbol": "star-open", "color": theme.batch, "size": 14, "line": {"width": 2}},
        hoverinfo="skip",
        showlegend=False,
        visible=False,
        meta=bowl(rises, *batch.scale),
    )
