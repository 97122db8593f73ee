"""The sixth chapter: PyTorch finds the gradient, and what it does with the one before."""

from functools import lru_cache

import streamlit as st

from thermofit import Run
from thermofit.config.config import Config
from thermofit.config.presets import PRESETS
from thermofit.inspection.autograd_graph import described, picture
from thermofit.inspection.report import Pair
from thermofit.inspection.step import inspect_step
from thermofit.loop.mistakes import MISTAKES
from thermofit.ui.inspector import step_panel
from thermofit.ui.inspector.step_tables import number, pair, table
from thermofit.ui.lesson.chapter import Chapter, Control, section
from thermofit.ui.lesson.shown_code import first_loss
from thermofit.ui.lesson.wording import Wording
from thermofit.words import tr

WORDING = Wording("06-autograd")
MISTAKE = MISTAKES["no-zero-grad"]
STEPS = 3  # that are shown below the run, and that the question asks about


def _formula(config: Config) -> str:
    return (
        r"\texttt{params.grad} \mathrel{+}= \begin{bmatrix} \partial L / \partial w"
        r" \\ \partial L / \partial b \end{bmatrix}"
    )


def _text(run: Run) -> str:
    report = inspect_step(run, 0)
    return WORDING.fill(
        "Text",
        grad_autograd=pair(report.grad_autograd),
        grad_by_hand=pair(report.grad_by_hand),
        difference=number(report.differences["gradient: by hand and autograd"], 2),
    )


def _question(run: Run) -> str:
    return WORDING.fill("Question", mistake=tr(MISTAKE.label))


@lru_cache(maxsize=64)
def _accumulated(config: Config) -> tuple[Pair, Pair]:
    """What lies in .grad before the third backward(), and after it."""
    run = Run(config.replace(gradient="autograd", mistake=MISTAKE.name))
    run.advance(epochs=STEPS - 1)
    report = inspect_step(run, run.update)
    return report.pile, report.applied


def _answer(run: Run) -> str:
    before, after = _accumulated(run.config)
    return WORDING.fill(
        "Answer", grad_before=pair(before), grad_after=pair(after), explanation=tr(MISTAKE.explanation)
    )


def _steps(config: Config) -> str:
    """What lies in .grad in each of the first steps, before backward() and after it."""
    run = Run(config)
    run.advance(epochs=STEPS - 1)
    reports = [inspect_step(run, epoch) for epoch in range(run.update + 1)]
    head = (
        tr("step"),
        tr("in `.grad` before"),
        tr("this step's gradient"),
        tr("in `.grad` afterwards"),
    )
    rows = (
        (str(report.epoch + 1), pair(report.pile), pair(report.grad_autograd), pair(report.applied))
        for report in reports
    )
    return table(head, rows)


def _below(run: Run) -> None:
    st.markdown(WORDING.fill("Below the run", steps=_steps(run.config)))
    if run.config.gradient != "autograd":
        st.markdown(WORDING.fill("The graph by hand"))
    loss, params = first_loss(run.config)
    step_panel.draw_graph(picture(loss, params), described(loss))


CHAPTER = Chapter(
    WORDING,
    PRESETS["scaled-autograd"].config,
    formula=_formula,
    text=_text,
    code=section("Training loop"),
    question=_question,
    answer=_answer,
    controls=(Control("gradient"), Control("mistake", options=("none", MISTAKE.name))),
    speed="1000",
    below=_below,
)
