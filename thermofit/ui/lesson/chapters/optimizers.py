"""The seventh chapter: who applies the gradient, and how all of them do on raw readings."""

from functools import cache

import streamlit as st

from thermofit import Run, Status
from thermofit.config.config import Config
from thermofit.config.presets import PRESETS
from thermofit.inspection.step import inspect_step
from thermofit.numbers import count, rate
from thermofit.optim.registry import OPTIMIZERS
from thermofit.ui.inspector import step_tables
from thermofit.ui.inspector.step_tables import number, pair
from thermofit.ui.lesson.chapter import Chapter, Control, rate_control, section
from thermofit.ui.lesson.wording import read

WORDING = read("07-optimizers")
ADAM = PRESETS["adam-raw"].config
EPOCHS = 300  # that each optimizer has in the answer


def _formula(config: Config) -> str:
    return (
        r"\begin{bmatrix} w \\ b \end{bmatrix} \leftarrow \texttt{optimizer.step}"
        r"\left(\begin{bmatrix} w \\ b \end{bmatrix}, \texttt{.grad}, \text{memory}\right)"
    )


def _text(run: Run) -> str:
    entry = OPTIMIZERS[run.config.optimizer]
    return WORDING.fill("Text", optimizer=entry.label, optimizer_help=entry.help, caveat=entry.caveat)


def _question(run: Run) -> str:
    return WORDING.fill("Question", rate=rate(ADAM.lr), epochs=count(EPOCHS))


@cache
def _rows() -> str:
    """The optimizers with their outcomes, the smallest loss first."""
    runs = {name: Run(ADAM.replace(optimizer=name, epochs=EPOCHS)) for name in OPTIMIZERS}
    for run in runs.values():
        run.advance(epochs=EPOCHS)
    ranked = sorted(runs, key=lambda name: (runs[name].status is Status.DIVERGED, _loss(runs[name])))
    return "\n".join(_row(OPTIMIZERS[name].label, runs[name]) for name in ranked)


def _loss(run: Run) -> float:
    return run.history.row(run.epoch)["train_loss"]


def _row(label: str, run: Run) -> str:
    if run.diverged_at is not None:
        return WORDING.fill("Row of the answer/diverged", optimizer=label, epoch=count(run.diverged_at))
    return WORDING.fill("Row of the answer/finished", optimizer=label, loss=number(_loss(run), 4))


def _answer(run: Run) -> str:
    return WORDING.fill("Answer", epochs=count(EPOCHS), rate=rate(ADAM.lr), rows=_rows())


def _below(run: Run) -> None:
    report = inspect_step(run, 0)
    words = WORDING.fill(
        "Below the run",
        optimizer=OPTIMIZERS[run.config.optimizer].label,
        memory=step_tables.memory(report),
        gradient=pair(report.applied),
        update_by_hand=pair(report.update_by_hand),
        update_optimizer=pair(report.update_optimizer),
    )
    st.markdown(words)


CHAPTER = Chapter(
    WORDING,
    ADAM,
    formula=_formula,
    text=_text,
    code=section("Training loop"),
    question=_question,
    answer=_answer,
    controls=(Control("optimizer"), rate_control(ADAM.lr)),
    speed="1000",
    below=_below,
)
