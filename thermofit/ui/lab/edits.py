"""Points moved, added or removed in the picture: a new run on the changed readings."""

import math

from thermofit import Config
from thermofit.data.dataset import Dataset
from thermofit.data.edit import Edit, edited, rows
from thermofit.errors import ConfigError
from thermofit.landscape.axes import View
from thermofit.live.live_run import LiveRun
from thermofit.live.protocol import PointEdit
from thermofit.numbers import formatted
from thermofit.training.assembly import prepared
from thermofit.ui.controls import edited as edited_before
from thermofit.ui.controls import sidebar
from thermofit.ui.controls.own_readings import with_readings
from thermofit.ui.lab.run_actions import start_anew
from thermofit.ui.scenes.landscape import allowed_start
from thermofit.words import mark, together, tr

OVERTAKEN = mark("The readings had changed meanwhile, so nothing was done. Try again.")


def edit(live: LiveRun, wanted: PointEdit, epoch: int) -> None:
    """Begin a run on the readings as somebody has changed them; it stands at epoch 0.

    Where runs are to go on from here, it starts from the line of this epoch, which is the one shown.
    """
    before = live.config.dataset
    if wanted.of != before.fingerprint:
        live.note = tr(OVERTAKEN)
        return
    try:
        after = edited(before, wanted.edit, live.config.val, live.config.split_seed)
        config = with_readings(live.config, after)
        if sidebar.goes_on():
            config = _from_line(live, config, epoch)
    except ConfigError as error:
        live.note = together(*(problem.message for problem in error.problems))
        return
    if after == before or config == live.config:
        return
    edited_before.keep(before, after)
    notes = (_note(wanted.edit, after), _held_out(live.config, config))
    start_anew(live, config, together(*notes), play=False)


def _from_line(live: LiveRun, config: Config, epoch: int) -> Config:
    """The set-up that starts from the line of this epoch; from its own start where that line has exploded."""
    row = live.run.history.row(min(max(epoch, 0), live.run.update))
    w, b = View(prepared(config).scale).trained(live.run.scale.original(row["w"], row["b"]))
    return allowed_start(config, w, b) if math.isfinite(w + b) else config


def _note(edit: Edit, after: Dataset) -> str:
    """What was done with which point."""
    number, x, y = edit.row + 1, formatted(edit.x), formatted(edit.y)
    if edit.kind == "remove":
        return tr("New run: point {number} removed. Press Play.", number=number)
    if edit.kind == "add":
        number = rows(after).index((edit.x, edit.y)) + 1
        return tr("New run: point {number} added at ({x}, {y}). Press Play.", number=number, x=x, y=y)
    return tr("New run: point {number} moved to ({x}, {y}). Press Play.", number=number, x=x, y=y)


def _held_out(before: Config, after: Config) -> str:
    """Whether other readings are held out than before; "" if they are the same ones."""
    old, new = (_validation(config) for config in (before, after))
    if before.data == after.data or len(before.dataset) == len(after.dataset) or old == new:
        return ""
    held = len(prepared(after).split.validation)
    if len(new) == len(old):
        return tr("Another reading is held out in place of that one.")
    return tr("Of so many readings, the validation share now holds out {held}.", held=held)


def _validation(config: Config) -> set[tuple[float, float]]:
    found = rows(config.dataset)
    return {found[row] for row in prepared(config).split.validation.tolist()}
