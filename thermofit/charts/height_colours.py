"""The colours of the landscape's heights, the same for contours and surface."""

import math
from collections.abc import Sequence
from typing import Any

from PIL import ImageColor
from plotly.colors import sample_colorscale

from thermofit.charts.theme import Theme
from thermofit.data.dataset import labelled
from thermofit.landscape.loss_surface import Surface
from thermofit.numbers import number
from thermofit.words import tr

# From the floor of the valley (the colour of the paper) upwards: one hue, evenly darker or lighter, so that
# colour-blind readers see the same, and pale enough for what is drawn on top.
HEIGHTS = {
    "light": ("#ffffff", "#eceff4", "#d6dbe5", "#c0c7d5", "#aab3c4"),
    "dark": ("#14151a", "#1d2129", "#29303c", "#373f4e", "#454f61"),
}
LINES = {"light": "#4a5160", "dark": "#9aa5b8"}  # a contrast of 3 with each of them, or more
TICKS = 6  # losses written beside the colours, at most


def shades(stops: Sequence[str], count: int) -> list[str]:
    """`count` colours as #rrggbb, evenly spaced along the stops."""
    points = [i / max(1, count - 1) for i in range(count)]
    return ["#" + bytes(ImageColor.getrgb(mixed)).hex() for mixed in sample_colorscale(list(stops), points)]


def tones(surface: Surface, theme: Theme) -> list[str]:
    """One colour for each band between levels, the lowest first."""
    return shades(HEIGHTS[theme.name], len(surface.levels) + 1)


def height_scale(surface: Surface, theme: Theme) -> dict[str, Any]:
    """The colours of heights in steps, one per band, as Plotly's `cmin`, `cmax` and `colorscale`."""
    colours, levels = tones(surface, theme), surface.levels
    step = levels[1] - levels[0] if len(levels) > 1 else 1.0
    edges = [i / len(colours) for i in range(len(colours) + 1)]
    scale = [[edge, colour] for i, colour in enumerate(colours) for edge in edges[i : i + 2]]
    low = levels[0] - step if levels else 0.0
    return {"cmin": low, "cmax": low + step * len(colours), "colorscale": scale}


def tick_distance(surface: Surface) -> int:
    """Every how many levels a loss is written."""
    return max(1, math.ceil(len(surface.levels) / TICKS))


def bar(surface: Surface, unit: str) -> dict[str, Any]:
    """The losses that the colours stand for."""
    every = tick_distance(surface)
    return {
        "title": {"text": labelled(tr("Loss"), unit), "side": "right", "font": {"size": 14}},
        "tickvals": surface.levels[::every],
        "ticktext": [number(loss) for loss in surface.losses[::every]],
        "tickfont": {"size": 13},
        "thickness": 12,
        "outlinewidth": 0,
        "xpad": 6,
    }
