"""What keeps a line apart from any ground: the same line behind it, wider, in another colour."""

import plotly.graph_objects as go

WIDER = 3.0  # pixels, on both sides together


def halo(line: go.Scatter, colour: str) -> go.Scatter:
    """A copy of the trace `line`, to be drawn behind it. It moves along, and its name is ""."""
    meta = {name: value for name, value in (line.meta or {}).items() if name != "label"}
    behind = go.Scatter(line).update(name="", meta=meta, showlegend=False, hoverinfo="skip", opacity=1)
    behind.update(hovertemplate=None, line_color=colour, line_width=line.line.width + WIDER)
    behind.line.dash = "solid"  # beneath the gaps of a dashed line, too
    return behind.update(marker_color=colour) if line.marker.color else behind
