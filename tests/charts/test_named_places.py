"""The places of the landscape are named where nothing crosses their names."""

import itertools

import numpy as np
import pytest

from thermofit import Config
from thermofit.config.labels import SHAPES, UNITS
from thermofit.config.lineups import LINEUPS
from thermofit.config.view import Shape, Units
from thermofit.ui.race.picture import race_scene
from thermofit.ui.scenes.landscape import scene

NAMES = ["Minimum", "True °F→°C line"]


@pytest.mark.parametrize(("units", "shape"), list(itertools.product(UNITS, SHAPES)))
def test_no_name_stands_within_the_picture(units: Units, shape: Shape) -> None:
    picture = scene(Config(), units, "fit", "100", "light", shape).figures[0]
    assert not any("text" in (trace.mode or "") for trace in picture.data if "scatter" in trace.type)
    named = [
        trace.name for trace in picture.data if trace.type != "surface" and trace.showlegend is not False
    ]
    assert named == NAMES


def test_the_race_names_its_runners_on_the_board_only() -> None:
    race, _ = LINEUPS["same-rate"].race(Config())
    picture = race_scene(race, "trained", "epochs", "epochs", "100", "light").figures[1]
    assert [trace.name for trace in picture.data if trace.showlegend is not False] == NAMES


def test_the_ball_lies_on_the_surface_not_in_it() -> None:
    """Its centre is lifted by more than its radius, which is 8 of about 250 pixels of height."""
    shown = scene(Config(), "trained", "fit", "100", "light", "surface")
    ball, path = shown.derived["ball"], shown.derived["height"]
    assert np.log10(ball["train_loss"] / path["train_loss"]) > 8 / 250 * np.log10(495 / 3.28)
    marks = [
        trace for trace in shown.figures[0].data if trace.type == "scatter3d" and trace.mode == "markers"
    ]
    assert {trace.meta["z"] for trace in marks if trace.meta} == {"ball"}
