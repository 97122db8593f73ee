"""Reads the stage's messages, as stage.js does."""

import json
import struct
from typing import Any

import numpy as np

Rows = dict[int, dict[str, float]]  # by epoch


def unpack(message: bytes) -> tuple[dict[str, Any], Rows]:
    """The header, and the rows of the run in hand."""
    header, tracks = unpack_tracks(message)
    return header, tracks.get("run", {})


def unpack_tracks(message: bytes) -> tuple[dict[str, Any], dict[str, Rows]]:
    """The header, and the rows of each track."""
    (length,) = struct.unpack_from("<I", message)
    header = json.loads(message[4 : 4 + length])
    body = message[4 + length :]
    told = header.get("batches", {"count": 0, "width": 0})
    size = 2 * told["count"] * told["width"]
    rest = size + -size % 4
    if rest:
        batches = np.frombuffer(body[-rest:][:size], dtype="<u2").reshape(told["count"], told["width"])
        told["numbers"] = batches.tolist()
    numbers = np.frombuffer(body[: len(body) - rest], dtype="<f4")
    tracks: dict[str, Rows] = {}
    offset = 0
    for block in header["blocks"]:
        columns = block.get("columns", header["columns"])
        size = block["count"] * len(columns)
        table = numbers[offset : offset + size].reshape(len(columns), block["count"])
        rows = tracks.setdefault(block.get("track", "run"), {})
        offset += size
        for i in range(block["count"]):
            epoch = block["from"] + i * block["stride"]
            rows[epoch] = dict(zip(columns, table[:, i].tolist(), strict=True))
    assert offset == len(numbers)
    return header, tracks
