"""Which picture of the loss is shown: tabs above the stage, remembered across pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from thermofit import Config
from thermofit.landscape.axes import Units
from thermofit.stage.scene import Scene
from thermofit.ui.scenes import fit_and_loss, landscape
from thermofit.ui.scenes.landscape import SHAPES, UNITS, Shape
from thermofit.ui.state import keys

Chart = Literal["loss", "landscape"]

CHARTS: dict[Chart, str] = {"loss": "Loss", "landscape": "Landscape"}

# The charts are tabs: the open one is underlined.
STYLE = """<style>
.st-key-lab-tabs { border-bottom: 1px solid color-mix(in srgb, var(--st-text-color, gray) 22%, transparent); }
.st-key-lab-chart button { border: 0; border-radius: 0; background: none; }
.st-key-lab-chart button { border-bottom: 3px solid transparent; }
.st-key-lab-chart button[kind$="Active"] { border-bottom-color: currentColor; }
@media (max-width: 640px) {
  :is(.st-key-lab-chart, [class*="st-key-landscape"], .st-key-experiment) button { min-height: 44px; }
}
</style>"""


@dataclass(frozen=True)
class Shown:
    """What the Lab's second chart shows, and how the landscape is drawn."""

    chart: Chart = "loss"
    shape: Shape = "contours"
    units: Units = "trained"


def lab_tabs() -> Shown:
    """The tabs above the Lab's stage, with the landscape's options beside them."""
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="bottom", key=keys.LAB_TABS):
        chart: Chart = _choice("Beside the fit", CHARTS, keys.LAB_CHART)
        return Shown(chart, *look()) if chart == "landscape" else Shown()


def look() -> tuple[Shape, Units]:
    """How the landscape is drawn; every page offers the same options."""
    shape: Shape = _choice(
        "Shape", SHAPES, keys.LANDSCAPE_SHAPE, "Seen from above, or as a surface that you can turn."
    )
    units: Units = _choice(
        "Units",
        UNITS,
        keys.LANDSCAPE_UNITS,
        "As trained: w and b of the scaled inputs. Original: slope and intercept of the line drawn.",
    )
    return shape, units


def _choice(label: str, options: Mapping[Any, str], key: str, tip: str | None = None) -> Any:
    """One of a few options, at first the first one, remembered in the session."""
    return st.segmented_control(
        label,
        list(options),
        format_func=options.__getitem__,
        default=next(iter(options)),
        key=key,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
        help=tip,
    )


def lab_scene(config: Config, shown: Shown, speed: str, theme: str) -> Scene:
    """The fit beside the chosen chart. The rows serve every choice, so a run plays on when it changes."""
    if shown.chart == "loss":
        return landscape.lab(fit_and_loss.without_rate(config), speed, theme)
    return landscape.scene(config, shown.units, "landscape", speed, theme, shown.shape)
