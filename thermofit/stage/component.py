"""The stage: one browser component that keeps Plotly mounted and plays the rows that the server sends.

Python declares a `Scene` (figures whose traces say what moves them, readouts, speeds); stage.js plays
it. This module packs scene and rows into one binary message. It knows nothing of training.
"""

import hashlib
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import orjson
import plotly.graph_objects as go
import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from thermofit import Config
from thermofit.charts import Parts, as_json
from thermofit.ui import assets, drawn, session
from thermofit.ui.question import Question
from thermofit.ui.session import Live

# The component's own script is sent with every message, so it only fetches the real one, once.
LOADER = """
const stage = import(new URL("./app/static/FOLDER/stage.js", document.baseURI));
export default async (port) => (await stage).default(port);
"""

RECORDED = ("w", "b", "grad_w", "grad_b", "train_loss", "val_loss")


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
    bare: bool = False  # only the figures: nothing in them moves
    also: Sequence[str] = ()  # recorded columns for another scene of the same stage, so that rows serve both

    @cached_property
    def columns(self) -> list[str]:
        """The recorded columns that anything in the scene uses: only these travel."""
        used = set(_names([figure["layout"].get("meta", {}) for figure in self._figures]))
        used |= set(_names([trace.get("meta", {}) for figure in self._figures for trace in figure["data"]]))
        used |= set(self.also)
        used |= set(_names([[readout.value, readout.below] for readout in self.readouts]))
        for name, terms in self.derived.items():
            used |= set(terms) if name in used else set()
        return [name for name in RECORDED if name in used]

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
        }

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, **self._body}


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


def pack(live: Live, scene_for: Callable[[Config], Scene], question: Question | None, key: str = "") -> bytes:
    """One message: uint32 length of the header, the header as JSON, then each block's columns as float32.

    The question may change the run's settings, so the scene is chosen after that. `key` names the stage.
    """
    live.listen(question)
    with live.lock:
        scene = scene_for(live.config)
        blocks = live.answer(question)
        header = {
            "key": key,
            "seq": question.seq if question else 0,
            "run": live.id,
            "parent": live.parent,
            "base": live.base,
            "at": live.shown,
            "kept": live.kept,
            "retold": live.retold,
            "change": live.pending[0] if live.pending else None,
            "changed": [epoch for epoch, _ in live.changes],
            "note": live.note,
            "play": live.play,
            "end": live.end(),
            "sceneId": scene.id,
            "scene": None if question and question.scene == scene.id else scene.as_json(),
            "columns": scene.columns,
            "blocks": [
                {"from": block.start, "stride": block.stride, "count": block.count} for block in blocks
            ],
        }
        rows = [live.rows(block, scene.columns) for block in blocks]
    text = orjson.dumps(header)
    return b"".join([struct.pack("<I", len(text)), text, *(part.T.numpy().tobytes() for part in rows)])


def stage(
    key: str,
    live: Live,
    scene_for: Callable[[Config, str], Scene],
    follower: Sequence[str] = (),
    on_click: Callable[[float, float], None] | None = None,
    below: Callable[[Live], None] | None = None,
) -> None:
    """Draw the stage for `live`; `scene_for` gives the scene of a set-up in a theme ("light" or "dark").

    A fragment, so that a question of the browser reruns this function and nothing else. `follower` names
    switches in the session's state; where one is on, a fragment (of the first one's name and " fragment") is
    redrawn, too, when the stage comes to stand still: not while it plays, which would cost pictures.
    `on_click` is told where a figure that asks for it was clicked, in the units of its axes; `below` draws
    what belongs to how the run stands.
    """
    st.fragment(_stage, key=f"{key} fragment")(key, live, scene_for, follower, on_click, below)


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "thermofit_stage", js=LOADER.replace("FOLDER", assets.publish()), isolate_styles=False
    )


def _stage(
    key: str,
    live: Live,
    scene_for: Callable[[Config, str], Scene],
    follower: Sequence[str],
    on_click: Callable[[float, float], None] | None,
    below: Callable[[Live], None] | None,
) -> None:
    question = session.asked(key)
    if drawn.behind():
        st.rerun()
    if on_click and question and question.click:
        session.click_taken(key, question)
        on_click(*question.click)
    asked = question.theme if question else st.context.theme.type
    theme = "dark" if asked == "dark" else "light"
    data = pack(live, lambda config: scene_for(config, theme), question, key)
    _component()(key=key, data=data, on_ask_change=lambda: _take_along(key, follower))
    session.answered(key)
    if below:
        below(live)


def _take_along(key: str, follower: Sequence[str]) -> None:
    """Have the follower redrawn after the stage, where this question says that the picture stands still."""
    question = session.asked(key)
    settled = question and (question.still or question.change or question.restart)
    if settled and any(st.session_state.get(name) for name in follower):
        st.rerun([f"{key} fragment", f"{follower[0]} fragment"])
