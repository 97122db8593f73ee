"""A student without a browser: opens the page as a browser does and asks for rows as the stage does.

Rows come by the stage's own socket ("lane"), or as where that can't be opened ("page"): then a question is a
trigger of the component, which reruns the stage's fragment. As from a real browser, every rerun carries the
state of all widgets of the page.
"""

import asyncio
import json
import struct
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

TRIGGERS = "$$STREAMLIT_INTERNAL_KEY_{}__events"
LEAD, FEW = 1.9, 4  # AHEAD and FEW of stage/frontend/questions.js
PATIENCE = 60  # seconds without an answer after which a benchmark gives up


@dataclass(frozen=True)
class Answer:
    """One message of the stage: its header, and the rows of each block, (columns, count), float32."""

    header: Mapping[str, Any]
    blocks: list[np.ndarray]
    size: int
    at: float = field(default_factory=time.monotonic)


def unpack(message: bytes) -> Answer:
    """Read the layout that `thermofit.live.protocol` describes."""
    (length,) = struct.unpack_from("<I", message)
    header = json.loads(message[4 : 4 + length])
    numbers = np.frombuffer(message, dtype="<f4", offset=4 + length)
    width, blocks, start = len(header["columns"]), [], 0
    for block in header["blocks"]:
        end = start + width * block["count"]
        blocks.append(numbers[start:end].reshape(width, block["count"]))
        start = end
    return Answer(header, blocks, len(message))


def _epochs(block: Mapping[str, int]) -> range:
    return range(block["from"], block["from"] + block["stride"] * block["count"], block["stride"])


