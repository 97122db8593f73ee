"""The landscape as a surface: its heights are the theoretical losses, and the run lies on it."""

import numpy as np
import orjson
import plotly.graph_objects as go
import pytest
import torch

from thermofit import Config, train
from thermofit.charts.surface_3d import above, height
from thermofit.data.scaling import SCALINGS
from thermofit.landscape.loss_surface import losses_at
from thermofit.model.losses import LOSSES
from thermofit.stage.scene import Scene
from thermofit.ui.scenes import landscape

THEMES = ("light", "dark")


def scene(config: Config, units: landscape.Units, theme: str = "light") -> Scene:
    return landscape.scene(config, units, "fit", "100", theme, "surface")


def trace(figure: go.Figure, name: str) -> go.Scatter3d:
    return next(part for part in figure.data if part.name == name)


@pytest.mark.parametrize("units", landscape.UNITS)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("loss", LOSSES)
def test_heights_are_the_losses(units: landscape.Units, theme: str, scaling: str, loss: str) -> None:
    config = Config(scaling=scaling, loss=loss)
    drawn = scene(config, units, theme).figures[0].data[0]
    known, here = landscape.heights(config, units), landscape.marks(config, units)
    w, b = np.meshgrid(drawn.x, drawn.y)
    points = torch.tensor(np.stack([w.ravel(), b.ravel()], axis=1), dtype=torch.float64)
    targets = landscape.prepared(config).train_targets.double()
    expected = losses_at(points, here.inputs.double(), targets, LOSSES[loss])
    got = torch.tensor(drawn.z, dtype=torch.float64) + known.floor - known.lift
    # the grid points are float32, so the loss there differs slightly
    assert torch.allclose(got.flatten(), expected, rtol=1e-3, atol=1e-3 * known.lift + 1e-5)


@pytest.mark.parametrize("units", landscape.UNITS)
@pytest.mark.parametrize("scaling", SCALINGS)
def test_the_run_stands_just_above_the_surface(units: landscape.Units, scaling: str) -> None:
    """On the log axis, every point of a run lies above the height of its loss by the same amount."""
    rate = {"none": 1e-4, "tenth": 0.01}.get(scaling, 0.1)
    config = Config(scaling=scaling, lr=rate, epochs=50)
    surface, run = landscape.heights(config, units), train(config)
    terms = scene(config, units).derived["height"]
    assert terms == height(surface)
    for row in (run.row(epoch) for epoch in (0, 1, 50)):
        drawn = terms["train_loss"] * row["train_loss"] + terms["one"]
        expected = surface.height_of(row["train_loss"]) + np.log10(above(surface))
        assert np.log10(drawn) == pytest.approx(expected, abs=1e-3)


def test_the_lowest_place_is_the_minimum() -> None:
    figure = scene(Config(), "trained").figures[0]
    floor, low = trace(figure, "Minimum").z[0], figure.layout.scene.zaxis.range[0]
    assert low < np.log10(floor) < np.log10(trace(figure, "True °F→°C line").z[0])


@pytest.mark.parametrize("units", landscape.UNITS)
def test_a_surface_stays_small_at_a_million_epochs(units: landscape.Units) -> None:
    made = scene(Config(epochs=1_000_000), units)
    assert len(orjson.dumps(made.as_json())) < 160_000


@pytest.mark.parametrize("loss", LOSSES)
def test_every_picture_finds_the_rows_of_every_other(loss: str) -> None:
    config = Config(loss=loss)
    columns = landscape.lab(config, "100", "light").columns
    for units in landscape.UNITS:
        for shape in landscape.SHAPES:
            assert landscape.scene(config, units, "landscape", "100", "light", shape).columns == columns
            assert landscape.scene(config, units, "fit", "100", "light", shape).columns == columns
    assert ("grad_w" in columns) == (loss != "mse")  # there it follows from w and b
