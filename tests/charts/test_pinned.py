"""Pinned runs in every picture: the columns that draw them, their look, and the table that compares them."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from tests.live.test_live_run import alone  # noqa: F401
from thermofit import Config, Run, train
from thermofit.charts.theme import THEMES, track_style
from thermofit.charts.x_axis import AXES
from thermofit.config.pin import Pin
from thermofit.config.pins import MOST_PINS
from thermofit.config.view import View
from thermofit.data.scaling import SCALINGS
from thermofit.experiments.race import Result
from thermofit.live.companion import Companion
from thermofit.live.protocol import LONGEST_NAME, Act
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.plan import Plan
from thermofit.ui.lab.chart_tabs import lab_scene
from thermofit.ui.scenes import landscape
from thermofit.ui.scenes.pinned import over_landscape
from thermofit.ui.scenes.pinned_board import ACTIONS, FIGURES, board, track_of

CONFIG = Config(epochs=300)
ADAM = CONFIG.replace(optimizer="Adam", lr=0.1)
VIEWS = [View(), View("landscape"), View("landscape", "original"), View("landscape", "trained", "surface")]


def pin(config: Config, name: str = "A run", epoch: int = 200, **more: Any) -> Pin:
    return Pin(name, ((0, config),), epoch, **more)


CURRENT = 2.5  # pixels of the run in hand, at least


def of(pins: tuple[Pin, ...], view: View = VIEWS[0], config: Config = CONFIG) -> dict[str, Any]:
    return dict(lab_scene(config, view, "100", "light", pins).as_json())


def drawn(scene: dict[str, Any], figure: int, track: str) -> list[dict[str, Any]]:
    found = (dict(trace) for trace in scene["figures"][figure]["data"])
    return [trace for trace in found if trace.get("meta", {}).get("track") == track]


# ---- curves ----


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("theme", THEMES)
def test_a_pin_is_in_both_charts_whole_thinner_and_named(view: View, theme: str) -> None:
    pins = (pin(CONFIG, "First", style=3), pin(ADAM, "<b>Second</b>", style=14))
    scene = lab_scene(CONFIG, view, "100", theme, pins).as_json()
    for one in pins:
        track, (colour, dash) = track_of(one, "mse"), track_style(one.style, THEMES[theme])
        for figure in (0, 1):
            found = drawn(scene, figure, track)
            named = [trace for trace in found if trace["name"]]  # the others lie behind, as a halo
            assert found and all(trace["meta"]["whole"] for trace in found)
            assert view.shape != "contours" or all(trace["line"]["width"] < CURRENT for trace in named)
            assert {trace["line"]["color"] for trace in named} == {colour}
            assert all("<b>" not in trace["name"] for trace in found)
            if view.shape == "contours":
                assert {trace["line"]["dash"] for trace in named} == {dash}
                assert named[0]["meta"]["label"] == one.name


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("own", SCALINGS)
@pytest.mark.parametrize("view", VIEWS[1:])
def test_whatever_its_scaling_a_pin_ends_where_its_line_is(scaling: str, own: str, view: View) -> None:
    """Slope, intercept and place, from the columns that are sent, against the line of the run itself."""
    base = CONFIG.replace(scaling=scaling, lr=1e-4)
    pinned = pin(base.replace(scaling=own), epoch=50)
    run = Run(pinned.config)
    run.advance(epochs=50)
    row = run.history.row(50) | {"one": 1.0}
    sums = of((pinned,), view, base)["tracks"][track_of(pinned, "mse")]
    told = {name: sum(row[term] * factor for term, factor in terms.items()) for name, terms in sums.items()}
    slope, intercept = run.scale.original(row["w"], row["b"])
    assert (told["slope"], told["intercept"]) == pytest.approx((slope, intercept), rel=1e-6)
    shown = landscape.marks(base, view.units).view
    if view.units == "original":
        expected = slope, intercept
    else:
        factor, offset = Run(base).scale.factor, Run(base).scale.offset
        expected = slope / factor, intercept - offset * slope / factor
    assert (told["x"], told["y"]) == pytest.approx(shown.drawn(shown.trained(expected)), rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("axis", AXES)
def test_pinned_losses_run_along_the_same_axis_as_the_run_in_hand(axis: str) -> None:
    one = pin(ADAM)
    scene = of((one,), View(axis=axis))  # type: ignore[arg-type]
    found = drawn(scene, 1, track_of(one, "mse"))
    assert [trace["meta"]["x"] for trace in found] == [AXES[axis].column] * 2  # type: ignore[index]
    assert axis == "epochs" or AXES[axis].column in scene["columns"]  # type: ignore[index]


def test_a_run_with_other_training_rows_has_no_height_on_the_surface() -> None:
    others = pin(CONFIG.replace(split_seed=1))
    scene = of((others,), View("landscape", "trained", "surface"))
    assert not drawn(scene, 1, track_of(others, "mse")) and drawn(scene, 0, track_of(others, "mse"))


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_pinned_run_is_named_in_every_picture(view: View) -> None:
    one = pin(ADAM, "5 % & <b>")
    for figure in (0, 1):
        traces = drawn(of((one,), view), figure, track_of(one, "mse"))
        (named,) = [trace for trace in traces if "label" in trace["meta"]]
        assert named["meta"]["label"] == "5 % & <b>" and named["name"] == "5 % &amp; &lt;b&gt;"


def test_a_run_that_exploded_does_not_press_the_others_together() -> None:
    wild = pin(CONFIG.replace(scaling="none"))
    (limit,) = {trace["meta"]["most"] for trace in drawn(of((wild,)), 1, track_of(wild, "mse"))}
    highest = Run(CONFIG).history.row(0)["train_loss"]
    assert 10 * highest < limit < 1000 * highest


def test_the_landscape_page_shows_the_pins_that_are_not_hidden() -> None:
    pins = (pin(CONFIG, "Shown"), pin(ADAM, "Hidden", style=1, shown=False))
    scene = over_landscape(CONFIG, pins, "trained", "fit", "100", "light", "contours", False).as_json()
    for figure in (0, 1):
        assert drawn(scene, figure, track_of(pins[0], "mse"))
        assert not drawn(scene, figure, track_of(pins[1], "mse"))


def test_without_pins_set_ups_that_look_alike_have_one_scene() -> None:
    scenes = {lab_scene(CONFIG.replace(lr=lr), VIEWS[0], "100", "light", ()).id for lr in (0.01, 0.02)}
    assert len(scenes) == 1


# ---- tracks ----


def test_a_track_is_the_same_for_the_same_numbers_and_no_others() -> None:
    one = pin(CONFIG)
    assert track_of(replace(one, name="Other", style=7, shown=False), "mse") == track_of(one, "mse")
    changed = Pin("A run", ((0, CONFIG), (10, ADAM)), 200)
    others = [
        pin(ADAM),
        replace(one, epoch=199),
        changed,
        replace(changed, segments=((0, CONFIG), (11, ADAM))),
    ]
    tracks = {track_of(each, loss) for each in (one, *others) for loss in LOSSES}
    assert len(tracks) == 5 * len(LOSSES)


def test_every_track_and_name_fits_into_a_question() -> None:
    long = Pin("x" * 24, tuple((i, CONFIG.replace(lr=0.001 + i / 1e4)) for i in range(90)), 200)
    for loss in LOSSES:
        act = {"do": "rename", "track": track_of(long, loss), "name": long.name}
        assert len(act["track"]) <= LONGEST_NAME and Act.read(act) is not None


# ---- the table ----


def table(config: Config, *pins: Pin) -> Any:
    return board(config, pins, THEMES["light"])


def settings(spec: Any) -> list[str]:
    results = {figure.column.name for figure in FIGURES}
    return [column.name for column in spec.columns if column.name not in results]


def test_an_empty_table_says_what_pinning_is_for() -> None:
    spec = table(CONFIG)
    assert not spec.rows and "Pin" in spec.empty and "compare" in spec.empty


def test_only_settings_that_differ_are_told_and_by_their_labels() -> None:
    spec = table(CONFIG, pin(ADAM), pin(ADAM.replace(lr=0.2)))
    assert settings(spec) == ["optimizer", "lr"]
    assert [row.cells["optimizer"] for row in spec.rows] == ["SGD", "Adam", "Adam"]
    assert [row.cells["lr"] for row in spec.rows] == [0.01, 0.1, 0.2]
    assert settings(table(ADAM, pin(ADAM))) == []


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_and_its_hyperparameters_are_told(optimizer: str) -> None:
    other = "SGD" if optimizer != "SGD" else "Adam"
    spec = table(CONFIG.replace(optimizer=other), pin(CONFIG.replace(optimizer=optimizer)))
    assert spec.rows[1].cells["optimizer"] == OPTIMIZERS[optimizer].label
    for hyper in OPTIMIZERS[optimizer].hyper:
        if hyper.kind != "bool":
            middle = hyper.minimum + 0.37 * (hyper.maximum - hyper.minimum)
            value = int(middle) if hyper.kind == "int" else middle
            changed = CONFIG.replace(optimizer=optimizer, hyper={hyper.name: value})
            spec = table(CONFIG.replace(optimizer=optimizer), pin(changed))
            assert settings(spec) == [hyper.name] and spec.rows[1].cells[hyper.name] == value
            assert spec.columns[0].label == hyper.label


def test_a_run_that_changed_on_its_way_tells_when() -> None:
    changed = Pin("A run", ((0, CONFIG), (40, CONFIG.replace(lr=0.02)), (90, ADAM)), 200)
    spec = table(CONFIG, changed, pin(CONFIG, style=1))
    assert "changed" in settings(spec)
    assert [row.cells["changed"] for row in spec.rows] == ["", "40, 90", ""]


def test_beside_a_baseline_the_others_show_what_differs() -> None:
    base = pin(ADAM, style=1, baseline=True)
    spec = table(CONFIG, pin(CONFIG.replace(optimizer="Adam")), base, pin(ADAM.replace(loss="mae"), style=2))
    cells = [[row.cells[name] for name in ("optimizer", "lr", "loss")] for row in spec.rows]
    assert cells == [
        ["SGD", 0.01, ""],
        ["", 0.01, ""],
        ["Adam", 0.1, "Mean squared error"],
        ["", "", "Mean absolute error"],
    ]
    compared = [row.cells["best_train_loss"] for row in spec.rows[1:]]
    assert [cell.get("than") for cell in compared] == [track_of(base, "mse"), None, track_of(base, "mse")]
    assert [row.remark for row in spec.rows] == ["", "", "baseline", ""]


def test_every_result_in_the_table_is_one_that_is_sent() -> None:
    spec = table(CONFIG, pin(CONFIG))
    fields = {cell["result"] for cell in spec.rows[1].cells.values() if isinstance(cell, dict)}
    assert fields == {figure.field for figure in FIGURES} <= set(Result.__dataclass_fields__)
    assert spec.rows[1].actions == ACTIONS and not spec.rows[0].actions


def test_twenty_pins_have_twenty_looks() -> None:
    pins = [pin(CONFIG.replace(lr=0.001 * (i + 1)), style=i) for i in range(MOST_PINS)]
    looks = [(row.colour, row.dash) for row in table(CONFIG, *pins).rows]
    assert len(set(looks)) == MOST_PINS + 1
    assert all(one != other for one, other in pairwise(looks))


# ---- rows ----


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("own", LOSSES)
def test_a_pin_is_measured_by_the_loss_of_the_present_settings(loss: str, own: str) -> None:
    config = CONFIG.replace(loss=own, lr=0.02)
    companion = Companion.of_plan(Plan(((0, config),), 120), loss)
    result, rows = companion.trained(), companion.table()
    history = train(config.replace(epochs=120))
    assert rows["epoch"] == list(range(121)) and rows["w"] == history.rows(columns=("w",))[:, 0].tolist()
    data, (w, b) = Run(config).data, (rows["w"][-1], rows["b"][-1])
    expected = LOSSES[loss].value(w * data.train_scaled + b, data.train_targets).item()
    assert rows["train_loss"][-1] == pytest.approx(expected, rel=1e-5)
    assert result.final_train_loss == pytest.approx(expected, rel=1e-5)
    assert result.best_train_loss == min(rows["train_loss"])


def test_a_pin_that_ends_where_it_exploded_says_so_whether_it_was_kept_or_trained_again() -> None:
    config = CONFIG.replace(scaling="none")
    run = Run(config)
    run.advance(epochs=300)
    kept, again = Companion(run), Companion.of_plan(Plan(((0, config),), run.epoch))
    assert kept.trained() == again.trained() and kept.trained().diverged_at == run.diverged_at
    before = Companion.of_plan(Plan(((0, config),), run.epoch - 1)).trained()
    assert before.diverged_at is None and before.final_train_loss is not None


def test_a_run_that_torch_refused_is_pinned_at_its_start() -> None:
    config = CONFIG.replace(optimizer="by-hand", mistake="no-no_grad")
    result = Companion.of_plan(Plan(((0, config),), 0)).trained()
    assert (result.epochs, result.final_train_loss) == (0, None) and result.best_train_loss > 0
