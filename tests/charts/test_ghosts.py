"""Ghosts of an abandoned future: in every picture of a run, for the columns that it draws."""

from typing import Any

import pytest

from thermofit import Config
from thermofit.charts.bindings import GHOST
from thermofit.charts.theme import LEFT, THEMES
from thermofit.charts.x_axis import AXES
from thermofit.config.view import Axis, View
from thermofit.live.protocol import Scene
from thermofit.ui.lab.chart_tabs import lab_scene
from thermofit.ui.scenes import fit_and_loss, landscape


def traces(scene: Scene, figure: int) -> list[dict[str, Any]]:
    return [dict(trace) for trace in scene.as_json()["figures"][figure]["data"]]


def ghosts(scene: Scene, figure: int) -> list[dict[str, Any]]:
    return [trace for trace in traces(scene, figure) if trace.get("meta", {}).get("track") == GHOST]


def columns(trace: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value for name, value in trace["meta"].items() if name in ("x", "y", "z", "slope", "intercept")
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("val", [0.0, 0.2])
@pytest.mark.parametrize("axis", AXES)
def test_each_loss_has_a_ghost_that_is_thinner_than_its_curve(theme: str, val: float, axis: Axis) -> None:
    scene = fit_and_loss.lab(Config(val=val), "100", theme, axis)
    curves = [trace for trace in traces(scene, 1) if trace.get("meta", {}).get("play") == "curve"]
    for ghost, curve in zip(ghosts(scene, 1), curves, strict=True):
        assert columns(ghost) == columns(curve)
        assert ghost["line"]["color"] == curve["line"]["color"]
        assert ghost["line"]["width"] < curve["line"]["width"] and ghost["line"]["dash"] == "dot"
        assert ghost["name"] == LEFT and ghost["visible"] is False


@pytest.mark.parametrize("theme", THEMES)
def test_the_fit_has_the_line_in_which_it_ended(theme: str) -> None:
    scene = fit_and_loss.lab(Config(), "100", theme)
    (ghost,) = ghosts(scene, 0)
    current = next(trace for trace in traces(scene, 0) if trace.get("name") == "Current line")
    assert columns(ghost) == columns(current)
    assert ghost["visible"] is False and ghost["meta"]["note"] == LEFT and not ghost["showlegend"]


@pytest.mark.parametrize("units", landscape.UNITS)
@pytest.mark.parametrize("shape", landscape.SHAPES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_landscape_has_the_path_that_was_left(theme: str, shape: Any, units: Any) -> None:
    scene = lab_scene(Config(), View("landscape", units, shape), "100", theme)
    (ghost,) = ghosts(scene, 1)
    path = next(trace for trace in traces(scene, 1) if trace.get("name") == "Path")
    assert columns(ghost) == columns(path)
