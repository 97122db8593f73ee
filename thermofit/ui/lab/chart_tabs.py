"""Which picture of the loss is shown: tabs above the stage, remembered across pages."""

from collections.abc import Sequence

import streamlit as st

from thermofit import Config
from thermofit.config.labels import CHARTS, SHAPES, UNITS
from thermofit.config.pin import Pin
from thermofit.config.view import Chart, Shape, Units, View
from thermofit.stage.scene import PackedScene, Scene
from thermofit.ui.controls.one_choice import one_choice
from thermofit.ui.controls.x_axis import x_axis
from thermofit.ui.navigation import LESSON
from thermofit.ui.scenes import fit_and_loss, landscape
from thermofit.ui.scenes.editable import editable
from thermofit.ui.scenes.kept import kept
from thermofit.ui.scenes.pinned import Kind, with_curves, with_table
from thermofit.ui.state import embed, keys
from thermofit.words import mark, tr

TO_THE_LESSON = mark("The lesson: nine short chapters that begin with one line and eleven points.")

# The charts are tabs: the open one is underlined.
STYLE = """<style>
.st-key-lab-tabs { border-bottom: 1px solid color-mix(in srgb, var(--st-text-color, gray) 22%, transparent); }
[class*="st-key-set-chart"] button { border: 0; border-radius: 0; background: none; }
[class*="st-key-set-chart"] button { border-bottom: 3px solid transparent; }
[class*="st-key-set-chart"] button[kind$="Active"] { border-bottom-color: currentColor; }
@media (max-width: 640px), (pointer: coarse) {
  :is([class*="st-key-set-chart"], [class*="st-key-set-shape"], [class*="st-key-set-units"]) button,
  :is([class*="st-key-set-axis"], .st-key-experiment) button { min-height: 44px; min-width: 44px; }
}
@media (max-width: 1000px) { /* beneath the title, not cut off beside it */
  [data-testid="stHorizontalBlock"]:has(> .stColumn [class*="st-key-set-shape"]) { flex-wrap: wrap; }
  [data-testid="stHorizontalBlock"] > .stColumn:has([class*="st-key-set-shape"]) { min-width: 100%; }
}
</style>"""


def lab_tabs() -> View:
    """The tabs above the Lab's stage, with the options of the open one beside them."""
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="bottom", key=keys.LAB_TABS):
        chart: Chart = one_choice(tr("Beside the fit"), CHARTS, keys.CHART, labelled=False)
        view = View(chart, *look()) if chart == "landscape" else View(chart, axis=x_axis(in_a_row=True))
        if not embed.is_bare():
            _to_the_lesson()
        return view


def _to_the_lesson() -> None:
    with st.container(horizontal=True, horizontal_alignment="right", key=keys.TO_THE_LESSON):
        st.page_link(LESSON.file, label=tr("New? Start here"), icon=LESSON.icon, help=tr(TO_THE_LESSON))


def look() -> tuple[Units, Shape]:
    """How the landscape is drawn; every page offers the same options."""
    shape: Shape = one_choice(
        tr("Shape"),
        SHAPES,
        keys.SHAPE,
        tr("Seen from above, or as a surface that you can turn."),
        labelled=False,
    )
    units: Units = one_choice(
        tr("Units"),
        UNITS,
        keys.UNITS,
        tr("As trained: w and b of the scaled inputs. Original: slope and intercept of the line drawn."),
        labelled=False,
    )
    return units, shape


def lab_scene(config: Config, shown: View, speed: str, theme: str, pins: Sequence[Pin] = ()) -> PackedScene:
    """The fit beside the chosen chart, with the pinned runs.

    The rows serve every choice, so a run plays on when it changes.
    """
    return kept(_scene, config if pins else _as_drawn(config, shown), shown, speed, theme, tuple(pins))


def _as_drawn(config: Config, shown: View) -> Config:
    """One set-up for all that look the same, as long as no table tells them apart."""
    return fit_and_loss.without_rate(config) if shown.chart == "loss" else landscape.as_drawn(config)


def _scene(config: Config, shown: View, speed: str, theme: str, pins: Sequence[Pin]) -> Scene:
    drawn = _as_drawn(config, shown)
    kinds: tuple[Kind, Kind] = ("fit", "loss" if shown.chart == "loss" else shown.shape)
    if shown.chart == "loss":
        scene = landscape.lab(drawn, speed, theme, shown.axis)
    else:
        scene = landscape.scene(drawn, shown.units, "landscape", speed, theme, shown.shape)
    scene = editable(scene, config, shown.units)
    return with_table(with_curves(scene, kinds, config, pins, shown), config, pins)
