"""What the stage is told of lines that are moved by hand: rows, loss, ranges and steps, for every set-up."""

import json
import math

import pytest

from thermofit import Config, Run
from thermofit.config.settings import settings_for
from thermofit.data.scaling import SCALINGS
from thermofit.model.losses import LOSSES
from thermofit.stage.scene import Scene
from thermofit.ui.scenes import fit_and_loss, landscape
from thermofit.ui.scenes.hand import FINENESS, LABELS, NOTCHES, hand
from thermofit.ui.scenes.landscape import UNITS

SETUPS = [Config(scaling=scaling, loss=loss) for scaling in SCALINGS for loss in LOSSES]
SETUPS += [Config(val=0.0), Config(w0=-900.0, b0=800.0), Config(scaling="none", w0=-30.0)]
IDS = [f"{config.scaling} {config.loss} {config.w0}" for config in SETUPS]
ALL = pytest.mark.parametrize("config", SETUPS, ids=IDS)


def scenes(config: Config) -> list[Scene]:
    """The scenes in which something may be moved."""
    shown = [
        landscape.scene(config, units, "fit", "100", "light", shape, by_hand=True)
        for units in UNITS
        for shape in landscape.SHAPES
    ]
    return [landscape.lab(config, "100", "light"), *shown]


@ALL
def test_the_rows_are_those_that_the_run_is_measured_on(config: Config) -> None:
    run, told = Run(config), hand(config, landscape.marks(config, "trained").frame)
    data = run.data
    assert told["train"] == {"inputs": data.train_scaled.tolist(), "targets": data.train_targets.tolist()}
    assert told["validation"] == {"inputs": data.val_scaled.tolist(), "targets": data.val_targets.tolist()}
    assert told["loss"] == config.loss
    json.dumps(told, allow_nan=False)


@ALL
def test_sliders_span_the_landscape_in_readable_steps(config: Config) -> None:
    frame, allowed = landscape.marks(config, "trained").frame, settings_for(config.data, config.scaling)
    told = hand(config, frame)
    for name, side in (("w", frame.w), ("b", frame.b)):
        part, setting, width = told[name], allowed[f"{name}0"], side[1] - side[0]
        assert (part["label"], part["least"], part["most"]) == (
            LABELS[setting.name],
            setting.minimum,
            setting.maximum,
        )
        assert side[0] <= part["low"] <= side[0] + part["notch"] or part["low"] == setting.minimum
        assert side[1] - part["notch"] <= part["high"] <= side[1] or part["high"] == setting.maximum
        assert NOTCHES <= width / part["notch"] <= 2.5 * NOTCHES
        assert FINENESS <= width / part["step"] <= 10 * FINENESS * 1.0000001
        assert math.log10(part["step"]) == pytest.approx(round(math.log10(part["step"])), abs=1e-9)


@ALL
def test_figures_say_how_they_draw_w_and_b(config: Config) -> None:
    """As the columns say from which they are drawn."""
    for scene in scenes(config):
        columns = {"line": ("slope", "intercept"), "point": ("x", "y")}
        found = [figure.layout.meta.get("hand") for figure in scene.figures]
        assert [how["moves"] for how in found if how].count("line") == 1
        for how in filter(None, found):
            first, second = (scene.derived[name] for name in columns[how["moves"]])
            assert first == {"w": how["factor"]}
            assert second == {"w": how["offset"], "b": 1.0}


def test_the_point_is_moved_on_the_map_only() -> None:
    def moved(shape: landscape.Shape) -> set[str]:
        scene = landscape.scene(Config(), "trained", "fit", "100", "light", shape)
        return {how["moves"] for figure in scene.figures if (how := figure.layout.meta.get("hand"))}

    assert (moved("contours"), moved("surface")) == ({"line", "point"}, {"line"})


def test_nothing_is_moved_in_a_lesson() -> None:
    scene = fit_and_loss.lesson(Config(), "100", "light")
    assert scene.hand is None and not any("hand" in figure.layout.meta for figure in scene.figures)
