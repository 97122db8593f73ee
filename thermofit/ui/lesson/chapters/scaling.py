"""The fifth chapter: another unit for the inputs makes the valley rounder."""

from thermofit import Run
from thermofit.config.config import Config
from thermofit.config.presets import PRESETS
from thermofit.data.scaling import SCALINGS
from thermofit.numbers import apart, count, number, rate
from thermofit.theory.curvature import Curvature, curvature
from thermofit.ui.lesson.chapter import Chapter, Control, rate_control, section
from thermofit.ui.lesson.shown_code import source
from thermofit.ui.lesson.wording import Wording
from thermofit.words import tr

WORDING = Wording("05-scaling")
SCALED = PRESETS["scaled-by-hand"].config


def _formula(config: Config) -> str:
    return rf"t_{{un}} = \text{{{SCALINGS[config.scaling].formula}}} \qquad t_p = w \cdot t_{{un}} + b"


def _text(run: Run) -> str:
    bowl = curvature(run.data.train_scaled)
    return WORDING.fill(
        "Text",
        scaling=tr(SCALINGS[run.config.scaling].label),
        largest_rate=rate(bowl.largest_rate),
        condition=number(bowl.condition or 0.0),
        readings=count(len(run.data.train_scaled)),
    )


def _code(config: Config) -> str:
    return section("Scaling")(config) or source(SCALINGS[config.scaling].fit)


def _question(run: Run) -> str:
    return WORDING.fill("Question")


def _answer(run: Run) -> str:
    t_u = run.data.train_inputs
    bowls = {tr(entry.label): curvature(entry.fit(t_u).apply(t_u)) for entry in SCALINGS.values()}
    rows = "\n".join(_row(label, bowl) for label, bowl in bowls.items())
    return WORDING.fill("Answer", rows=rows)


def _row(scaling: str, bowl: Curvature) -> str:
    largest, fastest = apart(bowl.largest_rate, bowl.fastest_rate)
    return WORDING.fill(
        "Row of the answer",
        scaling=scaling,
        condition=number(bowl.condition or 0.0),
        largest_rate=largest,
        fastest_rate=fastest,
    )


CHAPTER = Chapter(
    WORDING,
    SCALED,
    formula=_formula,
    text=_text,
    code=_code,
    question=_question,
    answer=_answer,
    controls=(Control("scaling"), rate_control(SCALED.lr)),
    speed="1000",
)
