"""What the stage shows, as a value: figures, readouts, speeds."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import orjson
import plotly.graph_objects as go

from thermofit.charts.bindings import Parts
from thermofit.charts.theme import as_json
from thermofit.live.batch_columns import BATCH_COLUMNS
from thermofit.live.told import AVERAGE
from thermofit.stage.board import Board

RECORDED = (
    *("w", "b", "grad_w", "grad_b", "train_loss", "val_loss"),
    *("evaluations", "seconds"),
    *("batch_loss", "rate"),  # only where there are mini-batches, or a schedule
)


@dataclass(frozen=True)
class Readout:
    """A labelled number that follows the playhead; `role` (train, validation, line, plain) is its colour."""

    label: str
    help: str
    value: Parts
    below: Parts
    role: str = "plain"


@dataclass(frozen=True)
class Scene:
    """What the stage shows. `derived` columns are sums: {name: {recorded column or "one": factor}}."""

    figures: Sequence[go.Figure]
    readouts: Sequence[Readout]
    derived: Mapping[str, Mapping[str, float]]
    epochs: int
    speeds: Sequence[tuple[str, str]]
    speed: str
    theme: str
    bare: bool = False  # figures in which nothing moves, and nothing else
    also: Sequence[
        str
    ] = ()  # recorded columns for another scene of the same stage, so that the rows serve both
    hand: Mapping[str, Any] | None = None  # where the start may be moved: see frontend/hand.js
    # The derived columns of tracks whose units are not the run's; the other ones are as in `derived`
    tracks: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)
    board: Board | None = None
    pinnable: bool = False  # there is a button that pins the run as it stands
    downloads: bool = False  # each chart may be saved as an image
    guide: Mapping[str, Any] = field(
        default_factory=dict
    )  # what is told in each state: see frontend/guide.js

    @cached_property
    def columns(self) -> list[str]:
        """The recorded columns that the scene uses; only these are sent."""
        used = set(_names([figure["layout"].get("meta", {}) for figure in self._figures]))
        used |= set(_names([trace.get("meta", {}) for figure in self._figures for trace in figure["data"]]))
        used |= set(self.also)
        used |= set(_names([[readout.value, readout.below] for readout in self.readouts]))
        used |= self.board.columns_used() if self.board else set()
        for derived in (self.derived, *self.tracks.values()):
            for name, terms in derived.items():
                used |= set(terms) if name in used else set()
        return [name for name in (*RECORDED, *BATCH_COLUMNS, *AVERAGE) if name in used]

    @cached_property
    def _figures(self) -> list[Mapping[str, Any]]:
        return [as_json(figure) for figure in self.figures]

    @cached_property
    def id(self) -> str:
        return hashlib.sha256(orjson.dumps(self._body)).hexdigest()[:16]

    @cached_property
    def _body(self) -> dict[str, Any]:
        return {
            "figures": self._figures,
            "readouts": [vars(readout) for readout in self.readouts],
            "derived": self.derived,
            "columns": self.columns,
            "epochs": self.epochs,
            "speeds": [{"value": value, "label": label} for value, label in self.speeds],
            "speed": self.speed,
            "theme": self.theme,
            "bare": self.bare,
            "hand": self.hand,
            "tracks": self.tracks,
            "board": self.board.as_json() if self.board else None,
            "pinnable": self.pinnable,
            "downloads": self.downloads,
            "guide": self.guide,
        }

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, **self._body}

    def packed(self) -> "PackedScene":
        """The scene as it is sent, without the figures that it was made from."""
        return PackedScene(self.id, self.columns, orjson.dumps(self._body))


@dataclass(frozen=True)
class PackedScene:
    """A scene as JSON: what a server keeps, as Plotly's figures take ten times the memory."""

    id: str
    columns: list[str]
    text: bytes

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, **orjson.loads(self.text)}


def _names(value: object) -> Iterator[str]:
    """Every string within `value`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _names(item)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _names(item)
