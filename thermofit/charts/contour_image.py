"""The landscape's contours as a picture behind a chart.

Plotly redraws its own contours with every frame in which anything above them moves; a picture costs nothing.
"""

import base64
import struct
import zlib
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from thermofit.landscape.loss_surface import Surface

SIDE = 720  # pixels


def bands(surface: Surface, side: int = SIDE) -> Tensor:
    """Which band each pixel lies in, uint8 (side, side), the highest b first.

    Band 0 is below the lowest level, band k above k levels. One more than the number of levels marks a
    contour line, where the band changes. Between grid points the height is interpolated.
    """
    grid = surface.height[None, None]
    height = F.interpolate(grid, size=(side, side), mode="bilinear", align_corners=True)[0, 0].flip(0)
    levels = torch.tensor(surface.levels, dtype=height.dtype)
    band = torch.bucketize(height, levels).to(torch.uint8)
    line = torch.zeros_like(band, dtype=torch.bool)
    line[:, 1:] |= band[:, 1:] != band[:, :-1]
    line[1:] |= band[1:] != band[:-1]
    return band.masked_fill(line, len(surface.levels) + 1)


def shades(stops: Sequence[str], count: int) -> list[str]:
    """`count` colours, evenly spaced along the stops (all as #rrggbb)."""
    values = torch.tensor([_rgb(stop) for stop in stops], dtype=torch.float64).T[None]
    mixed = F.interpolate(values, size=count, mode="linear", align_corners=True)[0].T.round().int()
    return ["#" + "".join(f"{part:02x}" for part in colour) for colour in mixed.tolist()]


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def data_uri(pixels: Tensor, palette: Sequence[str]) -> str:
    """A picture (height, width) of palette indices, uint8, as a PNG in a data URI.

    Format: W3C, Portable Network Graphics, 11: header, palette and one compressed chunk of rows, each
    after a 0 that says that it is not filtered.
    """
    height, width = pixels.shape
    rows = torch.cat((torch.zeros(height, 1, dtype=torch.uint8), pixels), dim=1)
    parts = [
        _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        _chunk(b"PLTE", b"".join(bytes(_rgb(colour)) for colour in palette)),
        _chunk(b"IDAT", zlib.compress(rows.numpy().tobytes(), 6)),
        _chunk(b"IEND", b""),
    ]
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(parts)).decode()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
