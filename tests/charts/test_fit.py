"""The fit's residuals and squares: what the figure contains before a run moves it."""

import plotly.graph_objects as go
import pytest
import torch

from thermofit import Config, Run
from thermofit.charts.fit import FAINT, Points, Words, fit
from thermofit.charts.theme import THEMES
from thermofit.data.dataset import Dataset
from thermofit.data.own import own_dataset
from thermofit.numbers import count
from thermofit.ui.scenes import fit_and_loss, landscape

READINGS = Points([1, 2], [10.0, 20.0], [-5.0, 0.5])
NONE = Points([], [], [])


def figure(theme: str, validation: Points = NONE) -> go.Figure:
    return fit(READINGS, validation, (0.5, -10.0), Words("Weight (kg)", "Range (km)", "km"), THEMES[theme])


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


def test_names_and_units_are_those_of_the_readings() -> None:
    made = figure("light", READINGS)
    assert (made.layout.xaxis.title.text, made.layout.yaxis.title.text) == ("Weight (kg)", "Range (km)")
    hovers = [trace.hovertemplate for trace in made.data if trace.hovertemplate]
    assert len(hovers) == 2 and all(text.count(" km<") == 3 and "°C" not in text for text in hovers)
    alt = "".join(part if isinstance(part, str) else "…" for part in made.layout.meta["alt"])
    assert alt == "The fit: 4 readings and the current line. Range (km) = … · Weight (kg) …"


def test_names_of_ones_own_readings_have_no_meaning_for_plotly() -> None:
    rows = torch.tensor([1.0, 2.0]), torch.tensor([1.0, 3.0])
    own = Dataset("own", *rows, "<b>x</b>%{y}", "a<br>", "&", "<i>")
    scene = fit_and_loss.lab(Config(data=own, val=0.0), "100", "light")
    assert scene.figures[0].layout.xaxis.title.text == "&lt;b&gt;x&lt;/b&gt;% {y} (a&lt;br&gt;)"
    assert scene.figures[0].layout.yaxis.title.text == "&amp; (&lt;i&gt;)"


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


@pytest.mark.parametrize("theme", THEMES)
def test_the_current_line_alone_is_missed_when_it_has_left_the_picture(theme: str) -> None:
    told = {trace.name for trace in figure(theme, READINGS).data if "gone" in (trace.meta or {})}
    assert told == {"Current line"}


@pytest.mark.parametrize(("rows", "val"), [(1000, 0.2), (1001, 0.2), (10_000, 0.0), (10_000, 0.5)])
def test_of_many_readings_some_are_drawn_and_the_picture_says_so(rows: int, val: float) -> None:
    pair = torch.randn(2, rows, generator=torch.Generator().manual_seed(1))
    own = own_dataset(*pair.tolist(), "load (kg)", "length (cm)")
    run = Run(Config(data=own, val=val, scaling="none"))
    made = fit_and_loss.lab(run.config, "100", "light").figures[0]
    points = {trace.name: trace for trace in made.data if trace.mode == "markers"}
    drawn = sum(len(trace.x) for trace in points.values())
    assert drawn == rows if rows <= fit_and_loss.MOST_DRAWN else 980 <= drawn <= 1000
    for name, part in (("Training", run.split.train), ("Validation", run.split.validation)):
        if not len(part):
            continue
        numbers = [item[0] for item in points[name].customdata]
        assert set(numbers) <= {row + 1 for row in part.tolist()} and len(set(numbers)) == len(numbers)
        assert points[name].x == pytest.approx([own.t_u[number - 1].item() for number in numbers], abs=1e-5)
    (low, high), values = made.layout.xaxis.range, own.t_u
    assert (
        low < values.min() and high > values.max() and high - low < 1.2 * float(values.max() - values.min())
    )
    said = f"{count(drawn)} of {count(rows)} readings"
    assert (said in made.layout.xaxis.title.text) == (said in made.layout.meta["alt"][0]) == (drawn < rows)
