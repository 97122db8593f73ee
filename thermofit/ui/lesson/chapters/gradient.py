"""The third chapter: the gradient by hand, with every number on the way."""

from functools import lru_cache

import streamlit as st

from thermofit import Run
from thermofit.config.config import Config
from thermofit.data.scaling import SCALINGS
from thermofit.inspection.step import inspect_step
from thermofit.ui.inspector import step_tables
from thermofit.ui.inspector.step_tables import number
from thermofit.ui.lesson.chapter import RAW, WEIGHT, Chapter, Control, section
from thermofit.ui.lesson.wording import Wording
from thermofit.words import tr

WORDING = Wording("03-gradient")
SCALED = RAW.replace(scaling="tenth")


def _formula(config: Config) -> str:
    return (
        r"\begin{aligned} \frac{\partial L}{\partial w} &= \sum_i \frac{\partial L}{\partial t_{p,i}}"
        r" \cdot \frac{\partial t_{p,i}}{\partial w}, & \frac{\partial t_{p,i}}{\partial w} &= t_i \\"
        r" \frac{\partial L}{\partial b} &= \sum_i \frac{\partial L}{\partial t_{p,i}}"
        r" \cdot \frac{\partial t_{p,i}}{\partial b}, & \frac{\partial t_{p,i}}{\partial b} &= 1"
        r" \end{aligned}"
    )


def _text(run: Run) -> str:
    row = run.history.row(0)
    return WORDING.fill("Text", grad_w=number(row["grad_w"], 5), grad_b=number(row["grad_b"], 5))


def _question(run: Run) -> str:
    return WORDING.fill("Question")


@lru_cache(maxsize=64)
def _sizes(config: Config) -> tuple[float, float]:
    """How many times the gradient of w is larger than that of b at the start, and the mean reading."""
    run = Run(config)
    row = run.history.row(0)
    return abs(row["grad_w"] / row["grad_b"]), run.data.train_scaled.mean().item()


def _answer(run: Run) -> str:
    (ratio, mean), (ratio_scaled, mean_scaled) = _sizes(RAW), _sizes(SCALED)
    return WORDING.fill(
        "Answer",
        mean_reading=number(mean, 3),
        ratio=number(ratio, 3),
        scaling=tr(SCALINGS[SCALED.scaling].label),
        mean_scaled=number(mean_scaled, 3),
        ratio_scaled=number(ratio_scaled, 3),
    )


def _below(run: Run) -> None:
    st.markdown(WORDING.fill("Below the run", table=step_tables.by_hand(inspect_step(run, 0))))


CHAPTER = Chapter(
    WORDING,
    RAW,
    formula=_formula,
    text=_text,
    code=section("Gradient"),
    question=_question,
    answer=_answer,
    controls=(WEIGHT, Control("scaling")),
    speed="10",
    below=_below,
)
