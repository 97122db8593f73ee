"""An arrow in the landscape, from the present point to where a gradient leads."""

import plotly.graph_objects as go

from thermofit.charts.bindings import point
from thermofit.charts.halo import halo
from thermofit.charts.theme import Theme


def outlined(name: str, tip: str, theme: Theme, shown: bool) -> tuple[go.Scatter, go.Scatter]:
    """The arrow, and its outline behind it: on a light ground its own colour would be lost."""
    arrow = go.Scatter(
        x=[None, None],
        y=[None, None],
        mode="lines+markers",
        name=name,
        line={"color": theme.gradient, "width": 3, "dash": "solid" if shown else "dash"},
        marker={
            "color": theme.gradient,
            "symbol": "arrow",
            "angleref": "previous",
            "size": [0, 16],
            "line": {"color": theme.outline, "width": 1.5},
        },
        hoverinfo="skip",
        showlegend=False,
        visible=shown,
        meta=point(["x", f"{tip}_x"], ["y", f"{tip}_y"]),
    )
    return halo(arrow, theme.outline), arrow
