"""What is drawn of the average: a second line in the fit, a second point in the landscape."""

from collections.abc import Sequence

import plotly.graph_objects as go

from thermofit.charts.bindings import line, path, point
from thermofit.charts.theme import Theme
from thermofit.words import mark, tr

# Translators: in a legend; the average of the parameters over many updates
NAME = mark("Average")


def average_line(ends: Sequence[float], theme: Theme) -> go.Scatter:
    """The line of the averaged parameters; it follows average_slope and average_intercept."""
    return go.Scatter(
        x=list(ends),
        y=[None, None],
        mode="lines",
        name=tr(NAME),
        line={"color": theme.average, "width": 3, "dash": "longdash"},
        hoverinfo="skip",
        meta=line("average_slope", "average_intercept"),
    )


def average_path(theme: Theme) -> list[go.Scatter]:
    """The way of the averaged parameters, and where they stand; they follow average_x and average_y."""
    return [
        go.Scatter(
            x=[None],
            y=[None],
            mode="lines",
            name=tr("Average: its path"),
            line={"color": theme.average, "width": 2, "dash": "longdash"},
            hoverinfo="skip",
            meta=path("average_x", "average_y"),
        ),
        go.Scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=tr(NAME),
            marker={
                "symbol": "square",
                "color": theme.average,
                "size": 13,
                "line": {"width": 2.5, "color": theme.paper},
            },
            hoverinfo="skip",
            meta=point("average_x", "average_y"),
        ),
    ]
