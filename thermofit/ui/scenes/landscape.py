"""What the stage shows of the landscape: the loss over (w, b), and the path of the run."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import plotly.graph_objects as go
import torch

from thermofit import Config
from thermofit.charts import contours, surface_3d
from thermofit.charts.batch import Batch
from thermofit.charts.fit import SWITCHES
from thermofit.charts.theme import THEMES, Theme, escaped, switched_on
from thermofit.config import labels
from thermofit.config.settings import settings_for
from thermofit.config.view import Axis, Shape
from thermofit.data.dataset import labelled
from thermofit.landscape.arrows import arrow_length
from thermofit.landscape.axes import Units, gradient_terms
from thermofit.landscape.landmarks import USUAL_START, Landmarks, landmarks
from thermofit.landscape.loss_surface import Point, Surface, losses_at, surface
from thermofit.live.batch_columns import BATCH_COLUMNS, GRADIENT
from thermofit.model.losses import LOSSES
from thermofit.numbers import count, rate, rounded
from thermofit.stage.scene import Scene
from thermofit.training.assembly import prepared
from thermofit.ui.scenes import fit_and_loss
from thermofit.ui.scenes.averaged import (
    average_columns,
    average_terms,
    with_line,
    with_point,
    with_readout,
)
from thermofit.ui.scenes.hand import hand, movable
from thermofit.ui.scenes.units import loss_unit, target_unit
from thermofit.words import tr

SHAPES, UNITS = labels.SHAPES, labels.UNITS
ERRORS = SWITCHES[:2]  # squares and residuals
EVERY = 3  # of the ground's contours has one of the batch's beside it
AVERAGE_LINE, AVERAGE_PLACE = ("average_slope", "average_intercept"), ("average_x", "average_y")
BATCH_UPHILL = {"grad_w": {"batch_grad_w": 1.0}, "grad_b": {"batch_grad_b": 1.0}}
LONGER = 100  # how many times longer the second arrow is, for the short gradients near the minimum


def scene(
    config: Config,
    units: Units,
    beside: str,
    speed: str,
    theme: str,
    shape: Shape = "contours",
    by_hand: bool = False,
) -> Scene:
    """The landscape beside the fit ("fit"), or as the second of both charts ("landscape").

    `by_hand` shows residuals and their squares, and controls for the start. The learning rate does not affect
    what is drawn, nor does the start as long as it lies within the usual frame.
    """
    return _scene(as_drawn(config), units, beside, speed, theme, shape, by_hand)


def as_drawn(config: Config) -> Config:
    """One set-up for all that look the same."""
    plain = fit_and_loss.without_rate(config)
    usual = _at_usual_start(plain)
    alike = all(marks(plain, units).frame == marks(usual, units).frame for units in UNITS)
    return usual if alike else plain


def lab(config: Config, speed: str, theme: str, axis: Axis = "epochs") -> Scene:
    """The Lab's pair of charts, with every column that the landscape needs, so that rows serve both.

    What training has cost is sent only where the loss is drawn over it.
    """
    scene = fit_and_loss.lab(config, speed, theme, axis)
    fit, *others = scene.figures
    scale = prepared(config).scale
    figures = [with_line(movable(fit, "line", scale), config, theme), *others]
    frame = marks(config, "trained").frame
    scene = replace(
        scene,
        figures=figures,
        derived={**scene.derived, **average_terms(scale, AVERAGE_LINE)},
        also=[*rows_of(config), *fit_and_loss.more_columns(config)],
        hand=hand(config, frame),
    )
    return with_readout(scene, config)


def rows_of(config: Config) -> list[str]:
    """Recorded columns that are sent even if no arrow is drawn, so that rows serve every picture."""
    data = prepared(config)
    uphill = gradient_terms(data.train_scaled, data.train_targets, config.loss).values()
    gradient = {name for terms in uphill for name in terms} - {"one"}
    return sorted(gradient | {*batch_columns(config), *average_columns(config)})


def batch_columns(config: Config) -> Sequence[str]:
    """What is sent of each step's batch."""
    if not config.batch:
        return ()
    return BATCH_COLUMNS if config.loss == "mse" else GRADIENT


def _at_usual_start(config: Config) -> Config:
    return config.replace(w0=USUAL_START[0], b0=USUAL_START[1])


