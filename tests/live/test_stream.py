"""The route of the lanes, spoken to as a browser would, and as somebody would who means harm."""

import json
import logging
import random
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass

import pytest
import uvicorn
from starlette.applications import Starlette
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.live.record_protocol import QUESTIONS, SmallScene
from tests.messages import unpack
from thermofit import Config
from thermofit.live import lane as lanes
from thermofit.live import stream
from thermofit.live.lane import Lane, Lanes
from thermofit.live.live_run import LiveRun
from thermofit.live.protocol import Question

SCENE = SmallScene(["w", "b", "train_loss"])
FRIEND, STRANGER = "http://friend.example", "http://stranger.example"
PATIENCE = 30  # seconds; an answer that takes longer is none


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server with the route below a base path, and nothing else."""
    app = Starlette(routes=[stream.route(lambda origin, host: origin != STRANGER)])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"ws://127.0.0.1:{port}/some/base/thermofit/rows"
    server.should_exit = True
    thread.join()


@pytest.fixture
def session() -> Iterator[Lanes]:
    session = Lanes()
    yield session
    session.close()


@dataclass
class Visitor:
    """One who has opened the socket."""

    socket: ClientConnection

    def say(self, message: str | bytes) -> str | bytes:
        """Send this and return what comes back."""
        self.socket.send(message)
        return self.socket.recv(PATIENCE)

    def error(self, message: str | bytes) -> str:
        answer = json.loads(self.say(message))
        assert list(answer) == ["error"]
        return str(answer["error"])

    def ask(self, **parts: object) -> tuple[dict[str, object], dict[int, dict[str, float]]]:
        answer = self.say(json.dumps({"scene": SCENE.id, **parts}))
        assert isinstance(answer, bytes), answer
        return unpack(answer)

    def close_code(self) -> int | None:
        """The code with which the server closes the connection."""
        with pytest.raises(ConnectionClosed):
            while True:
                self.socket.recv(PATIENCE)
        return self.socket.close_code


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(address: str) -> Iterator[Visit]:
    with ExitStack() as visitors:
        yield lambda origin=FRIEND: Visitor(
            visitors.enter_context(connect(address, origin=Origin(origin), max_size=None))
        )


def shown(session: Lanes, config: Config, stage: str = "stage") -> tuple[Lane, LiveRun]:
    """A lane on which a run of this set-up is shown."""
    lane, live = session.of(stage), LiveRun(config)
    lane.show(live, lambda config, theme: SCENE)
    return lane, live


def greeted(visit: Visit, token: str) -> Visitor:
    visitor = visit()
    assert json.loads(visitor.say(token)) == {"ready": True}
    return visitor


def test_rows_by_the_lane_are_the_rows_of_the_run(visit: Visit, session: Lanes) -> None:
    lane, live = shown(session, Config(epochs=150))
    visitor, rows, end = greeted(visit, lane.token), {}, None
    while not end:
        newest = max(rows, default=-1)
        header, more = visitor.ask(run=live.id, newest_row=newest, at=max(newest, 0), target_epoch="max")
        rows |= more
        end = header["end"]
        assert header["run"] == live.id and header["key"] == "stage" and header["lane"] == ""
    for epoch, row in rows.items():
        recorded = live.run.history.row(epoch)
        assert row == {name: recorded[name] for name in SCENE.columns}
    assert list(rows) == list(range(151))


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_recorded_question_is_answered(visit: Visit, session: Lanes, name: str) -> None:
    lane, _ = shown(session, Config(epochs=150))
    header, _ = greeted(visit, lane.token).ask(seq=12, **{**QUESTIONS[name], "scene": SCENE.id})
    assert header["seq"] == 12


def test_a_token_serves_its_own_run_only(visit: Visit, session: Lanes) -> None:
    runs = [shown(session, Config(lr=lr), f"stage {lr}") for lr in (0.01, 0.02)]
    others = Lanes()
    runs.append(shown(others, Config(lr=0.03)))
    for lane, live in runs:
        visitor = greeted(visit, lane.token)
        for _, other in runs:
            header, rows = visitor.ask(run=other.id, newest_row=-1, target_epoch=3, speed="1")
            assert header["run"] == live.id
            assert rows[1]["w"] == pytest.approx(live.run.history.row(1)["w"])
    others.close()


def test_foreign_and_invented_tokens_get_nothing(visit: Visit, session: Lanes) -> None:
    lane, _ = shown(session, Config())
    rng = random.Random(3)
    near = [lane.token[:-1], lane.token + "x", lane.token.swapcase(), lane.token[::-1], f" {lane.token}"]
    invented = [secrets.token_urlsafe(24) for _ in range(20)]
    guesses = ["", "*", "null", '{"token":"*"}', "stage", "".join(rng.sample(lane.token, len(lane.token)))]
    for token in near + invented + guesses:
        visitor = visit()
        assert visitor.error(token) == "unknown token"
        assert visitor.close_code() == stream.UNKNOWN


def test_a_token_is_worthless_when_its_session_has_ended(visit: Visit) -> None:
    session = Lanes()
    lane, live = shown(session, Config())
    visitor = greeted(visit, lane.token)
    visitor.ask(run=live.id)
    session.close()
    assert visitor.error(json.dumps({"seq": 1})) == "unknown token"  # on an open socket
    assert visitor.close_code() == stream.UNKNOWN
    late = visit()
    assert late.error(lane.token) == "unknown token"


def test_a_token_is_gone_with_a_session_that_nobody_closed(session: Lanes) -> None:
    forgotten = Lanes()
    token = shown(forgotten, Config())[0].token
    assert lanes.find(token)
    del forgotten
    assert lanes.find(token) is None


def test_another_origin_is_turned_away(visit: Visit) -> None:
    with pytest.raises(InvalidStatus) as refused:
        visit(STRANGER)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("", "a question is JSON"),
        ("{", "a question is JSON"),
        ('{"seq": NaN}', "a question is JSON"),
        ("[]", "a question is a JSON object"),
        ("7", "a question is a JSON object"),
        ('{"seq": "seven"}', "unknown or ill-formed: seq"),
        ('{"at": 1e400}', "a question is JSON"),
        ('{"newest_row": 99999999999}', "unknown or ill-formed: newest_row"),
        ('{"click": {"x": 1}}', "unknown or ill-formed: click"),
        ('{"speed": "' + "9" * 50 + '"}', "unknown or ill-formed: speed"),
        ('{"colour": "red"}', "unknown or ill-formed: colour"),
        ('{"seq": 1, "pad": "' + "x" * 1000 + '"}', "a question has at most 1000 characters"),
        (b'{"seq": 1}', "a question is text, not bytes"),
    ],
)
def test_an_ill_formed_question_is_told_why(
    visit: Visit, session: Lanes, message: str | bytes, reason: str
) -> None:
    visitor = greeted(visit, shown(session, Config())[0].token)
    assert visitor.error(message) == reason
    assert visitor.ask(seq=5)[0]["seq"] == 5  # the next question is answered


def test_too_many_messages_end_the_connection(visit: Visit, session: Lanes) -> None:
    visitor = greeted(visit, shown(session, Config())[0].token)
    reason, count = "", 0
    while not reason.startswith("too many messages"):
        reason, count = visitor.error("{"), count + 1
    assert count >= stream.BURST
    assert visitor.close_code() == stream.REFUSED


def hostile(rng: random.Random) -> str | bytes:
    """A message that no stage would send."""
    junk = [None, -5, 10**12, 1e300, "", "max", "x" * 60, [], {}, True, "NaN", 3.5, 7, {"x": "a", "y": []}]
    names = [*asdict(Question()), "__class__", "lane", "", "é\x00"]
    kind = rng.randrange(6)
    if kind == 0:
        return rng.randbytes(rng.randrange(200))
    if kind == 1:
        return "".join(map(chr, rng.choices(range(0xD7FF), k=rng.randrange(300))))
    if kind == 2:
        return "[" * rng.randrange(1, 900)
    if kind == 3:
        return json.dumps(rng.choice(junk))
    if kind == 4:
        return json.dumps({"seq": 1, "run": "x" * rng.randrange(2000)})
    return json.dumps({name: rng.choice(junk) for name in rng.sample(names, rng.randrange(1, 7))})


def test_six_hundred_hostile_messages(
    visit: Visit, session: Lanes, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "BURST", 1_000)
    caplog.set_level(logging.WARNING)
    lane, live = shown(session, Config(epochs=500))
    rng, visitor, errors = random.Random(11), greeted(visit, lane.token), 0
    for _ in range(600):
        answer = visitor.say(hostile(rng))
        if isinstance(answer, bytes):
            assert unpack(answer)[0]["run"].startswith(live.name)
        else:
            assert list(json.loads(answer)) == ["error"] and len(answer) < 200
            errors += 1
    assert errors > 300
    assert caplog.records == []
    assert visitor.ask(seq=9)[0]["seq"] == 9


def test_what_goes_wrong_on_the_server_is_logged_there_and_told_in_words(
    visit: Visit, session: Lanes, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = greeted(visit, session.of("empty").token)
    assert visitor.error('{"seq": 1}') == "the question could not be answered"
    assert "nothing is shown on this lane yet" in caplog.text


def test_the_event_loop_waits_for_nobody(visit: Visit, session: Lanes) -> None:
    """While one answer is being computed, others get theirs."""
    slow, _ = shown(session, Config(), "slow")
    quick, _ = shown(session, Config(), "quick")
    begun, go_on, answer = threading.Event(), threading.Event(), slow.answer

    def computed(question: Question) -> bytes:
        begun.set()
        assert go_on.wait(PATIENCE)
        return answer(question)

    slow.answer = computed  # type: ignore[method-assign]
    waiting, other = greeted(visit, slow.token), greeted(visit, quick.token)
    waiting.socket.send('{"seq": 1}')
    assert begun.wait(PATIENCE)
    assert other.ask(seq=2)[0]["seq"] == 2
    go_on.set()
    answered = waiting.socket.recv(PATIENCE)
    assert isinstance(answered, bytes) and unpack(answered)[0]["seq"] == 1
