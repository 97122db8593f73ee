"""What stage and server say to each other: one question, one answer, each with everything that it needs.

The stage asks for rows (recorded epochs) and says what it shows. Questions and answers may be lost, late or
repeated, so each names its run and its epochs. The JavaScript half is
`stage/frontend/connection.js`; `tests/live/protocol_examples.json` holds both to the same messages.

An answer is one binary message, little-endian:

    uint32            length of the header in bytes
    header            JSON, see `Answer`
    float32 …         for each block of the header, its columns one after the other
    uint16 …          if the header tells of `batches`: their readings, see `dealt`
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

import orjson
from torch import Tensor

from thermofit.data.edit import Edit
from thermofit.live.dealt import Dealt
from thermofit.live.row_blocks import Block
from thermofit.words import ENGLISH

PAIRS = {"click": ("x", "y"), "start": ("w", "b")}  # fields of two numbers, and what a browser calls them
LONGEST_NAME, LARGEST_EPOCH = 40, 10**9  # limits on what a browser may send
ACTS = (
    "remove",
    "take",
    "baseline",
    "rename",
    "show",
    "hide",
    "remedy",
)  # of a row of the board, or of the run
EDITS = {"move": ("row", "x", "y"), "add": ("x", "y"), "remove": ("row",)}  # what each tells of a point


@dataclass(frozen=True)
class Act:
    """What somebody did with a row of the board."""

    do: str  # one of ACTS
    track: str  # the track of the row
    name: str = ""  # the new one, for "rename"

    @classmethod
    def read(cls, raw: object) -> "Act | None":
        """The act in a message; None if any part of it is unknown, missing, too long or no printable text."""
        if not isinstance(raw, Mapping) or not {"do", "track"} <= set(raw) <= {"do", "track", "name"}:
            return None
        if not all(_is_name(value) for value in raw.values()) or raw["do"] not in ACTS or not raw["track"]:
            return None
        return cls(**raw)


@dataclass(frozen=True)
class PointEdit:
    """What somebody did with a point of the fit."""

    of: str  # fingerprint of the readings that the picture showed
    edit: Edit

    @classmethod
    def read(cls, raw: object) -> "PointEdit | None":
        """The edit in a message; None if any part of it is unknown, missing or out of range."""
        if not isinstance(raw, Mapping) or not isinstance(raw.get("do"), str):
            return None
        wanted = EDITS.get(raw["do"])
        if wanted is None or set(raw) != {"do", "of", *wanted} or not _is_name(raw["of"]) or not raw["of"]:
            return None
        parts = {name: raw[name] for name in wanted}
        if not all(_is_number(value, whole=name == "row") for name, value in parts.items()):
            return None
        sane: dict[str, Any] = {
            name: value if name == "row" else float(value) for name, value in parts.items()
        }
        return cls(raw["of"], Edit(raw["do"], **sane))


def _is_number(value: object, whole: bool) -> bool:
    """Whether it is a finite number of a sane size; a row is a whole one from 0 on."""
    if whole:
        return type(value) is int and 0 <= value <= LARGEST_EPOCH
    return type(value) in (int, float) and abs(value) <= LARGEST_EPOCH  # type: ignore[arg-type]


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_NAME and value.isprintable()


@dataclass(frozen=True)
class Question:
    """What the browser asks; checked, because it comes from outside."""

    seq: int = 0  # number of the question; the answer repeats it
    run: str = ""  # the run that the stage shows
    scene: str = ""  # the scene that it has
    theme: str = ""  # "light" or "dark"
    newest_row: int = -1  # the newest epoch whose row is here
    at: int = 0  # the epoch shown
    speed: str = ""  # epochs per second, or "max"
    target_epoch: int | str = -1  # rows are wanted up to this epoch, or "max"
    seek: bool = False  # the picture stands until the row of that epoch is here
    dense: bool = False  # rows are wanted around `at`, without gaps
    paused: bool = False  # the picture has come to stand still
    held: bool = False  # a setting was touched: the picture stands at `at` until this is answered
    change: int = 0  # number of the change that takes effect at `at`
    restart: bool = False  # a new run with the present settings is wanted
    click: tuple[float, float] | None = None  # where a figure was clicked, in the units of its axes
    start: tuple[float, float] | None = None  # w and b, as trained, from which a new run is wanted
    track: str = ""  # the rows of this standing track are wanted, and no others
    act: Act | None = None  # what was done with a row of the board
    pin: bool = False  # the run is to be pinned as it stands at `at`
    edit: PointEdit | None = None  # what was done with a point of the fit
    batches: int = -1  # the batches of the steps from this row on are wanted

    @classmethod
    def read(cls, raw: object) -> "Question | None":
        """The question in a message; unknown and ill-formed parts are dropped."""
        if not isinstance(raw, Mapping):
            return None
        sane = {
            name: raw[name] for name, default in vars(cls()).items() if _fits(name, raw.get(name), default)
        }
        return cls(**sane | _read_parts(raw))

    @classmethod
    def dropped(cls, raw: Mapping[str, object]) -> list[str]:
        """The parts of a message that `read` drops: unknown names first, then ill-formed values."""
        defaults = vars(cls())
        unknown = [name for name in raw if name not in defaults]
        parts = _read_parts(raw)
        plain = [name for name in defaults if name in raw and name not in parts]
        wrong = [name for name in plain if not _fits(name, raw[name], defaults[name])]
        return unknown + wrong + [name for name in parts if name in raw and parts[name] is None]


def _read_parts(raw: Mapping[str, object]) -> dict[str, Any]:
    """The fields of several parts, by name; None where they are missing or ill-formed."""
    return {name: _pair(raw.get(name), *parts) for name, parts in PAIRS.items()} | {
        "act": Act.read(raw.get("act")),
        "edit": PointEdit.read(raw.get("edit")),
    }


def _pair(value: object, first: str, second: str) -> tuple[float, float] | None:
    """The two numbers of these names; None unless both are there and of a sane size."""
    if not isinstance(value, Mapping):
        return None
    x, y = value.get(first), value.get(second)
    if not (isinstance(x, int | float) and isinstance(y, int | float)):
        return None
    return (float(x), float(y)) if abs(x) <= LARGEST_EPOCH and abs(y) <= LARGEST_EPOCH else None


def _fits(name: str, value: object, default: object) -> bool:
    if default is None:
        return False  # read separately
    if name == "target_epoch" and value == "max":
        return True
    if isinstance(value, str):
        return isinstance(default, str) and len(value) <= LONGEST_NAME
    return type(value) is type(default) and abs(int(value)) <= LARGEST_EPOCH  # type: ignore[call-overload]


def theme_of(question: Question) -> str:
    """The theme of the page, which is light unless the stage says otherwise."""
    return "dark" if question.theme == "dark" else "light"


class Scene(Protocol):
    """What an answer needs to know about a scene: see `thermofit.stage.scene`."""

    @property
    def id(self) -> str:
        """Equal for equal scenes."""

    @property
    def columns(self) -> list[str]:
        """The recorded columns that the scene shows."""

    def as_json(self) -> dict[str, Any]:
        """The whole scene."""


@dataclass(frozen=True)
class Answer:
    """What the server sends. All fields except `rows` form the header, under these names; None of `batches`
    is left out.
    """

    key: str  # of the stage
    lane: str  # the token by which the stage gets rows over a socket of its own; "" where it has that already
    seq: int  # of the question; 0 if there was none
    run: str
    setup: str  # equal for equal set-ups, in every session
    parent: str  # the run that this one continues from epoch `base` on
    base: int
    at: int  # the epoch that a newly opened stage shows
    kept: int  # the newest epoch of the parent whose rows the stage may keep
    # How to convert the parent's columns to this run's units
    unit_conversion: Mapping[str, Mapping[str, float] | None]
    change: int | None  # number of a change that waits until the stage says which epoch it shows
    changed: Sequence[int]  # epochs at which settings changed
    note: str
    play: bool
    end: Mapping[str, Any] | None  # how the run ended: epoch, kind ("good" or "bad"), text
    sceneId: str  # of the scene that the rows are for
    scene: Mapping[str, Any] | None  # None if the stage has it
    track: str  # the standing track whose rows these are; "" for the run's, and those in step with it
    results: Mapping[str, Mapping[str, Any]] | None  # of a race's runners, by track
    columns: Sequence[str]
    blocks: Sequence[Block]  # each as `Block.as_json` tells it
    rows: Sequence[Tensor]  # one tensor per block, shape (count, columns of the block)
    batches: Dealt | None = None
    # In which language the texts are: its tag, its decimal mark, and the file with the stage's own texts
    language: Mapping[str, Any] = field(default_factory=ENGLISH.as_json)

    def pack(self) -> bytes:
        """The binary message."""
        beside = ("rows", "batches")
        header = {item.name: getattr(self, item.name) for item in fields(self) if item.name not in beside}
        header["blocks"] = [block.as_json() for block in self.blocks]
        if self.batches is not None:
            header["batches"] = self.batches.as_json()
        text = orjson.dumps(header)
        columns = (part.T.numpy().tobytes() for part in self.rows)
        batches = self.batches.pack() if self.batches is not None else b""
        return b"".join([struct.pack("<I", len(text)), text, *columns, batches])
