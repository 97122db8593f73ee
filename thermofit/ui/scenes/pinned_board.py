"""The table that compares pinned runs and the run in hand: what differs, and what became of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from thermofit import Config
from thermofit.charts.theme import Theme, track_style
from thermofit.config.clock import Clock, clock_of
from thermofit.config.labels import label_of, value_label
from thermofit.config.pin import Pin
from thermofit.data.split import held_out_count
from thermofit.experiments.race import differing
from thermofit.live.row_blocks import RUN
from thermofit.live.setup_id import recording_of
from thermofit.stage.board import Board, BoardColumn, BoardRow, Cell
from thermofit.words import listed, mark, tr

TITLE, IN_HAND = mark("Pinned runs"), mark("Run in hand")
EMPTY = mark(
    "Nothing is pinned yet. “Pin” keeps the run as it stands: its curves stay in the charts, and it gets "
    "a row here. Then change a setting, press Play, and compare."
)
ACTIONS = ("hide", "show", "rename", "take", "baseline", "remove")
CHANGED = BoardColumn("changed", mark("Changed at"), mark("The epochs at which its settings changed"))


@dataclass(frozen=True)
class _Figure:
    """A result in the table: its field of `experiments.race.Result`, and the column of the run in hand."""

    column: BoardColumn
    field: str
    recorded: str = ""


def _figure(field: str, label: str, help: str, recorded: str = "") -> _Figure:
    return _Figure(BoardColumn(field, label, help, "live"), field, recorded)


FIGURES = (
    _figure("epochs", mark("Epochs done"), mark("The epoch at which it was pinned"), "epoch"),
    _figure(
        "final_train_loss",
        mark("Training loss"),
        mark("At its last epoch, measured by the loss of the present settings"),
        "train_loss",
    ),
    _figure("best_train_loss", mark("Best training loss"), mark("The lowest of all its epochs")),
    _figure(
        "final_val_loss",
        mark("Validation loss"),
        mark("At its last epoch, measured by the loss of the present settings"),
        "val_loss",
    ),
    _figure("best_val_loss", mark("Best validation loss"), mark("The lowest of all its epochs")),
    _figure(
        "epochs_to_1_percent",
        mark("Within 1 % at"),
        mark("The first epoch whose mean squared error is within 1 % of the closed-form minimum"),
    ),
    _figure(
        "exploded_at",
        mark("Exploded at"),
        mark(
            "The epoch at which its numbers became too large, or its loss stayed above 1,000 times that of "
            "the start"
        ),
    ),
)


def _epoch(row: int, clock: Clock) -> str:
    """The epoch of a row: its own number, unless an epoch has several updates."""
    return str(row) if clock.counts_updates else clock.written(row)


def track_of(pin: Pin, loss: str) -> str:
    """The track of a pinned run whose losses are measured by this loss: equal for equal numbers."""
    recording = recording_of(pin.segments, pin.epoch)
    return f"pin {recording} {loss}"


def board(config: Config, pins: Sequence[Pin], look: Theme) -> Board:
    """The table: the run in hand, and a row per pin."""
    if not pins:
        return Board(tr(TITLE), tr(EMPTY), [], [], editable=True)
    settings = _settings(config, pins)
    columns = [BoardColumn(name, label_of(name), kind=_kind(cells)) for name, cells in settings.items()]
    columns += [CHANGED] if any(len(pin.segments) > 1 for pin in pins) else []
    columns += [figure.column for figure in FIGURES]
    base = next((track_of(pin, config.loss) for pin in pins if pin.baseline), "")
    rows = [_in_hand(config, settings, look)]
    for place, pin in enumerate(pins, 1):
        told = {name: cells[place] for name, cells in settings.items()}
        row = _row(pin, track_of(pin, config.loss), told, base, look)
        rows.append(row if is_linked(pin, config) else replace(row, linked=False))
    shown = [replace(each, label=tr(each.label), help=tr(each.help)) for each in columns]
    return Board(tr(TITLE), tr(EMPTY), shown, rows, editable=True)


def is_linked(pin: Pin, config: Config) -> bool:
    """Whether a link to a run of this set-up holds the pin, too: it has room for one set of own readings."""
    return isinstance(pin.config.data, str) or pin.config.data == config.data


def _settings(config: Config, pins: Sequence[Pin]) -> dict[str, list[Cell]]:
    """The settings that differ, by name, each with the cell of the run in hand and those of the pins.

    Beside a baseline, cells that say the same as its own are empty.
    """
    configs = [config, *(pin.config for pin in pins)]
    base = next((place for place, pin in enumerate(pins, 1) if pin.baseline), None)
    return {
        name: [
            "" if base is not None and place != base and value == values[base] else value_label(name, value)
            for place, value in enumerate(values)
        ]
        for name, values in differing(configs).items()
    }


def _kind(cells: Sequence[Cell]) -> Literal["text", "number"]:
    return "text" if any(isinstance(cell, str) and cell for cell in cells) else "number"


def _in_hand(config: Config, settings: Mapping[str, Sequence[Cell]], look: Theme) -> BoardRow:
    cells: dict[str, Cell] = {name: cells[0] for name, cells in settings.items()}
    for figure in FIGURES:
        cells[figure.field] = {"column": figure.recorded, "digits": 5} if figure.recorded else None
    cells["changed"] = ""
    if not held_out_count(len(config.dataset), config.val):
        cells["final_val_loss"] = None
    return BoardRow(RUN, tr(IN_HAND), look.ink, "solid", cells)


def _row(pin: Pin, track: str, settings: Mapping[str, Cell], base: str, look: Theme) -> BoardRow:
    """The row of a pin; beside the baseline's track `base`, its results are told with their difference."""
    colour, dash = track_style(pin.style, look)
    cells: dict[str, Cell] = dict(settings)
    clock = clock_of(pin.segments)
    cells["changed"] = listed(_epoch(first, clock) for first, _ in pin.segments[1:])
    than = {"than": base} if base not in ("", track) else {}
    for figure in FIGURES:
        cells[figure.field] = {"result": figure.field, "digits": 5, "known": True} | than
    if not clock.counts_updates:  # the epoch itself, of which the result tells only that it was begun
        cells["epochs"] = clock.written(pin.epoch)
    return BoardRow(
        track, pin.name, colour, dash, cells, ACTIONS, pin.shown, tr("baseline") if pin.baseline else ""
    )
