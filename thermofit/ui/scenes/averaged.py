"""The average of the parameters in a scene: a second line, a second point, and what its loss is."""

from dataclasses import replace

import plotly.graph_objects as go

from thermofit import Config
from thermofit.charts.average import NAME, average_line, average_path
from thermofit.charts.bindings import column, sentence
from thermofit.charts.fit import current_line
from thermofit.charts.theme import THEMES
from thermofit.data.scaling import Scale
from thermofit.landscape.axes import Terms
from thermofit.stage.scene import Scene
from thermofit.ui.scenes.units import loss_unit
from thermofit.words import tr


def average_columns(config: Config) -> list[str]:
    """What is sent of the average, where there is to be one."""
    return ["average_w", "average_b", "average_loss"] if config.average else []


def with_line(figure: go.Figure, config: Config, theme: str) -> go.Figure:
    """The fit with the line of the average."""
    if not config.average:
        return figure
    current = current_line(figure)
    return go.Figure(figure).add_trace(average_line(current.x, THEMES[theme]))


def with_point(figure: go.Figure, config: Config, theme: str) -> go.Figure:
    """The contours with the average's way and place, and a switch for them."""
    if not config.average:
        return figure
    look, first = THEMES[theme], len(figure.data)
    switch = {"label": tr(NAME), "on": True, "traces": [first, first + 1], "colour": look.average}
    meta = {**figure.layout.meta, "toggles": [*figure.layout.meta["toggles"], switch]}
    return go.Figure(figure).add_traces(average_path(look)).update_layout(meta=meta)


def with_readout(scene: Scene, config: Config) -> Scene:
    """The scene with the training loss of the average beneath that of the line."""
    if not config.average:
        return scene
    words = sentence(
        tr("{unit}, average: {loss}"), unit=loss_unit(config), loss=column("average_loss", digits=5)
    )
    told = [replace(each, below=words) if each.role == "train" else each for each in scene.readouts]
    return replace(scene, readouts=told)


def average_terms(scale: Scale, names: tuple[str, str]) -> Terms:
    """Two columns of these names as sums of the average's: factor w, and offset w + b."""
    return {
        names[0]: {"average_w": scale.factor},
        names[1]: {"average_w": scale.offset, "average_b": 1.0},
    }
