"""The landscape's pictures and scenes: bounded, exact, and no larger than requested."""

import base64
import io
import zlib
from collections.abc import Sequence
from itertools import pairwise

import orjson
import pytest
import torch
from PIL import Image
from torch import Tensor

from thermofit import Config
from thermofit.charts import contours
from thermofit.charts.contour_image import SIDE, bands, data_uri
from thermofit.charts.height_colours import HEIGHTS, LINES, shades, tones
from thermofit.charts.lr_range import rates
from thermofit.charts.theme import THEMES as LOOKS
from thermofit.charts.theme import Theme
from thermofit.experiments.lr_range import Trial
from thermofit.model.losses import LOSSES
from thermofit.ui.scenes import landscape

THEMES = ("light", "dark")


def decode(uri: str) -> tuple[int, int, bytes]:
    """Width, height and rows of a PNG: a signature, then chunks of length, name, body and checksum."""
    stream = io.BytesIO(base64.b64decode(uri.removeprefix("data:image/png;base64,")))
    assert stream.read(8) == b"\x89PNG\r\n\x1a\n"
    found = {}
    while head := stream.read(8):
        body = stream.read(int.from_bytes(head[:4]))
        assert int.from_bytes(stream.read(4)) == zlib.crc32(head[4:] + body)
        found[head[4:]] = body
    size = found[b"IHDR"]
    return int.from_bytes(size[:4]), int.from_bytes(size[4:8]), zlib.decompress(found[b"IDAT"])


def test_a_picture_holds_its_pixels() -> None:
    pixels = torch.tensor([[0, 1, 2], [2, 1, 0]], dtype=torch.uint8)
    unused = [
        "#808080"
    ] * 15  # a palette as long as a landscape's: with up to 16 colours, pixels share a byte
    width, height, rows = decode(data_uri(pixels, ["#000000", "#ff0000", "#ffffff", *unused]))
    assert (width, height) == (3, 2)
    assert rows == bytes([0, 0, 1, 2, 0, 2, 1, 0])


@pytest.mark.parametrize("scaling", ["none", "tenth", "standardize"])
def test_bands_are_the_levels_at_grid_points(scaling: str) -> None:
    surface = landscape.heights(Config(scaling=scaling), "trained")
    size, levels = len(surface.w), len(surface.levels)
    band = bands(surface, side=size)  # a pixel for each grid point
    expected = torch.bucketize(surface.height, torch.tensor(surface.levels, dtype=torch.float64)).flip(0)
    inside = band <= levels
    assert torch.equal(band[inside].long(), expected[inside])
    assert inside.any() and not inside.all()
    assert band.max() == levels + 1  # the lines


def test_shades_rise_evenly_and_apart() -> None:
    """Lightness alone distinguishes the bands, so no kind of colour blindness hides one."""
    for theme in THEMES:
        colours = shades(HEIGHTS[theme], 17)
        light = [
            sum(bytes.fromhex(c[1:])[i] * k for i, k in enumerate((0.2126, 0.7152, 0.0722))) for c in colours
        ]
        steps = [later - earlier for earlier, later in pairwise(light)]
        assert all(step < -2 for step in steps) or all(step > 1.5 for step in steps)


# The 17 colours of a landscape with 16 contours, computed in float64 from the stops.
MIXED = {
    "light": "#ffffff #fafbfc #f6f7fa #f1f3f7 #eceff4 #e6eaf0 #e1e5ec #dce0e9 #d6dbe5 "
    "#d0d6e1 #cbd1dd #c6ccd9 #c0c7d5 #bac2d1 #b5bdcc #b0b8c8 #aab3c4",
    "dark": "#14151a #16181e #181b22 #1b1e25 #1d2129 #20252e #232833 #262c37 #29303c "
    "#2d3440 #303845 #343b4a #373f4e #3b4353 #3e4758 #424b5c #454f61",
}


