"""The landscape's contours as a picture behind a chart.

Plotly redraws its own contours with every frame in which anything above them moves; a picture costs nothing.
"""

import base64
import io
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from PIL import Image, ImageColor
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


def data_uri(pixels: Tensor, palette: Sequence[str]) -> str:
    """A picture (height, width) of palette indices, uint8, as a PNG in a data URI."""
    height, width = pixels.shape
    image = Image.frombytes("P", (width, height), pixels.numpy().tobytes())
    image.putpalette([part for colour in palette for part in ImageColor.getrgb(colour)])
    png = io.BytesIO()
    image.save(png, "PNG")
    return "data:image/png;base64," + base64.b64encode(png.getvalue()).decode()