class Student:
    """One visitor of the Lab. `async with Student(server.url, epochs=5000) as student: …`

    `way` is "lane" or "page", the way that rows come; `page` is the address of another page than the Lab.
    """

    def __init__(self, url: str, way: str = "lane", page: str = "", **query: object) -> None:
        self.url, self.way, self.query, self.page_name = url, way, urlencode(query), page
        self.speed = str(query.get("speed", "100"))
        self.widgets: dict[str, WidgetState] = {}
        self.answers: list[Answer] = []
        self.last, self.seq = -1, 0
        self.run = self.scene = self.page = self.fragment = self.stage = self.token = ""
        self.end: Mapping[str, Any] | None = None
        self.failures = 0

    async def __aenter__(self) -> "Student":
        self.socket = await self._connect("/_stcore/stream", [Subprotocol("streamlit")])
        await self._rerun()
        self.lane = await self._open_lane() if self.way == "lane" else None
        return self

    async def __aexit__(self, *_: object) -> None:
        for socket in (self.lane, self.socket):
            if socket:
                await socket.close()

    async def _connect(self, path: str, protocols: list[Subprotocol] | None = None) -> ClientConnection:
        address = self.url.replace("http", "ws", 1) + path
        return await connect(
            address, subprotocols=protocols, compression=None, max_size=None, open_timeout=PATIENCE
        )

    async def _open_lane(self) -> ClientConnection:
        lane = await self._connect("/thermofit/rows")
        await lane.send(self.token)
        if await lane.recv() != '{"ready":true}':
            raise RuntimeError("the server did not know the token")
        return lane

    # ---- questions ----

    async def ask(self, **what: object) -> None:
        """Ask and wait for the answer: like the stage, one question at a time."""
        self.seq += 1
        question = {"seq": self.seq, "run": self.run, "scene": self.scene, "theme": "light"}
        question |= {"newest_row": self.last, "at": self.last, "speed": self.speed, **what}
        if self.lane:
            return await self._ask_by_lane(json.dumps(question))
        trigger = WidgetState(id=TRIGGERS.format(self.stage))
        trigger.json_trigger_value = json.dumps([{"event": "ask", "value": question}])
        return await self._rerun(trigger)

    async def _ask_by_lane(self, question: str) -> None:
        assert self.lane
        await self.lane.send(question)
        async with asyncio.timeout(PATIENCE):
            message = await self.lane.recv()
        if isinstance(message, bytes):
            self._answer(message)
        else:
            self.failures += 1

    async def _rerun(self, trigger: WidgetState | None = None) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name = self.query, self.page_name
        state.widget_states.widgets.extend(self.widgets.values())
        state.context_info.url, state.context_info.locale = self.url, "en-US"
        state.context_info.timezone, state.context_info.color_scheme = "UTC", "light"
        if trigger is not None:
            state.widget_states.widgets.append(trigger)
            state.page_script_hash, state.fragment_id = self.page, self.fragment
        await self.socket.send(message.SerializeToString())
        async for reply in self._until_finished():
            self._take(reply)

    async def _until_finished(self) -> AsyncIterator[ForwardMsg]:
        while True:
            async with asyncio.timeout(PATIENCE):
                data = await self.socket.recv(decode=False)
            reply = ForwardMsg.FromString(data)
            yield reply
            if reply.WhichOneof("type") == "script_finished":
                return

    # ---- answers ----

    def _take(self, reply: ForwardMsg) -> None:
        kind = reply.WhichOneof("type")
        if kind == "new_session":
            self.page = reply.new_session.page_script_hash
        elif kind == "delta" and reply.delta.WhichOneof("type") == "new_element":
            self._element(reply.delta)

    def _element(self, delta: Delta) -> None:
        kind = str(delta.new_element.WhichOneof("type"))
        element = getattr(delta.new_element, kind)
        if kind == "bidi_component":
            self.fragment = delta.fragment_id
            self._picture(element)
        elif kind == "exception":
            self.failures += 1
        elif kind in DEFAULTS:
            self.widgets[element.id] = DEFAULTS[kind](element)

    def _picture(self, component: BidiComponent) -> None:
        self.stage = component.id
        self._answer(component.bytes)
        self.token = self.answers[-1].header["lane"]

    def _answer(self, message: bytes) -> None:
        answer = unpack(message)
        self.answers.append(answer)
        header = answer.header
        self.run, self.scene, self.end = header["run"], header["sceneId"], header["end"]
        self.last = max([self.last, *(epochs[-1] for epochs in map(_epochs, header["blocks"]) if epochs)])

    def rows(self) -> dict[int, dict[str, float]]:
        """All rows that arrived, by epoch and column."""
        return {
            epoch: dict(zip(answer.header["columns"], row, strict=True))
            for answer in self.answers
            for block, numbers in zip(answer.header["blocks"], answer.blocks, strict=True)
            for epoch, row in zip(_epochs(block), numbers.T.tolist(), strict=True)
        }

    @property
    def done(self) -> bool:
        """Whether the whole run has arrived."""
        return self.end is not None and self.last >= self.end["epoch"]


# ---- a widget's first value, by the kind of its element: what the browser sends before any input ----


def _now(element: Any) -> Any:
    """The value that the server set, or else the widget's default."""
    return element.value if element.set_value else element.default


def _number(element: NumberInput) -> WidgetState:
    if element.data_type == NumberInput.INT:
        return WidgetState(id=element.id, int_value=int(_now(element)))
    return WidgetState(id=element.id, double_value=_now(element))


def _list(element: Any, name: str, values: Iterable[Any]) -> WidgetState:
    state = WidgetState(id=element.id)
    getattr(state, name).data.extend(values)
    return state


def _slider(element: Any) -> WidgetState:
    if not element.options:
        return _list(element, "double_array_value", _now(element))
    chosen = element.raw_value if element.set_value else [element.options[int(i)] for i in element.default]
    return _list(element, "string_array_value", chosen)


def _buttons(element: Any) -> WidgetState:
    chosen = (
        element.raw_values if element.set_value else [element.options[i].content for i in element.default]
    )
    return _list(element, "string_array_value", chosen)


DEFAULTS: dict[str, Callable[[Any], WidgetState]] = {
    "selectbox": lambda e: WidgetState(
        id=e.id, string_value=e.raw_value if e.set_value else e.options[e.default]
    ),
    "text_input": lambda e: WidgetState(id=e.id, string_value=_now(e)),
    "checkbox": lambda e: WidgetState(id=e.id, bool_value=_now(e)),
    "number_input": _number,
    "slider": _slider,
    "button_group": _buttons,
}