@pytest.mark.parametrize("theme", THEMES)
def test_shades_are_mixed_exactly(theme: str) -> None:
    """Within the rounding of a half, which may go either way."""
    mixed, known = (parts(colours) for colours in (shades(HEIGHTS[theme], 17), MIXED[theme].split()))
    assert (mixed - known).abs().max() <= 1
    assert ((mixed - known) != 0).sum() <= 1
    stops = [0, 4, 8, 12, 16]
    assert torch.equal(mixed[stops], parts(HEIGHTS[theme]))


def parts(colours: Sequence[str]) -> Tensor:
    """Red, green and blue of colours #rrggbb, shape (n, 3)."""
    return torch.tensor([list(bytes.fromhex(colour[1:])) for colour in colours])


@pytest.mark.parametrize("theme", THEMES)
def test_the_landscape_is_painted_in_its_colours(theme: str) -> None:
    """Pixel by pixel, as another decoder sees the picture."""
    surface = landscape.heights(Config(), "trained")
    figure = contours.valley(surface, [], ("w", "b"), "", LOOKS[theme])
    encoded = figure.layout.images[0].source.removeprefix("data:image/png;base64,")
    with Image.open(io.BytesIO(base64.b64decode(encoded))) as image:
        seen = torch.tensor(list(image.convert("RGB").tobytes())).reshape(SIDE, SIDE, 3)
    palette = parts([*tones(surface, LOOKS[theme]), LINES[theme]])
    assert torch.equal(seen, palette[bands(surface).long()])


@pytest.mark.parametrize("units", landscape.UNITS)
@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_a_scene_stays_small_at_a_million_epochs(units: landscape.Units, loss: str) -> None:
    config = Config(epochs=1_000_000, loss=loss)
    scene = landscape.scene(config, units, "fit", "100", "light")
    assert len(orjson.dumps(scene.as_json())) < 120_000
    assert set(scene.columns) >= {"w", "b", "train_loss"}


def test_rate_and_a_start_within_the_frame_leave_the_scene_as_it_is() -> None:
    scenes = [
        landscape.scene(config, "trained", "fit", "100", "light")
        for config in (Config(), Config(lr=0.03), Config(w0=3.0, b0=-5.0))
    ]
    assert len({scene.id for scene in scenes}) == 1
    assert landscape.scene(Config(w0=300.0), "trained", "fit", "100", "light").id != scenes[0].id


def test_only_squared_errors_have_their_minimum_at_the_least_squares_line() -> None:
    for loss, label in (("mse", "Minimum"), ("mae", "Least squares"), ("huber", "Least squares")):
        config = Config(loss=loss)
        assert landscape.places_of(config, landscape.marks(config, "trained"))[0][0] == label


@pytest.mark.parametrize("units", landscape.UNITS)
@pytest.mark.parametrize("scaling", ["none", "tenth", "standardize", "min-max"])
def test_a_click_is_where_the_run_starts(units: landscape.Units, scaling: str) -> None:
    config = Config(scaling=scaling)
    frame = landscape.marks(config, units).frame
    click = (0.3 * frame.w[0] + 0.7 * frame.w[1], 0.6 * frame.b[0] + 0.4 * frame.b[1])
    start = landscape.marks(landscape.chosen_start(config, units, click), units).start
    for got, wanted, side in zip(start, click, (frame.w, frame.b), strict=True):
        assert abs(got - wanted) < 0.01 * (side[1] - side[0])


def test_a_click_far_outside_is_brought_to_what_is_allowed() -> None:
    config = landscape.chosen_start(Config(), "original", (1e9, -1e9))
    assert -1000 <= config.w0 <= 1000 and -1000 <= config.b0 <= 1000


