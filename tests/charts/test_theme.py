"""The colours of further runs: seen on the paper, and told apart, whatever colours a person sees."""

import itertools

import pytest
import torch
from torch import Tensor

from thermofit.charts.theme import THEMES, Theme, room_left, track_style

# How linear RGB looks without one kind of cone: Machado, Oliveira and Fernandes (2009), severity 1.
SIGHT = {
    "usual": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    "no L": [
        [0.1522, 1.0525, -0.2048],
        [0.1145, 0.7862, 0.0992],
        [-0.0038, -0.0481, 1.0519],
    ],
    "no M": [
        [0.3673, 0.8606, -0.2279],
        [0.2800, 0.6725, 0.0474],
        [-0.0118, 0.0429, 0.9688],
    ],
    "no S": [
        [1.2555, -0.0767, -0.1787],
        [-0.0784, 0.9308, 0.1476],
        [0.0047, 0.6913, 0.3039],
    ],
}
# To OKLab (Ottosson, 2020), in which distances are about as large as they look.
CONES = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]
LAB = [
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
]
APART = 0.06  # three times what is just noticed
BOTH = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))


def linear(colour: str) -> Tensor:
    rgb = torch.tensor(list(bytes.fromhex(colour.removeprefix("#")))).double() / 255
    return torch.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def looks(colour: str, sight: str) -> Tensor:
    seen = (torch.tensor(SIGHT[sight]).double() @ linear(colour)).clamp(0, 1)
    return torch.tensor(LAB).double() @ (torch.tensor(CONES).double() @ seen).pow(1 / 3)


def luminance(colour: str) -> float:
    return float(linear(colour) @ torch.tensor([0.2126, 0.7152, 0.0722]).double())


@BOTH
def test_each_colour_is_seen_on_the_paper(theme: Theme) -> None:
    assert len(theme.palette) >= 10
    for colour in theme.palette:
        dark, light = sorted([luminance(colour), luminance(theme.paper)])
        assert (light + 0.05) / (dark + 0.05) >= 3, colour


@BOTH
@pytest.mark.parametrize("sight", SIGHT)
def test_colours_are_told_apart(theme: Theme, sight: str) -> None:
    meanings = (theme.train, theme.validation, theme.gradient)
    pairs = [*itertools.combinations(theme.palette, 2), *itertools.product(theme.palette, meanings)]
    for one, other in pairs:
        assert torch.dist(looks(one, sight), looks(other, sight)) >= APART, (one, other)


@BOTH
def test_twenty_runs_have_twenty_looks(theme: Theme) -> None:
    styles = [track_style(number, theme) for number in range(20)]
    assert len(set(styles)) == 20
    assert all(one[1] != other[1] for one, other in itertools.pairwise(styles))


def test_numbers_of_six_and_seven_digits_get_room_left_of_the_axis() -> None:
    usual = room_left(0.0, 99_999.0)
    assert usual == room_left(1e-9) == 66
    assert usual < room_left(100_000.0) < room_left(-100_000.0, 5.0) <= room_left(1_500_000.0)
    assert room_left(5e20) == room_left(9e6)  # written as powers of ten
    assert room_left(5e20, most=1e6) == room_left(100_000.0)
