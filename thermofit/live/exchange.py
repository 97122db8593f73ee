"""From a question to its answer."""

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha1
from urllib.parse import urlencode

from thermofit import Config
from thermofit.config.link import Link, write
from thermofit.live.live_run import LiveRun
from thermofit.live.protocol import Answer, Question, Scene


def exchange(
    live: LiveRun,
    scene_for: Callable[[Config], Scene],
    question: Question | None,
    stage: str = "",
    lane: str = "",
) -> Answer:
    """Have the run do what the question asks, and answer with what the stage of this key needs.

    `lane` is the token that the stage gets.

    The scene is chosen last, because the question may change the run's settings.
    """
    live.handle(question)
    with live.lock:
        scene = scene_for(live.config)
        blocks = live.respond(question)
        return Answer(
            key=stage,
            lane=lane,
            seq=question.seq if question else 0,
            run=live.id,
            setup=_setup(live.config),
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
            columns=scene.columns,
            blocks=blocks,
            rows=[live.rows(block, scene.columns) for block in blocks],
        )


@lru_cache(maxsize=256)
def _setup(config: Config) -> str:
    return sha1(urlencode(write(Link(config))).encode(), usedforsecurity=False).hexdigest()[:10]
