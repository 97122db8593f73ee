"""The points of the fit as something that can be moved, added and removed: what the browser needs for it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from thermofit import Config
from thermofit.charts.fit import CLOSED_FORM, RESIDUALS, SQUARES
from thermofit.data.dataset import LARGEST_READING
from thermofit.data.edit import MOST_POINTS, values
from thermofit.data.table.limits import FEWEST_ROWS
from thermofit.landscape.axes import Units
from thermofit.numbers import count
from thermofit.stage.scene import Scene
from thermofit.training.assembly import prepared
from thermofit.words import mark, tr

SWITCH = mark("Edit points")


def editable(scene: Scene, config: Config, units: Units = "trained") -> Scene:
    """The scene whose fit, its first figure, has a switch that makes its points editable; off at first.

    Of more than 200 readings the switch only says that there are too many. `units` are those of the
    landscape, if there is one beside it.
    """
    fit, *others = scene.figures
    few = len(config.dataset) <= MOST_POINTS
    switch = {"label": tr(SWITCH) if few else refused(), "on": False, "edit": True, "refused": not few}
    meta = {**fit.layout.meta, "toggles": [*fit.layout.meta["toggles"], switch]}
    if few:
        meta["edit"] = told(config, fit, units)
    return replace(scene, figures=[go.Figure(fit).update_layout(meta=meta), *others])


def refused() -> str:
    """What the switch says instead of its name where there are too many readings."""
    return tr("Edit points (up to {most} readings)", most=count(MOST_POINTS))


def told(config: Config, fit: go.Figure, units: Units) -> Mapping[str, Any]:
    """The readings with all their digits, and the traces that show them (stage/frontend/points.js).

    `training` are the row numbers, from 0 on, of which the numbers of the closed form are told.
    """
    data = config.dataset
    return {
        "of": data.fingerprint,
        "inputs": values(data.exact_u),
        "targets": values(data.exact_c),
        "training": prepared(config).split.train.tolist(),
        "scaling": config.scaling,
        "loss": config.loss,
        "units": units,
        "names": {"x": data.shown(data.input_name), "y": data.shown(data.target_name)},
        "most": {"reading": LARGEST_READING, "points": MOST_POINTS},
        "fewest": FEWEST_ROWS,
        "traces": _traces(fit),
    }


def _traces(fit: go.Figure) -> Mapping[str, Sequence[int]]:
    """Where the figure shows readings, by what they show of them."""
    markers = [index for index, trace in enumerate(fit.data) if "hover" in (trace.meta or {})]
    return {"markers": markers, "residuals": RESIDUALS, "squares": SQUARES, "closed": CLOSED_FORM}
