"""Reads the stage's messages, as stage.js does."""

import json
import struct
from typing import Any

import numpy as np


def unpack(message: bytes) -> tuple[dict[str, Any], dict[int, dict[str, float]]]:
    """The header, and the rows by epoch."""
    (length,) = struct.unpack_from("<I", message)
    header = json.loads(message[4 : 4 + length])
    numbers = np.frombuffer(message[4 + length :], dtype="<f4")
    rows: dict[int, dict[str, float]] = {}
    offset = 0
    for block in header["blocks"]:
        size = block["count"] * len(header["columns"])
        table = numbers[offset : offset + size].reshape(len(header["columns"]), block["count"])
        offset += size
        for i in range(block["count"]):
            epoch = block["from"] + i * block["stride"]
            rows[epoch] = dict(zip(header["columns"], table[:, i].tolist(), strict=True))
    assert offset == len(numbers)
    return header, rows
