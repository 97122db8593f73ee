"""The WebSocket route of the lanes: a token first, then questions; each gets one binary answer.

    browser                         server
    the token, as text              {"ready": true}, or an error and the end
    a question, as JSON             the answer (`protocol.Answer`), or an error

An error is JSON, {"error": "…"}. Everything here comes from outside and is checked. The server's event loop
only passes messages on: what has to be computed is computed in other threads.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

import orjson
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from thermofit.errors import shorten
from thermofit.live.lane import find
from thermofit.live.protocol import Question

PATH = "/{base:path}thermofit/rows"  # below any base path that the server or a proxy may have
LONGEST = 1_000  # characters of a message; a question has about 200
RATE, BURST = 100, 300  # messages per second in the long run, and at once
HELLO = 10.0  # seconds within which the token must come
REFUSED = 1008  # the close code of a policy that was not met
UNKNOWN = 4001  # the close code that has the stage ask the page for a token

# Threads mostly wait for their turn to train, so there is one for each student of a class.
_THREADS = ThreadPoolExecutor(max_workers=64, thread_name_prefix="rows")


class BadMessage(Exception):
    """A message that gets no answer but this error; with a close code, it ends the connection."""

    def __init__(self, reason: str, close: int | None = None) -> None:
        super().__init__(reason)
        self.close = close


@dataclass
class Allowance:
    """How many messages may still come: it refills with time."""

    left: float = field(default_factory=lambda: BURST)
    since: float = field(default_factory=time.monotonic)

    def spend(self) -> None:
        """Take one message off; BadMessage if none is left."""
        now = time.monotonic()
        self.left = min(BURST, self.left + (now - self.since) * RATE)
        self.since = now
        if self.left < 1:
            raise BadMessage(f"too many messages: at most {RATE} per second are read", REFUSED)
        self.left -= 1


def route(is_allowed: Callable[[str | None, str | None], bool]) -> WebSocketRoute:
    """The route, for visitors whose Origin and Host headers are allowed."""

    async def endpoint(socket: WebSocket) -> None:
        if not is_allowed(socket.headers.get("Origin"), socket.headers.get("Host")):
            return await socket.close(REFUSED)
        await socket.accept()
        # RuntimeError: the browser has left while an answer was being sent.
        with suppress(WebSocketDisconnect, RuntimeError):
            await _serve(socket)
        return None

    return WebSocketRoute(PATH, endpoint)


async def _serve(socket: WebSocket) -> None:
    """Answer until the browser leaves or a message ends the connection."""
    allowance, token = Allowance(), ""
    while True:
        try:
            async with asyncio.timeout(None if token else HELLO):
                text = await _text(socket)
            allowance.spend()
            if token:
                await socket.send_bytes(await _answer(token, text))
            else:
                token = _known(text)
                await socket.send_text('{"ready":true}')
        except TimeoutError:
            return await socket.close(REFUSED)
        except BadMessage as bad:
            await socket.send_text(orjson.dumps({"error": str(bad)}).decode())
            if bad.close:
                return await socket.close(bad.close)


async def _text(socket: WebSocket) -> str:
    """The next message; BadMessage unless it is short text, WebSocketDisconnect at the end."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1000))
    text: str | None = message.get("text")
    if text is None:
        raise BadMessage("a question is text, not bytes")
    if len(text) > LONGEST:
        raise BadMessage(f"a question has at most {LONGEST} characters")
    return text


def _known(text: str) -> str:
    """The token that a text is; BadMessage if no lane has it."""
    if find(text) is None:
        raise BadMessage("unknown token", UNKNOWN)
    return text


async def _answer(token: str, text: str) -> bytes:
    """The answer to a question, computed in another thread."""
    question, lane = _question(text), find(token)
    if lane is None:
        raise BadMessage("unknown token", UNKNOWN)  # the session has ended meanwhile
    try:
        return await asyncio.get_running_loop().run_in_executor(_THREADS, lane.answer, question)
    except Exception as error:
        logging.getLogger(__name__).exception("a question could not be answered")
        raise BadMessage("the question could not be answered") from error


def _question(text: str) -> Question:
    """The question in a message; BadMessage says what is wrong with it."""
    try:
        raw = orjson.loads(text)
    except ValueError:
        raise BadMessage("a question is JSON") from None
    question = Question.read(raw)
    if question is None:
        raise BadMessage("a question is a JSON object")
    for name in Question.dropped(raw):
        part = shorten(name)
        raise BadMessage(f"unknown or ill-formed: {part}")
    return question
