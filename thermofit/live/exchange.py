"""From a question to its answer."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from torch import Tensor

from thermofit import Config
from thermofit.live.companion import Companion
from thermofit.live.dealt import Dealt
from thermofit.live.protocol import Answer, Question, Scene
from thermofit.live.row_blocks import Block
from thermofit.live.setting_change import SettingChange
from thermofit.words import language


class Live(Protocol):
    """What is shown on a stage: a run (`LiveRun`), or many in step (`LiveRace`)."""

    id: str
    parent: str
    base: int
    kept: int
    unit_conversion: Mapping[str, Mapping[str, float] | None]
    note: str
    play: bool
    changes: tuple[tuple[int, str], ...]
    pending: SettingChange | None
    shown: int
    opens_at: int
    companions: Mapping[str, Companion]
    lock: threading.RLock

    @property
    def config(self) -> Config:
        """The settings by which the scene is chosen."""

    @property
    def setup(self) -> str:
        """Equal for equal set-ups, in every session."""

    def hear(self, question: Question | None) -> None:
        """Note what the browser shows."""

    def handle(self, question: Question | None) -> None:
        """Do what the question asks, and train as far as it needs."""

    def respond(self, question: Question | None) -> list[Block]:
        """The recorded epochs to send; the caller holds the lock."""

    def rows(self, block: Block, columns: Sequence[str]) -> Tensor:
        """The epochs of a block, shape (count, columns)."""

    def batches(self, row: int) -> Dealt | None:
        """The batches of the steps from this row on; None where there are none to show."""

    def end(self) -> dict[str, Any] | None:
        """How it ended; None before."""

    def results(self) -> dict[str, dict[str, Any]] | None:
        """What is known of each runner; None for a run by itself."""


def exchange(
    live: Live,
    scene_for: Callable[[Config], Scene],
    question: Question | None,
    stage: str = "",
    lane: str = "",
) -> Answer:
    """Have the run do what the question asks, and answer with what the stage of this key needs.

    `lane` is the token that the stage gets.

    The scene is chosen last, because the question may change the run's settings.
    """
    companion = _standing(live, question) if question and question.track else None
    if not question or not question.track:
        live.handle(question)
    with live.lock:
        scene = scene_for(live.config)
        blocks, rows = _rows(live, companion, question, scene.columns)
        return Answer(
            key=stage,
            lane=lane,
            language=language().as_json(),
            seq=question.seq if question else 0,
            run=live.id,
            setup=live.setup,
            parent=live.parent,
            base=live.base,
            at=max(live.shown, live.opens_at),
            kept=live.kept,
            unit_conversion=live.unit_conversion,
            change=live.pending.number if live.pending else None,
            changed=[epoch for epoch, _ in live.changes],
            note=live.note,
            play=live.play,
            end=live.end(),
            sceneId=scene.id,
            scene=None if question and question.scene == scene.id else scene.as_json(),
            track=question.track if question and companion else "",
            results=_results(live, companion, question),
            columns=scene.columns,
            blocks=blocks,
            rows=rows,
            batches=live.batches(question.batches) if question and not question.track else None,
        )


def _results(
    live: Live, companion: Companion | None, question: Question | None
) -> dict[str, dict[str, Any]] | None:
    """What is known of the runners of a race, or of the companion whose rows are sent."""
    if companion is None or question is None:
        return live.results()
    return {question.track: vars(companion.result)} if companion.result else None


def _standing(live: Live, question: Question) -> Companion | None:
    """The companion that the question asks for, trained a little if need be."""
    live.hear(question)
    companion = live.companions.get(question.track)
    if companion:
        companion.train()
    return companion


def _rows(
    live: Live, companion: Companion | None, question: Question | None, columns: Sequence[str]
) -> tuple[list[Block], list[Tensor]]:
    """The blocks of an answer, and the rows of each; the caller holds the lock."""
    if question and question.track:
        parts = companion.parts(question.track, columns) if companion else []
        return [block for block, _ in parts], [rows for _, rows in parts]
    blocks = live.respond(question)
    own = [columns if block.columns is None else block.columns for block in blocks]
    return blocks, [live.rows(block, names) for block, names in zip(blocks, own, strict=True)]
