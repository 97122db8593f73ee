"""The look that all figures share. Each figure has a module of its own.

Figures are declared once: plain values in, figure out. A trace that moves while a run plays says in its
`meta` which recorded columns move it (see `bindings`); the stage in the browser does the rest. Nothing here
computes a loss.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

import plotly.graph_objects as go

from thermofit.numbers import THIN
from thermofit.words import language, mark, tr


@dataclass(frozen=True)
class Theme:
    """The colours of one theme. A meaning has the same hue in both, lighter on dark for contrast."""

    name: str
    ink: str
    soft: str
    grid: str
    paper: str
    train: str
    validation: str
    gradient: str
    outline: str  # around what has the gradient's colour: stands out from every ground, and from it
    batch: str  # what one step's readings say, whose contrast is at least 3 on every height of the landscape
    average: str  # the average of the parameters, with as much contrast
    palette: tuple[str, ...]  # for further runs, chosen to be told apart whatever colours a person sees


THEMES = {
    "light": Theme(
        name="light",
        ink="#1b1b1f",
        soft="#5b5b63",
        grid="#e3e3e8",
        paper="#ffffff",
        train="#0072B2",
        validation="#D55E00",
        gradient="#CC79A7",
        outline="#1b1b1f",
        batch="#00441b",
        average="#4a1486",
        palette=(
            "#A60000",
            "#9B43FF",
            "#00592C",
            "#000BE9",
            "#85006F",
            "#599B64",
            "#9B5959",
            "#640BB1",
            "#BC2190",
            "#A67AF4",
        ),
    ),
    "dark": Theme(
        name="dark",
        ink="#f4f4f6",
        soft="#b4b4bd",
        grid="#34343c",
        paper="#14151a",
        train="#56B4E9",
        validation="#FF8A3D",
        gradient="#E79AC3",
        outline="#14151a",
        batch="#7ee0a0",
        average="#c9b0ff",
        palette=(
            "#FFDE00",
            "#9037FF",
            "#B1D390",
            "#377AA6",
            "#B14E6F",
            "#90DEFF",
            "#856F00",
            "#9B7AFF",
            "#BC7A64",
            "#E90BBC",
        ),
    ),
}

DECADES = 3  # a log axis shorter than this is labelled at 2 and 5, too; see frontend/axes.js
POWERS = 8  # labels at most on a longer one
PLAIN = ",.6~g"  # a tick label in full and of one size, where Plotly would mix powers with small digits

DASHES = ("dash", "dot", "dashdot", "longdash", "longdashdot", "solid")

FONT = '"Source Sans", "Source Sans 3", system-ui, sans-serif'

LEFT = mark("Before the change")  # the name of every ghost


MARGIN = 66  # pixels left of the axes
DIGIT = 9  # pixels of a digit, with its share of the thin spaces


@cache
def template(theme: Theme) -> go.layout.Template:
    """The one look of all charts; each figure takes a copy."""
    axis = {
        "gridcolor": theme.grid,
        "linecolor": theme.soft,
        "zeroline": False,
        "ticks": "outside",
        "tickcolor": theme.grid,
        "title": {"font": {"size": 15}, "standoff": 8},
        "tickfont": {"size": 14, "color": theme.soft},
        "automargin": False,
        "separatethousands": True,
        "minexponent": 7,  # below ten millions numbers are written out
    }
    layout = {
        "font": {"family": FONT, "size": 14, "color": theme.ink},
        "title": {"font": {"size": 17}, "x": 0.0, "xref": "paper", "xanchor": "left"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": axis,
        "yaxis": axis,
        "margin": {"l": MARGIN, "r": 18, "t": 28, "b": 52},
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


def escaped(text: str) -> str:
    """A text that was written by people, without a meaning for Plotly: no tags, no places."""
    return escape(text, quote=False).replace("%{", "% {")


def figure(theme: Theme, traces: Sequence[Any], **layout: Any) -> go.Figure:
    """Traces in the shared look; the reader's zoom is kept until the layout has another `uirevision`."""
    separators = language().decimal + THIN
    look = {"template": template(theme), "separators": separators, "uirevision": "stage"}
    return go.Figure(list(traces)).update_layout(**{**look, **layout})


def room_left(*values: float, most: float = 1e7) -> int:
    """The left margin for an axis on which numbers as large as these are written out, up to `most`.

    The usual one has room for five digits.
    """
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    digits = len(str(int(min(largest, most - 1))))
    return MARGIN + DIGIT * max(0, digits - 5 + any(value < 0 for value in values))


def as_json(figure: go.Figure) -> Mapping[str, Any]:
    """The figure as plain JSON values, for the stage."""
    import orjson

    parsed: Mapping[str, Any] = orjson.loads(figure.to_json(engine="orjson") or "{}")
    return parsed


def log_ticks(low: float, high: float) -> dict[str, Any]:
    """How a log axis between two powers of ten is labelled: at 1, 2 and 5, or at powers only."""
    if high - low < DECADES:
        return {"dtick": "D2", "tickformat": PLAIN}
    return {"dtick": max(1, math.ceil((high - low) / POWERS)), "exponentformat": "power"}


def switched_on(figure: go.Figure, labels: Sequence[str]) -> go.Figure:
    """A copy in which the toggles with these labels, in English, are on at first."""
    chosen = [tr(label) for label in labels]
    toggles = [
        toggle | {"on": toggle["on"] or toggle["label"] in chosen} for toggle in figure.layout.meta["toggles"]
    ]
    return go.Figure(figure).update_layout(meta={**figure.layout.meta, "toggles": toggles})


def track_style(number: int, theme: Theme) -> tuple[str, str]:
    """Colour and dash of a further run, counted from 0; no two of the first twenty are alike."""
    rounds, place = divmod(number, len(theme.palette))
    return theme.palette[place], DASHES[(number + rounds) % len(DASHES)]


LEGIBLE = 16  # pixels; the smallest text on a projector


def enlarged(figure: go.Figure) -> go.Figure:
    """A copy in which no text is smaller than LEGIBLE."""
    size = {"font": {"size": LEGIBLE}}
    copy = go.Figure(figure).update_layout(**size, legend=size, hoverlabel=size, margin={"l": 78, "b": 58})
    # An explicit format, because Plotly writes powers and the numbers between them in smaller type.
    return copy.update_xaxes(tickfont_size=LEGIBLE, title=size).update_yaxes(
        tickfont_size=LEGIBLE, title=size, tickformat=PLAIN
    )
