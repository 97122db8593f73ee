"""Whatever carries meaning in a picture has a contrast of at least 3 with what lies behind it.

WCAG 2.2, success criterion 1.4.11.
"""

import plotly.graph_objects as go
import pytest
from PIL import ImageColor

from thermofit import Config
from thermofit.charts import pinned
from thermofit.charts.height_colours import HEIGHTS, LINES
from thermofit.charts.pinned import PinnedLine
from thermofit.charts.theme import THEMES, Theme
from thermofit.charts.x_axis import AXES
from thermofit.config.race import Race
from thermofit.ui.race.picture import race_scene
from thermofit.ui.scenes import fit_and_loss, landscape

LEAST = 3.0
THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
PINS = [PinnedLine(f"pin {style}", "Pin", style) for style in range(10)]


def luminance(colour: tuple[float, ...]) -> float:
    """The relative luminance of an sRGB colour."""
    linear = [
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour: str, ground: str, opacity: float = 1.0) -> float:
    """The contrast of a colour, drawn with this opacity, with what lies behind it."""
    behind = ImageColor.getrgb(ground)
    mixed = [opacity * a + (1 - opacity) * b for a, b in zip(ImageColor.getrgb(colour), behind, strict=True)]
    darker, lighter = sorted((luminance(tuple(mixed)), luminance(behind)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # known as the lightest for text
    assert contrast("#000000", "#ffffff", opacity=0) == 1


def strokes(figure: go.Figure) -> list[tuple[str, str, float, tuple[str, ...]]]:
    """The name, colour, opacity and outline of each line and marker, in the order in which they are drawn."""
    found = []
    for trace in figure.data:
        is_line = "lines" in (trace.mode or "")
        colour = trace.line.color if is_line else trace.marker.color
        edge = () if is_line or not trace.marker.line.color else (trace.marker.line.color,)
        if isinstance(colour, str) and trace.opacity != 0:
            found.append((trace.name, colour, 1.0 if trace.opacity is None else trace.opacity, edge))
    return found


def faint(figure: go.Figure, grounds: tuple[str, ...]) -> dict[str, float]:
    """What has too little contrast with one of the grounds, by name.

    A trace whose name is "" lies behind the next one and surrounds it: that has to stand out from it alone.
    Of a marker the fill, the outline or the edge between them is enough.
    """
    weak: dict[str, float] = {}
    around: tuple[str, ...] = ()
    for name, colour, opacity, edge in strokes(figure):
        if name == "":
            around = (colour,)
            continue
        ratio = min(contrast(colour, ground, opacity) for ground in around or grounds)
        for outline in edge:
            ratio = max(ratio, contrast(colour, outline), min(contrast(outline, each) for each in grounds))
        weak |= {name: ratio} if ratio < LEAST else {}
        around = ()
    return weak


def with_pins(figure: go.Figure, kind: str, theme: Theme) -> go.Figure:
    figure = go.Figure(figure)
    if kind == "loss":
        pinned.onto_loss(figure, PINS, AXES["epochs"], theme)
    elif kind == "fit":
        pinned.onto_fit(figure, PINS, theme)
    else:
        pinned.onto_contours(figure, PINS, theme)
    return figure


@THEME
def test_the_fit_and_the_losses(theme: Theme) -> None:
    scene = fit_and_loss.lab(Config(), "max", theme.name)
    for figure, kind in zip(scene.figures, ("fit", "loss"), strict=True):
        assert faint(with_pins(figure, kind, theme), (theme.paper,)) == {}, kind


@THEME
def test_the_landscape(theme: Theme) -> None:
    scene = landscape.scene(landscape.as_drawn(Config()), "trained", "fit", "max", theme.name, "contours")
    contours = next(figure for figure in scene.figures if figure.layout.images)
    assert faint(with_pins(contours, "contours", theme), HEIGHTS[theme.name]) == {}


@THEME
def test_an_arrow_has_an_outline_that_is_switched_with_it(theme: Theme) -> None:
    scene = landscape.scene(landscape.as_drawn(Config()), "trained", "fit", "max", theme.name, "contours")
    contours = next(figure for figure in scene.figures if figure.layout.images)
    for toggle in contours.layout.meta["toggles"]:
        behind, arrow = (contours.data[place] for place in toggle["traces"])
        assert (behind.name, arrow.name) == ("", toggle["label"])
        assert behind.line.width > arrow.line.width and behind.meta == arrow.meta
        assert behind.visible == arrow.visible
        for ground in HEIGHTS[theme.name]:
            assert max(contrast(theme.outline, ground), contrast(theme.gradient, ground)) >= LEAST
        assert contrast(theme.gradient, theme.outline) >= LEAST


@THEME
def test_contour_lines(theme: Theme) -> None:
    assert min(contrast(LINES[theme.name], band) for band in HEIGHTS[theme.name]) >= LEAST


@THEME
def test_a_race(theme: Theme) -> None:
    base = Config()
    race = Race(base, tuple(base.replace(lr=rate) for rate in (0.001, 0.003, 0.01, 0.02)))
    losses, paths = race_scene(race, "trained", "epochs", "epochs", "max", theme.name).figures
    assert faint(losses, (theme.paper,)) == {}
    assert faint(paths, HEIGHTS[theme.name]) == {}


@THEME
def test_a_pins_colour_stands_out_from_the_paper(theme: Theme) -> None:
    assert min(contrast(colour, theme.paper) for colour in theme.palette) >= LEAST


def test_each_theme_has_its_own_colours() -> None:
    assert {theme.name for theme in THEMES.values()} == set(HEIGHTS) == set(LINES)
