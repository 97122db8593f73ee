"""Pictures and readouts are in the units of the readings, for every data set."""

import itertools

import pytest
import torch

from thermofit import Config
from thermofit.charts.bindings import Parts
from thermofit.data.dataset import Dataset, labelled
from thermofit.data.registry import DATASETS
from thermofit.data.table.columns import name_and_unit
from thermofit.model.losses import LOSSES
from thermofit.ui.scenes import landscape
from thermofit.ui.scenes.fit_and_loss import lab

DATA = pytest.mark.parametrize("data", DATASETS)


def texts(parts: Parts) -> str:
    return "".join(part if isinstance(part, str) else "…" for part in parts)


@DATA
def test_no_picture_speaks_of_another_sets_units(data: str) -> None:
    for beside, shape in (("fit", "contours"), ("landscape", "surface")):
        scene = landscape.scene(Config(data=data, scaling="none"), "original", beside, "100", "light", shape)
        told = "".join(str(figure.to_plotly_json()) for figure in scene.figures)
        told += "".join(texts(part) for readout in scene.readouts for part in (readout.value, readout.below))
        assert ("°C" in told) == (data == "thermometer")
        assert ("°F→°C" in told) == (data == "thermometer")


@DATA
def test_titles_have_the_sets_units(data: str) -> None:
    readings = DATASETS[data]
    labels = landscape.labels_of(Config(data=data), "original")
    assert labels[0] == f"Slope ({readings.slope_unit})"
    assert labels[1] == (f"Intercept ({readings.target_unit})" if readings.target_unit else "Intercept")


def test_a_unit_with_brackets_stands_in_square_ones() -> None:
    titles = []
    for shape, beside in (("contours", "fit"), ("surface", "fit")):
        scene = landscape.scene(Config(data="hubble"), "trained", beside, "100", "light", shape)
        titles += [str(figure.to_plotly_json()) for figure in scene.figures]
    titles += [str(figure.to_plotly_json()) for figure in lab(Config(data="hubble"), "100", "light").figures]
    told = "".join(titles)
    assert "Mean squared error [(km/s)²]" in told and "Height: loss [(km/s)²], log scale" in told
    assert "Loss [(km/s)²]" in told and "((" not in told
    assert labelled("x", "km") == "x (km)" and labelled("x", "") == "x"
    assert name_and_unit(labelled("x", "(km/s)²")) == ("x", "(km/s)²")


@pytest.mark.parametrize(("loss", "units"), list(itertools.product(LOSSES, ("trained", "original"))))
def test_readouts_of_the_thermometer_stay(loss: str, units: landscape.Units) -> None:
    scene = landscape.scene(Config(loss=loss), units, "fit", "100", "light")
    below = {readout.label: texts(readout.below) for readout in scene.readouts}
    assert below["Training loss"] == ("°C" if loss == "mae" else "°C²")
    assert (below["Weight w"], below["Bias b"]) == ("× 0.1 = slope …", "… °C at t_u = 0")


def test_a_share_of_few_readings_may_hold_out_none() -> None:
    few = Dataset("own", torch.tensor([1.0, 2.0, 3.0, 4.0]), torch.tensor([1.0, 2.0, 2.0, 3.0]))
    for val, words in ((0.2, "no rows held out"), (0.25, "held-out rows"), (0.0, "no rows held out")):
        scene = landscape.scene(Config(data=few, val=val), "trained", "fit", "100", "light")
        below = {readout.label: texts(readout.below) for readout in scene.readouts}
        assert below["Validation loss"].endswith(words)
