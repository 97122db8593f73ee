"""What the stage shows of a race: the losses, the paths across one landscape, and the board."""

from collections.abc import Mapping

import torch

from thermofit import Config
from thermofit.charts import race as charts
from thermofit.charts.theme import THEMES, track_style
from thermofit.config.link import SPEEDS
from thermofit.config.race import Race
from thermofit.config.runner_names import names
from thermofit.config.view import Axis
from thermofit.experiments.standing import Measure
from thermofit.landscape.axes import Terms, Units
from thermofit.landscape.loss_surface import losses_at
from thermofit.live.judged_race import REACHED
from thermofit.model.losses import LOSSES
from thermofit.numbers import count
from thermofit.stage.board import Board, BoardColumn, BoardRow, Cell
from thermofit.stage.scene import PackedScene, Scene
from thermofit.training.assembly import prepared
from thermofit.ui.scenes import landscape
from thermofit.ui.scenes.guide import race_guide
from thermofit.ui.scenes.kept import kept
from thermofit.ui.scenes.units import loss_unit
from thermofit.words import mark, tr

RANKED: Mapping[Measure, str] = {
    "epochs": mark("By the epochs until it was within 1 % of the minimum"),
    "evaluations": mark("By the gradient evaluations until it was within 1 % of the minimum"),
}


def tracks(race: Race) -> dict[str, str]:
    """The name of each runner by its track."""
    return {f"runner {place}": name for place, name in enumerate(names(race.runners), 1)}


def race_scene(race: Race, units: Units, axis: Axis, by: Measure, speed: str, theme: str) -> Scene:
    """The losses over this axis beside the landscape, with every runner in both; ranks count `by`."""
    base, look = landscape.as_drawn(race.base), THEMES[theme]
    marks, loss = landscape.marks(base, units), LOSSES[race.base.loss]
    start, floor = _levels(race)
    lanes = [charts.Lane(track, name, start) for track, name in tracks(race).items()]
    unit = loss_unit(race.base)
    return Scene(
        figures=[
            charts.losses(lanes, floor, _length(race.base, axis), tr(loss.label), unit, look, axis),
            charts.paths(
                lanes,
                landscape.heights(base, units),
                landscape.places_of(base, marks),
                landscape.labels_of(base, units),
                look,
            ),
        ],
        readouts=[],  # the timeline tells the epoch, the board the losses
        derived={},
        epochs=race.base.epochs,
        speeds=[(value, tr("Max") if value == "max" else count(int(value))) for value in SPEEDS],
        speed=speed,
        theme=theme,
        tracks=paths_of(race, units),
        board=board(race, by, theme),
        downloads=True,
        guide=race_guide(),
    )


def _length(base: Config, axis: Axis) -> int:
    """How far the axis reaches in a run with one evaluation per update."""
    return base.updates if axis == "evaluations" else base.epochs


def _levels(race: Race) -> tuple[float, float]:
    """The training loss of the common start, and that of the line of least squares."""
    data, loss = prepared(race.base), LOSSES[race.base.loss]
    best = landscape.marks(race.base, "trained").best
    points = torch.tensor([(race.base.w0, race.base.b0), best], dtype=torch.float64)
    start, floor = losses_at(points, data.train_scaled.double(), data.train_targets.double(), loss).tolist()
    return start, floor


def paths_of(race: Race, units: Units) -> Mapping[str, Terms]:
    """The columns x and y of each track: its w and b, of its own scaling, in the units that are shown."""
    view, base = landscape.marks(race.base, units).view, prepared(race.base).scale
    return {
        track: view.path_of(prepared(config).scale, base)
        for track, config in zip(tracks(race), race.runners, strict=True)
    }


def _columns(by: Measure) -> tuple[BoardColumn, ...]:
    """The columns of the leader board, whose ranks count `by`."""
    reached, evaluations, loss = (
        tr("The first epoch within 1 % of the minimum"),
        tr("How often it had computed the gradient until then"),
        tr("At the epoch shown, by the loss of the settings"),
    )
    return (
        BoardColumn("rank", tr("Rank"), tr(RANKED[by]), "live"),
        BoardColumn("reached", tr("Arrived at epoch"), reached, "live"),
        BoardColumn("evaluations", tr("Evaluations"), evaluations, "live"),
        BoardColumn("loss", tr("Training loss"), loss, "live"),
        BoardColumn("lr", tr("Learning rate"), "", "number"),
    )


def board(race: Race, by: Measure, theme: str) -> Board:
    """The leader board."""
    rows = []
    for place, (track, name) in enumerate(tracks(race).items()):
        colour, dash = track_style(place, THEMES[theme])
        cells: dict[str, Cell] = {
            "rank": {"rank": True},
            "reached": {"result": "reached_epoch"},
            "evaluations": {"result": "reached_evaluations", "at": "reached_epoch"},
            "loss": {"column": "train_loss", "digits": 5},
            "lr": race.runners[place].lr,
        }
        rows.append(BoardRow(track, name, colour, dash, cells))
    title, empty = tr("Leader board"), tr("Nobody runs.")
    return Board(title, empty, _columns(by), rows, sort="rank", ranked_by=REACHED[by])


def drawn(race: Race, units: Units, axis: Axis, by: Measure, speed: str, theme: str) -> PackedScene:
    """The scene, drawn anew only if it was not wanted lately."""
    return kept(race_scene, race, units, axis, by, speed, theme)