def _scene(
    config: Config, units: Units, beside: str, speed: str, theme: str, shape: Shape, by_hand: bool
) -> Scene:
    lab = fit_and_loss.lab(config, speed, theme)
    here, data = marks(config, units), prepared(config)
    length = arrow_length(here, data, LOSSES[config.loss])
    draw = _contours if shape == "contours" else _surface
    picture = draw(config, units, length, THEMES[theme])
    if shape == "contours":
        picture = with_point(movable(picture, "point", here.view.scale), config, theme)
    fit = with_line(movable(lab.figures[0], "line", data.scale), config, theme)
    if by_hand:
        fit = switched_on(fit, ERRORS)
    uphill = gradient_terms(data.train_scaled, data.train_targets, config.loss)
    near, far = here.view.arrow_tip(length, uphill), here.view.arrow_tip(LONGER * length, uphill, "far")
    scene = Scene(
        figures=[picture, fit] if beside == "fit" else [fit, picture],
        readouts=lab.readouts,
        derived={
            **lab.derived,
            **here.view.path(),
            **near,
            **far,
            **here.view.arrow_tip(length, BATCH_UPHILL, "batch"),
            **average_terms(data.scale, AVERAGE_LINE),
            **average_terms(here.view.scale, AVERAGE_PLACE),
            "height": surface_3d.height(heights(config, units)),
            "ball": surface_3d.height(heights(config, units), surface_3d.BALL),
        },
        epochs=lab.epochs,
        speeds=lab.speeds,
        speed=speed,
        theme=theme,
        guide=lab.guide,
        also=[*rows_of(config), *fit_and_loss.more_columns(config)],
        hand=hand(config, marks(config, "trained").frame, by_hand),
    )
    return with_readout(scene, config)


def _contours(config: Config, units: Units, length: float, look: Theme) -> go.Figure:
    factor = rate(length)
    arrows = [
        (tr("Arrow: gradient × −{factor}", factor=factor), "tip"),
        (tr("Arrow {times} × longer", times=count(LONGER)), "far"),
    ]
    places, unit = (
        places_of(config, marks(config, units)),
        loss_unit(config),
    )
    ground = heights(config, units)
    batch = _batch(config, units, ground) if config.batch else None
    return contours.landscape(ground, places, labels_of(config, units), unit, arrows, look, batch)


def _batch(config: Config, units: Units, ground: Surface) -> Batch:
    """What is drawn of a mini-batch; only the mean squared error's contours follow from a few numbers."""
    scale = marks(config, units).view.scale
    rises = [loss - ground.floor for loss in ground.losses[::EVERY]] if config.loss == "mse" else []
    return Batch("batch", rises, (scale.factor, scale.offset))


def _surface(config: Config, units: Units, length: float, look: Theme) -> go.Figure:
    here, data = marks(config, units), prepared(config)
    places = places_of(config, here)
    points = torch.tensor([point for _, _, point in places], dtype=torch.float64)
    losses = losses_at(points, here.inputs.double(), data.train_targets.double(), LOSSES[config.loss])
    heighted = [(*place, loss) for place, loss in zip(places, losses.tolist(), strict=True)]
    return surface_3d.relief(
        heights(config, units),
        heighted,
        labels_of(config, units),
        loss_unit(config),
        look,
    )


@lru_cache(maxsize=256)  # 2 kB each; one is needed for each answer
def marks(config: Config, units: Units) -> Landmarks:
    """The landmarks of a set-up."""
    return landmarks(prepared(config), (config.w0, config.b0), units, config.dataset.truth)


@lru_cache(maxsize=16)  # 100 kB each; needed only while a scene is drawn, some of them twice
def heights(config: Config, units: Units) -> Surface:
    """The landscape of a set-up."""
    here, data = marks(config, units), prepared(config)
    return surface(here.inputs, data.train_targets, LOSSES[config.loss], here.frame, here.best)


def labels_of(config: Config, units: Units) -> tuple[str, str]:
    """The axis titles, with units."""
    data = config.dataset
    unit, slope = escaped(target_unit(data)), escaped(data.slope_unit)
    if units == "original":
        return labelled(tr("Slope"), slope), labelled(tr("Intercept"), unit)
    trained = slope if config.scaling == "none" else escaped(data.scaled_slope_unit)
    return labelled(tr("Weight w"), trained), labelled(tr("Bias b"), unit)


def places_of(config: Config, here: Landmarks) -> list[tuple[str, str, Point]]:
    """The fixed points of the landscape. The least-squares line is the minimum only for squared errors."""
    best = tr("Minimum") if config.loss == "mse" else tr("Least squares")
    places: list[tuple[str, str, Point]] = [(best, "star", here.best)]
    known = config.dataset.truth
    if known and here.truth:
        places.append((tr(known.label), "diamond-open", here.truth))
    return places


def chosen_start(config: Config, units: Units, click: Point) -> Config:
    """The set-up that starts where the landscape was clicked, rounded to readable numbers."""
    here = marks(config, units)
    x, y = (_rounded(value, side) for value, side in zip(click, (here.frame.w, here.frame.b), strict=True))
    w, b = here.view.trained((x, y))
    return allowed_start(config, w, b)


def allowed_start(config: Config, w: float, b: float) -> Config:
    """The set-up that starts at (w, b), as trained, or at the nearest numbers that are allowed."""
    return config.replace(w0=_allowed(config, "w0", w), b0=_allowed(config, "b0", b))


def _rounded(value: float, side: Point) -> float:
    """To about a thousandth of the frame's side."""
    return round(value, max(0, 3 - len(str(int(side[1] - side[0])))) + (1 if side[1] - side[0] < 1 else 0))


def _allowed(config: Config, name: str, value: float) -> float:
    setting = settings_for(config.data, config.scaling)[name]
    return rounded(min(max(value, setting.minimum), setting.maximum), 6)
