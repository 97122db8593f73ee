"""Pinned runs in a scene: their curves in the charts, and the table that compares them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import plotly.graph_objects as go

from thermofit import Config
from thermofit.charts import pinned, surface_3d
from thermofit.charts.pinned import PinnedLine
from thermofit.charts.theme import THEMES, Theme
from thermofit.charts.x_axis import AXES
from thermofit.config.pin import Pin
from thermofit.config.view import Axis, Shape, View
from thermofit.landscape.axes import Terms, Units
from thermofit.stage.scene import Scene
from thermofit.training.assembly import prepared
from thermofit.ui.scenes import landscape
from thermofit.ui.scenes.pinned_board import board, track_of

Kind = Literal["fit", "loss", "contours", "surface"]


def with_table(scene: Scene, config: Config, pins: Sequence[Pin]) -> Scene:
    """The scene with the table of the pins, a button that pins the run, and charts that can be saved."""
    table = board(config, pins, THEMES[scene.theme])
    return replace(scene, board=table, pinnable=True, downloads=True)


def with_curves(
    scene: Scene, kinds: Sequence[Kind], config: Config, pins: Sequence[Pin], view: View
) -> Scene:
    """The scene, drawn as `view` says, with the curves of the pins in its figures, which are of these kinds.

    Runs on other readings than those of `config` are not drawn.
    """
    drawn = [pin for pin in pins if pin.config.data == config.data]
    look = THEMES[scene.theme]
    pairs = zip(scene.figures, kinds, strict=True)
    figures = [_figure(figure, kind, config, drawn, view.axis, look) for figure, kind in pairs]
    tracks = {track_of(pin, config.loss): _columns(pin, config, view.units) for pin in drawn}
    return replace(scene, figures=figures, tracks=tracks)


def over_landscape(
    config: Config,
    pins: Sequence[Pin],
    units: Units,
    beside: str,
    speed: str,
    theme: str,
    shape: Shape,
    by_hand: bool,
) -> Scene:
    """The scene of the landscape, as `landscape.scene` has it, with the curves of the pins that are shown."""
    scene = landscape.scene(landscape.as_drawn(config), units, beside, speed, theme, shape, by_hand)
    kinds: tuple[Kind, Kind] = (shape, "fit") if beside == "fit" else ("fit", shape)
    return with_curves(scene, kinds, config, [pin for pin in pins if pin.shown], View(units=units))


def _figure(
    figure: go.Figure, kind: Kind, config: Config, pins: Sequence[Pin], axis: Axis, look: Theme
) -> go.Figure:
    """A copy of the figure, with the curves of the pins; losses are drawn over this axis."""
    lines = [PinnedLine(track_of(pin, config.loss), pin.name, pin.style) for pin in pins]
    figure = go.Figure(figure)
    if kind == "surface":  # its height is the loss on the training rows of the present split
        same = [line for line, pin in zip(lines, pins, strict=True) if _same_rows(pin.config, config)]
        pinned.onto_surface(figure, same, look)
    elif kind == "loss":
        pinned.onto_loss(figure, lines, AXES[axis], look)
    else:
        add: Callable[..., None] = pinned.onto_fit if kind == "fit" else pinned.onto_contours
        add(figure, lines, look)
    return figure


def _same_rows(one: Config, other: Config) -> bool:
    return (one.val, one.split_seed) == (other.val, other.split_seed)


def _columns(pin: Pin, config: Config, units: Units) -> Terms:
    """Slope, intercept and the place in the landscape of a pinned run, as sums of its recorded columns."""
    own, base = prepared(pin.config).scale, prepared(config).scale
    drawn = landscape.as_drawn(config)
    return {
        "slope": {"w": own.factor},
        "intercept": {"w": own.offset, "b": 1.0},
        **landscape.marks(drawn, units).view.path_of(own, base),
        "height": surface_3d.height(landscape.heights(drawn, units)),
        "ball": surface_3d.height(landscape.heights(drawn, units), surface_3d.BALL),
    }
