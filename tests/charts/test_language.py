"""All that a chart says by itself passes through the language, and its numbers have its decimal mark."""

from collections.abc import Callable, Iterator
from gettext import NullTranslations
from typing import Any

import plotly.graph_objects as go
import pytest

from thermofit import Config
from thermofit.charts import contours, fit, loss, lr_range, pinned, race, split_luck, surface_3d
from thermofit.charts.average import average_path
from thermofit.charts.batch import Batch
from thermofit.charts.rate_strip import RatePlan
from thermofit.charts.theme import THEMES, as_json, switched_on
from thermofit.charts.x_axis import AXES
from thermofit.config.clock import Clock
from thermofit.experiments.lr_range import Trial
from thermofit.experiments.split_luck import Outcome
from thermofit.ui.scenes import landscape
from thermofit.words import Language, speaking


class Marked(NullTranslations):
    """Translates into the same words between brackets."""

    def gettext(self, message: str) -> str:
        """The message between brackets."""
        return f"[{message}]"


LANGUAGE = Language("marked", Marked(), decimal=",")
THEME = THEMES["light"]
SURFACE = landscape.heights(Config(), "original")
POINTS = fit.Points([1, 2, 3], [1.0, 2.0, 3.0], [2.0, 4.0, 7.0])
WORDS = fit.Words("[x]", "[y]", "K")
LABELS = ("[w]", "[b]")
PLACES = [("[best]", "star", (0.0, 0.0))]
LANES = [race.Lane("runner 1", "[A]", 3.0), race.Lane("runner 2", "[B]", 3.0)]
PLAN = RatePlan([0, 5], [0.5, 0.25], 0.5, 0.75)
PINS = [pinned.PinnedLine("pin 1", "[pin]", 0)]
OUTCOMES = [Outcome((seed,), seed, *[0.5 + seed] * 4) for seed in range(3)]
TRIALS = [Trial(0.1, 2.0), Trial(0.2, 1.0), Trial(0.5, None)]


def drawn_loss() -> go.Figure:
    made = loss.loss([3.0, 2.0], 0.5, 100, "[title]", "K²", THEME, "evaluations", batches=True, rates=PLAN)
    pinned.onto_loss(made, PINS, AXES["time"], THEME)
    return made


def drawn_fit() -> go.Figure:
    made = fit.fit(POINTS, POINTS, (1.0, 0.0), WORDS, THEME, readings=5000, batches=True)
    pinned.onto_fit(made, PINS, THEME)
    return switched_on(made, ["Residuals"])


def drawn_landscape() -> go.Figure:
    batch = Batch("tip", [1.0], (1.0, 0.0))
    made = contours.landscape(SURFACE, PLACES, LABELS, "K²", [("[arrow]", "tip")], THEME, batch)
    return made.add_traces(average_path(THEME))


FIGURES: dict[str, Callable[[], go.Figure]] = {
    "fit": drawn_fit,
    "loss": drawn_loss,
    "landscape": drawn_landscape,
    "valley": lambda: contours.valley(SURFACE, PLACES, LABELS, "[title]", THEME, "[more]"),
    "surface": lambda: surface_3d.relief(SURFACE, [("[best]", "star", (0, 0), 1.0)], LABELS, "K²", THEME),
    "race": lambda: race.losses(LANES, 0.5, 100, "[title]", "K²", THEME, "time"),
    "paths": lambda: race.paths(LANES, SURFACE, PLACES, LABELS, THEME),
    "rates": lambda: lr_range.rates(TRIALS, 0.25, 0.5, "K²", THEME),
    "splits": lambda: split_luck.ranked(OUTCOMES, 1, "K²", True, THEME),
    "frequencies": lambda: split_luck.frequencies(OUTCOMES, 1, "K²", THEME),
}
SAYS = ("name", "text", "label", "hovertemplate", "caption", "gone", "note", "flat")  # keys of what is read
FORMULA = "2 / λmax"


def said(value: Any, key: str = "") -> Iterator[str]:
    """The texts of a figure that people read."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from said(item, name) if name != "template" else ()
    elif isinstance(value, list) and key == "alt":
        yield "".join(part if isinstance(part, str) else "…" for part in value)
    elif isinstance(value, list):
        for item in value:
            yield from said(item, key)
    elif isinstance(value, str) and key in SAYS and any(map(str.isalpha, value)):
        yield value


@pytest.mark.parametrize("name", FIGURES)
def test_all_that_a_chart_says_is_translated(name: str) -> None:
    with speaking(LANGUAGE):
        figure = as_json(FIGURES[name]())
    texts = list(said(figure))
    assert len(texts) > 3
    assert [text for text in texts if "[" not in text and not text.startswith(FORMULA)] == []
    assert figure["layout"]["separators"][0] == ","
    assert all(text.startswith("[") and text.endswith("]") for text in texts if " epoch …" in text)


def test_switches_are_known_by_their_english_names_in_any_language() -> None:
    with speaking(LANGUAGE):
        figure = drawn_fit()
    toggles = {toggle["label"]: toggle["on"] for toggle in figure.layout.meta["toggles"]}
    assert toggles == {"[Squares]": False, "[Residuals]": True, "[Closed-form line]": False}


def test_a_moment_is_told_in_the_language() -> None:
    with speaking(LANGUAGE):
        assert Clock.of(4).told(5) == "[epoch 1,2, update 5]"
        assert Clock.of(1).told(5) == "[epoch 5]"
