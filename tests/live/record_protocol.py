"""Records messages between stage and server in protocol_examples.json.

The examples hold both halves of the protocol to the same messages. Record them again only when the protocol
changes: `python -m tests.live.record_protocol`.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import torch

from thermofit import Config
from thermofit.live.companion import Companion
from thermofit.live.exchange import exchange
from thermofit.live.live_race import LiveRace
from thermofit.live.live_run import LiveRun
from thermofit.live.protocol import Answer, Question
from thermofit.live.setting_change import How

EXAMPLES = Path(__file__).with_name("protocol_examples.json")

BEFORE = {"run": "", "scene": "", "theme": "light", "newest_row": -1, "at": 0}
SHOWN = {"run": "run-7", "scene": "5ce9e1d", "theme": "dark", "newest_row": 120, "at": 100, "speed": "100"}

# What the stage sends, by what makes it do so: tests/frontend/protocol.test.js does each.
QUESTIONS: Mapping[str, dict[str, Any]] = {
    "nothing is known yet": BEFORE,
    "plays at 100 epochs per second": SHOWN | {"target_epoch": 290},
    "plays at Max": SHOWN | {"speed": "max", "target_epoch": "max"},
    "opens at an epoch that is still to be trained": SHOWN | {"at": 120, "target_epoch": 2500, "seek": True},
    "stands still": SHOWN | {"paused": True, "dense": False},
    "steps back among rows that were left out": SHOWN | {"newest_row": 128, "at": 99, "dense": True},
    "a setting was touched": SHOWN | {"held": True},
    "says where settings change": SHOWN | {"change": 3},
    "Reset after a change": SHOWN | {"at": 0, "restart": True},
    "a chart was clicked": SHOWN | {"click": {"x": 1.5, "y": -3}},
    "the line was moved by hand": SHOWN | {"start": {"w": 0.5, "b": -17.5}},
    "lacks the rows of a pin": SHOWN | {"track": "pin-1"},
    "a row of the board was renamed": SHOWN
    | {"act": {"do": "rename", "track": "pin-1", "name": "Slow but sure"}},
    "the run is to be pinned": SHOWN | {"pin": True},
    "a point was moved": SHOWN | {"edit": {"do": "move", "of": "5e7", "row": 2, "x": 35.5, "y": -1}},
    "a point was added": SHOWN | {"edit": {"do": "add", "of": "5e7", "x": 35.5, "y": -1}},
    "a point was removed": SHOWN | {"edit": {"do": "remove", "of": "5e7", "row": 2}},
    "lights the next batch": SHOWN | {"batches": 100},
}


@dataclass(frozen=True)
class SmallScene:
    """A scene with nothing in it but the names of its columns."""

    columns: list[str]
    id: str = "5ce9e1d"

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "columns": self.columns, "figures": [], "derived": {"slope °C": {"w": 0.5}}}


def answers() -> Iterator[tuple[str, Answer]]:
    """Answers of a run on its way, by what is special about them."""
    scene = SmallScene(["w", "b", "train_loss"])
    live = LiveRun(Config(epochs=200_000, val=0.2, lr=0.01, scaling="tenth"))

    def ask(**parts: Any) -> Answer:
        question = Question(**{"run": live.id, "scene": scene.id, "speed": "100"} | parts)
        return exchange(live, lambda _: scene, question, "lab")

    yield "the first, with its scene", exchange(live, lambda _: scene, None, "lab")
    yield "two blocks, one of them thinned", ask(seq=2, newest_row=4, at=2, target_epoch=60)
    live.configure(live.config.replace(scaling="standardize", epochs=45), How.GO_ON)
    yield "asks where settings change", ask(seq=3, newest_row=60, at=40)
    assert live.pending
    yield (
        "went on in other units",
        ask(seq=4, newest_row=60, at=40, change=live.pending.number, target_epoch=45),
    )
    ended = ask(seq=5, newest_row=45, at=45)
    yield "ended, with no rows", ended
    live.companions = {"pin-1": Companion(live.run, 6)}
    yield "a pin, and nothing else", ask(seq=7, newest_row=45, at=45, track="pin-1")
    yield "a race: the clock, and a runner that ends before it", _race(scene)
    lost = torch.tensor([[1.0, torch.nan, torch.inf]])
    yield "NaN and infinity", replace(ask(seq=6, newest_row=44, at=45), rows=[lost])


def _race(scene: SmallScene) -> Answer:
    race = LiveRace({"slow": Config(epochs=20, lr=1e-4), "wild": Config(epochs=20, lr=10.0, scaling="none")})
    question = Question(
        seq=1, run=race.id, scene=scene.id, newest_row=-1, speed="10", target_epoch=20, seek=True
    )
    return exchange(race, lambda _: scene, question, "race")


def _plain(value: float) -> float | str:
    """JSON knows no infinity and no NaN."""
    return value if abs(value) < torch.inf else str(value)


def recorded(name: str, answer: Answer) -> dict[str, Any]:
    beside = ("rows", "batches")
    header = {item.name: getattr(answer, item.name) for item in fields(Answer) if item.name not in beside}
    header["blocks"] = [each.as_json() for each in answer.blocks]
    rows = [[[_plain(value) for value in row] for row in block.tolist()] for block in answer.rows]
    return {"name": name, "message": base64.b64encode(answer.pack()).decode(), "header": header, "rows": rows}


def lit() -> dict[str, Any]:
    """An answer to a question that wants batches: three updates per epoch, the last one of two readings."""
    live, scene = LiveRun(Config(epochs=3, batch=3, batch_seed=4)), SmallScene(["w", "batch_loss"])
    question = Question(run=live.id, scene=scene.id, speed="10", target_epoch=9, seek=True, batches=0)
    answer = exchange(live, lambda _: scene, question, "lab")
    assert answer.batches
    header = recorded("", answer)["header"] | {"batches": answer.batches.as_json()}
    message = base64.b64encode(answer.pack()).decode()
    return {"message": message, "header": header, "numbers": answer.batches.numbers.tolist()}


def record() -> None:
    questions = []
    for seq, (name, parts) in enumerate(QUESTIONS.items(), 1):
        read = Question.read({"seq": seq} | parts)
        assert read
        questions.append({"name": name, "asked": {"seq": seq} | parts, "read": asdict(read)})
    examples = {
        "question_fields": [item.name for item in fields(Question)],
        "questions": questions,
        "answers": [recorded(name, answer) for name, answer in answers()],
        "lit": [lit()],
    }
    # A line for each message, so that a change of one is seen as that.
    parts = [f"{json.dumps(key)}: {_lines(value)}" for key, value in examples.items()]
    EXAMPLES.write_text("{\n" + ",\n".join(parts) + "\n}\n")


def _lines(items: list[Any]) -> str:
    if isinstance(items[0], str):
        return json.dumps(items)
    return (
        "[\n  "
        + ",\n  ".join(json.dumps(item, ensure_ascii=False, allow_nan=False) for item in items)
        + "\n]"
    )


if __name__ == "__main__":
    record()