@pytest.mark.parametrize("theme", THEMES)
def test_range_test_figure(theme: str) -> None:
    trials = (Trial(1e-3, 5.0), Trial(1e-2, 3.0), Trial(0.1, None))
    figure = rates(trials, 0.03, 2.9, "°C²", LOOKS[theme])
    curve, lost, limit = figure.data
    assert list(curve.x) == [1e-3, 1e-2] and list(lost.x) == [0.1] and list(limit.x) == [0.03, 0.03]
    wide = rates((Trial(1e-6, 5.0), Trial(10.0, None)), None, 2.9, "°C²", LOOKS[theme]).layout.xaxis
    assert wide.dtick == 1 and wide.nticks is None  # powers only: more labels would overprint on a phone
    assert len(rates(trials[2:] * 2, None, float("inf"), "°C²", LOOKS[theme]).data) == 2


def test_each_switch_of_a_batch_names_its_own_traces_and_tells_their_colour() -> None:
    config = Config(batch=4)
    figure = landscape.scene(config, "trained", "fit", "100", "light").figures[0]
    toggles = {toggle["label"]: toggle for toggle in figure.layout.meta["toggles"]}
    for label, names in (
        ("Batch arrow", ["Batch arrow"]),
        ("Batch contours", ["Batch contours", "Batch minimum"]),
    ):
        traces = [figure.data[place] for place in toggles[label]["traces"]]
        assert [trace.name for trace in traces] == names
        assert all(trace.line.color == toggles[label]["colour"] for trace in traces)
        assert all((trace.visible is not False) == toggles[label]["on"] for trace in traces)


@pytest.mark.parametrize("loss", LOSSES)
def test_only_the_mean_squared_error_has_contours_of_a_batch(loss: str) -> None:
    toggles = landscape.scene(Config(batch=4, loss=loss), "original", "fit", "1", "dark").figures[0]
    labels = [toggle["label"] for toggle in toggles.layout.meta["toggles"]]
    assert "Batch arrow" in labels
    assert ("Batch contours" in labels) == (loss == "mse")


def test_without_batches_nothing_of_them_is_drawn_or_sent() -> None:
    scene = landscape.scene(Config(), "trained", "landscape", "1", "dark")
    assert not [name for name in scene.columns if name.startswith("batch")]
    assert not [trace for trace in scene.figures[1].data if "batch" in (trace.name or "")]


@pytest.mark.parametrize("name", ["batch", "average"])
@pytest.mark.parametrize("theme", LOOKS.values(), ids=LOOKS)
def test_what_a_batch_says_stands_out_from_every_height(theme: Theme, name: str) -> None:
    def luminance(colour: str) -> float:
        parts = [value / 255 for value in bytes.fromhex(colour[1:])]
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
        return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for ground in (*HEIGHTS[theme.name], theme.paper):
        low, high = sorted((luminance(ground), luminance(getattr(theme, name))))
        assert (high + 0.05) / (low + 0.05) >= 3


def test_the_average_has_a_line_in_the_fit_and_a_point_in_the_landscape() -> None:
    scene = landscape.scene(Config(batch=1, average=5), "original", "landscape", "1", "light")
    fit, picture = scene.figures
    assert [trace.meta["slope"] for trace in fit.data if trace.name == "Average"] == ["average_slope"]
    (switch,) = [toggle for toggle in picture.layout.meta["toggles"] if toggle["label"] == "Average"]
    assert {picture.data[place].meta["x"] for place in switch["traces"]} == {"average_x"}
    assert {"average_w", "average_b", "average_loss"} <= set(scene.columns)
    assert scene.derived["average_slope"] == {"average_w": scene.derived["slope"]["w"]}
    lab = landscape.lab(Config(batch=1, average=5), "1", "light")
    assert lab.columns == scene.columns  # rows serve both tabs


def test_without_an_average_none_is_drawn_or_sent() -> None:
    scene = landscape.scene(Config(batch=1), "trained", "landscape", "1", "light")
    assert not [trace for figure in scene.figures for trace in figure.data if "Average" in (trace.name or "")]
    assert not [name for name in scene.columns if name.startswith("average")]
