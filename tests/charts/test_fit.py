"""The fit's residuals and squares: what the figure contains before a run moves it."""

import plotly.graph_objects as go
import pytest

from thermofit import Config
from thermofit.charts.fit import FAINT, Points, fit
from thermofit.charts.theme import THEMES
from thermofit.ui.scenes import fit_and_loss, landscape

READINGS = Points([1, 2], [10.0, 20.0], [-5.0, 0.5])
NONE = Points([], [], [])


def figure(theme: str, validation: Points = NONE) -> go.Figure:
    return fit(READINGS, validation, (0.5, -10.0), ("x", "y"), THEMES[theme])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("validation", [NONE, READINGS])
def test_each_toggle_shows_what_it_says(theme: str, validation: Points) -> None:
    made = figure(theme, validation)
    shown = {
        toggle["label"]: [made.data[index] for index in toggle["traces"]]
        for toggle in made.layout.meta["toggles"]
    }
    assert all(trace.meta["play"] == "squares" for trace in shown["Squares"])
    assert all(trace.meta["play"] == "line" and trace.meta["step"] == 3 for trace in shown["Residuals"])
    assert [trace.name for trace in shown["Closed-form line"]] == ["Closed-form line"]
    assert all(trace.visible is False for traces in shown.values() for trace in traces)


@pytest.mark.parametrize("theme", THEMES)
def test_squares_begin_as_points_with_gaps_and_are_faint(theme: str) -> None:
    train, validation = figure(theme, READINGS).data[:2]
    assert list(train.x) == [10.0] * 5 + [None] + [20.0] * 5 + [None]
    assert list(train.y) == [-5.0] * 5 + [None] + [0.5] * 5 + [None]
    assert train.fillcolor.endswith(f"{FAINT})") and train.fill == "toself"
    assert (train.line.dash, validation.line.dash) == ("solid", "dash")  # not colour alone


def test_who_fits_by_hand_sees_residuals_and_squares_and_nobody_else() -> None:
    def on(scene: fit_and_loss.Scene) -> set[str]:
        chart = next(f for f in scene.figures if "Squares" in str(f.layout.meta.get("toggles")))
        return {toggle["label"] for toggle in chart.layout.meta["toggles"] if toggle["on"]}

    view = (Config(), "trained", "fit", "100", "light", "contours")
    assert on(landscape.scene(*view, True)) == set(landscape.ERRORS)
    assert on(landscape.scene(*view)) == on(fit_and_loss.lab(Config(), "100", "light")) == set()
