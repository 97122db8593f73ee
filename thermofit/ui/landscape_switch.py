"""Which picture of the loss is shown: switches above the stage, remembered from page to page."""

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from thermofit import Config
from thermofit.landmarks import Units
from thermofit.ui import landscape, scenes
from thermofit.ui.landscape import UNITS
from thermofit.ui.stage import Scene

Chart = Literal["loss", "landscape"]

CHARTS: dict[Chart, str] = {"loss": "Loss", "landscape": "Landscape"}

# The charts are tabs: the one that is open stands on a line.
STYLE = """<style>
.st-key-lab-tabs { border-bottom: 1px solid color-mix(in srgb, var(--st-text-color, gray) 22%, transparent); }
.st-key-lab-chart button { border: 0; border-radius: 0; background: none; }
.st-key-lab-chart button { border-bottom: 3px solid transparent; }
.st-key-lab-chart button[kind$="Active"] { border-bottom-color: currentColor; }
</style>"""


@dataclass(frozen=True)
class Shown:
    """What the second chart of the Lab's pair shows, and in which units."""

    chart: Chart = "loss"
    units: Units = "trained"


def lab_tabs() -> Shown:
    """The tabs above the Lab's stage; what can be chosen about the landscape stands beside them."""
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="bottom", key="lab-tabs"):
        chart: Chart = st.segmented_control(
            "Beside the fit",
            list(CHARTS),
            format_func=CHARTS.__getitem__,
            default="loss",
            key="lab-chart",
            required=True,
            label_visibility="collapsed",
            persist_state="session",
        )
        return Shown(chart, units_switch()) if chart == "landscape" else Shown()


def lab_scene(config: Config, shown: Shown, speed: str, theme: str) -> Scene:
    """The fit, and beside it what is shown. Rows serve every choice, so a run plays on over a change."""
    if shown.chart == "loss":
        return landscape.lab(scenes.without_rate(config), speed, theme)
    return landscape.scene(config, shown.units, "landscape", speed, theme)


def units_switch() -> Units:
    """In which units the landscape is drawn: the same choice on every page."""
    units: Units = st.segmented_control(
        "Units",
        list(UNITS),
        format_func=UNITS.__getitem__,
        default="trained",
        key="landscape units",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
        help="As trained: w and b of the scaled inputs. Original: slope and intercept of the line drawn.",
    )
    return units
