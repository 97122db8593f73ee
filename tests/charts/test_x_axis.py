"""What losses are drawn over: one column for everything in the picture, and rows that serve every choice."""

import itertools
from typing import Any

import pytest
import torch

from thermofit import Config, Run
from thermofit.charts import race
from thermofit.charts.loss import loss
from thermofit.charts.theme import THEMES, as_json
from thermofit.charts.x_axis import AXES, XAxis, axes_help
from thermofit.config.race import Race
from thermofit.config.view import VIEW, Axis, View
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.effort import EFFORT
from thermofit.ui.lab.chart_tabs import lab_scene
from thermofit.ui.race import picture
from thermofit.ui.scenes import fit_and_loss, landscape

EPOCHS = 700
LBFGS = Config(optimizer="LBFGS")
LANES = [race.Lane("runner 1", "Adam", 80.0), race.Lane("runner 2", "SGD", 80.0)]


def lab_losses(axis: Axis, theme: str) -> dict[str, Any]:
    return dict(as_json(loss([80.0, 70.0], 2.0, EPOCHS, "Mean squared error", "°C²", THEMES[theme], axis)))


def race_losses(axis: Axis, theme: str) -> dict[str, Any]:
    return dict(as_json(race.losses(LANES, 2.0, EPOCHS, "Mean squared error", "°C²", THEMES[theme], axis)))


FIGURES = {"lab": (lab_losses, 6), "race": (race_losses, 4)}  # with the number of traces that move
everywhere = pytest.mark.parametrize(
    ("name", "axis", "theme"), list(itertools.product(FIGURES, AXES, THEMES))
)


def drawn(name: str, axis: Axis, theme: str = "light") -> dict[str, Any]:
    return FIGURES[name][0](axis, theme)


def test_links_and_charts_know_the_same_axes() -> None:
    assert tuple(AXES) == VIEW["axis"]
    assert {AXES[axis].column for axis in AXES} == {"epoch", *EFFORT}


@everywhere
def test_everything_in_the_picture_stands_at_the_same_column(name: str, axis: Axis, theme: str) -> None:
    metas = [trace["meta"] for trace in drawn(name, axis, theme)["data"]]
    assert len(metas) == FIGURES[name][1]
    assert {meta["x"] for meta in metas} == {AXES[axis].column}
    assert {meta["y"] for meta in metas} <= {"train_loss", "val_loss"}


@everywhere
def test_title_and_hover_say_which_axis_it_is(name: str, axis: Axis, theme: str) -> None:
    figure = drawn(name, axis, theme)
    assert figure["layout"]["xaxis"]["title"]["text"] == AXES[axis].title
    others = {other.title.removesuffix(" (s)") for key, other in AXES.items() if key != axis}
    for trace in figure["data"]:
        text = trace.get("hovertemplate", "")
        assert not any(f"{other} %{{x" in text for other in others)
        if trace["mode"] == "lines":
            assert AXES[axis].hover in text and "%{x" in AXES[axis].hover


@pytest.mark.parametrize("axis", AXES)
def test_the_description_tells_what_it_took(axis: Axis) -> None:
    told = [part["column"] for part in drawn("lab", axis)["layout"]["meta"]["alt"] if "column" in part]
    assert "epoch" in told
    assert [column for column in told if column in EFFORT] == [AXES[axis].column] * (axis != "epochs")


@everywhere
def test_the_axis_grows(name: str, axis: Axis, theme: str) -> None:
    layout = drawn(name, axis, theme)["layout"]
    low, high = layout["xaxis"]["range"]
    assert low == 0 < high < EPOCHS and "xaxis" in layout["meta"]["grow"]
    stop = layout["meta"]["grow"]["xaxis"].get("stop")
    assert stop == (None if axis == "time" else EPOCHS)


def test_a_zoom_is_not_kept_for_another_axis() -> None:
    kept = [drawn(name, axis)["layout"]["uirevision"] for name in FIGURES for axis in AXES]
    assert len({*kept}) == len(kept)


@pytest.mark.parametrize("epochs", [1, 40, 100, 101, 10**6])
def test_a_short_run_fills_the_axis(epochs: int) -> None:
    ends = {axis: each.layout(epochs)["range"][1] for axis, each in AXES.items()}
    assert ends == {"epochs": min(epochs, 100), "evaluations": min(epochs, 100), "time": AXES["time"].first}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("each", AXES.values(), ids=list(AXES))
def test_no_curve_runs_backwards(each: XAxis, optimizer: str) -> None:
    """Each column grows with the epochs, and none is ahead of the epochs unless several evaluations are."""
    run = Run(Config(optimizer=optimizer, epochs=200))
    run.advance(epochs=200)
    if each.column == "epoch":
        return
    column = run.history.rows(columns=(each.column,))[:, 0]
    assert column[0] == 0 and torch.all(column.diff() >= 0) and column[-1] > 0
    if each.whole:
        assert torch.all(column >= torch.arange(201))


# ---- scenes ----

VIEWS = [View(*choices) for choices in itertools.product(*VIEW.values())]


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_rows_of_the_lab_serve_every_view_and_carry_what_training_cost_only_where_it_is_drawn(
    view: View,
) -> None:
    drawn = [AXES[view.axis].column] if view.chart == "loss" and view.axis != "epochs" else []
    assert lab_scene(Config(), view, "100", "light").columns == ["w", "b", "train_loss", "val_loss", *drawn]


@pytest.mark.parametrize("axis", AXES)
def test_rows_of_the_race_carry_what_training_cost_only_where_it_is_drawn(axis: Axis) -> None:
    columns = picture.drawn(
        Race(Config(), (Config(), LBFGS)), "trained", axis, "epochs", "100", "light"
    ).columns
    assert [name for name in columns if name in EFFORT] == [AXES[axis].column] * (axis != "epochs")


@pytest.mark.parametrize("axis", AXES)
def test_only_the_chart_of_the_loss_is_another_one(axis: Axis) -> None:
    usual = lab_scene(Config(), View(), "100", "light").as_json()
    other = lab_scene(Config(), View(axis=axis), "100", "light").as_json()
    changed = {name for name in usual if usual[name] != other[name]}
    assert changed == (set() if axis == "epochs" else {"id", "figures", "columns"})
    assert usual["figures"][0] == other["figures"][0]


def test_where_no_loss_is_drawn_over_it_nothing_is_sent() -> None:
    lesson = fit_and_loss.lesson(Config(), "100", "light")
    page = landscape.scene(Config(), "trained", "fit", "100", "light")
    assert not {*EFFORT} & {*lesson.columns, *page.columns}


def test_the_help_names_every_choice() -> None:
    text = axes_help()
    assert all(f"**{axis.label}**: {axis.help}" in text for axis in AXES.values())
    assert "LBFGS" in text and "machine" in text
