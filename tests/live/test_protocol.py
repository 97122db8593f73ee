"""The recorded messages, read and packed in Python; tests/frontend/protocol.test.js does so in JavaScript."""

import base64
import json
import math
from dataclasses import fields
from typing import Any

import pytest
import torch

from tests.live.record_protocol import EXAMPLES, QUESTIONS
from tests.messages import unpack_tracks
from thermofit.data.edit import Edit
from thermofit.live.protocol import Act, Answer, PointEdit, Question
from thermofit.live.row_blocks import Block

RECORDED = json.loads(EXAMPLES.read_text())


def by_name(kind: str) -> Any:
    return pytest.mark.parametrize("example", RECORDED[kind], ids=lambda example: example["name"])


def rows_of(example: dict[str, Any]) -> list[torch.Tensor]:
    """The rows of each block, shape (count, columns)."""
    usual = example["header"]["columns"]
    widths = [len(block.get("columns", usual)) for block in example["header"]["blocks"]]
    blocks = [[[float(value) for value in row] for row in block] for block in example["rows"]]
    return [
        torch.tensor(block, dtype=torch.float32).reshape(len(block), width)
        for block, width in zip(blocks, widths, strict=True)
    ]


def block_of(told: dict[str, Any]) -> Block:
    columns = tuple(told["columns"]) if "columns" in told else None
    return Block(told["from"], told["stride"], told["count"], told.get("track", "run"), columns)


def test_the_fields_of_a_question_and_each_question_are_recorded() -> None:
    assert RECORDED["question_fields"] == [item.name for item in fields(Question)]
    assert [question["name"] for question in RECORDED["questions"]] == list(QUESTIONS)


@by_name("questions")
def test_a_question_is_read_as_recorded(example: dict[str, Any]) -> None:
    read = example["read"]
    parts = {name: read[name] and tuple(read[name]) for name in ("click", "start")}
    parts["act"] = read["act"] and Act(**read["act"])
    edit = read["edit"]
    parts["edit"] = edit and PointEdit(edit["of"], Edit(**edit["edit"]))
    assert Question.read(example["asked"]) == Question(**read | parts)


@by_name("answers")
def test_an_answer_is_packed_as_recorded(example: dict[str, Any]) -> None:
    blocks = [block_of(each) for each in example["header"]["blocks"]]
    answer = Answer(**example["header"] | {"blocks": blocks, "rows": rows_of(example)})
    assert answer.pack() == base64.b64decode(example["message"])


@by_name("answers")
def test_an_answer_reads_back_as_its_header_and_rows(example: dict[str, Any]) -> None:
    header, tracks = unpack_tracks(base64.b64decode(example["message"]))
    assert header == example["header"]
    for block, values in zip(header["blocks"], rows_of(example), strict=True):
        rows = tracks[block.get("track", "run")]
        for i in range(block["count"]):
            row = torch.tensor([*rows[block["from"] + i * block["stride"]].values()], dtype=torch.float32)
            assert torch.equal(row.nan_to_num(-1.0), values[i].nan_to_num(-1.0))


def test_the_examples_hold_what_is_easily_got_wrong() -> None:
    headers = [example["header"] for example in RECORDED["answers"]]
    assert {len(header["blocks"]) for header in headers} >= {0, 1, 2}
    assert any(block["stride"] > 1 for header in headers for block in header["blocks"])
    assert any(header["scene"] for header in headers) and any(header["end"] for header in headers)
    assert any(header["unit_conversion"] for header in headers) and any(
        header["change"] for header in headers
    )


@pytest.mark.parametrize(
    "act",
    [
        *({}, [], "remove", 7, None, True, {"do": "remove"}, {"track": "pin"}),
        *({"do": "explode", "track": "pin"}, {"do": "remove", "track": ""}, {"do": "remove", "track": 7}),
        *({"do": ["remove"], "track": "pin"}, {"do": "remove", "track": "x" * 41}),
        {"do": "rename", "track": "pin", "name": "x" * 41},
        {"do": "rename", "track": "pin", "name": "a\x00b"},
        {"do": "rename", "track": "pin", "name": "x", "more": "y"},
    ],
)
def test_an_act_that_no_board_tells_is_dropped(act: object) -> None:
    question = Question.read({"seq": 1, "act": act})
    assert question and question.act is None
    assert Question.dropped({"seq": 1, "act": act}) == ["act"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("track", 7), ("track", "x" * 41), ("track", None), ("track", []), ("pin", 1), ("pin", "yes")],
)
def test_a_track_and_a_pin_of_no_use_are_dropped(name: str, value: object) -> None:
    question = Question.read({"seq": 1, name: value})
    assert question and (question.track, question.pin) == ("", False)
    assert Question.dropped({"seq": 1, name: value}) == [name]


MOVE = {"do": "move", "of": "5e7", "row": 2, "x": 1.0, "y": 2.0}


@pytest.mark.parametrize(
    "edit",
    [
        *({}, [], "move", 7, None, True, {"do": "move"}, MOVE | {"do": "explode"}, MOVE | {"do": ["move"]}),
        *(MOVE | {"of": ""}, MOVE | {"of": 7}, MOVE | {"of": "x" * 41}, MOVE | {"more": 1}),
        *(MOVE | {"row": -1}, MOVE | {"row": 1.0}, MOVE | {"row": True}, MOVE | {"row": "2"}),
        *(MOVE | {"x": math.nan}, MOVE | {"y": math.inf}, MOVE | {"y": "2"}, MOVE | {"x": True}),
        *(MOVE | {"x": 1e10}, MOVE | {"y": None}, MOVE | {"do": "remove"}, MOVE | {"do": "add"}),
        {name: value for name, value in MOVE.items() if name != "y"},
    ],
)
def test_an_edit_that_no_picture_tells_is_dropped(edit: object) -> None:
    question = Question.read({"seq": 1, "edit": edit})
    assert question and question.edit is None
    assert Question.dropped({"seq": 1, "edit": edit}) == ["edit"]
