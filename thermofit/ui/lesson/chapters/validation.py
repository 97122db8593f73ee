"""The last chapter: readings that only judge, and the printed figures."""

from collections.abc import Iterator
from functools import lru_cache

import streamlit as st

from thermofit import Run
from thermofit.config.config import Config
from thermofit.config.presets import PRESETS
from thermofit.config.settings import SETTINGS
from thermofit.data.preparation import prepare
from thermofit.data.scaling import SCALINGS
from thermofit.experiments import published_figures
from thermofit.live.trainer import TRAINER
from thermofit.model.line import design_matrix
from thermofit.numbers import count
from thermofit.theory.least_squares import closed_form, mse_at
from thermofit.ui.inspector import step_tables
from thermofit.ui.inspector.step_tables import number
from thermofit.ui.lesson.chapter import Chapter, Control, last_row, section
from thermofit.ui.lesson.shown_code import forward, source, validate
from thermofit.ui.lesson.wording import Wording
from thermofit.words import tr

WORDING = Wording("09-validation")
SPLIT = PRESETS["train-validation"].config
SEEDS = range(100)  # of the splits that the answer looks at


def _formula(config: Config) -> str:
    return r"L_{val} = \frac{1}{n_{val}} \sum_{i \in val} (w \cdot t_{un,i} + b - t_{c,i})^2"


def _text(run: Run) -> str:
    data, leaf = run.data, run.loop.params.detach().clone().requires_grad_()
    if not len(data.val_scaled):
        return WORDING.fill("Text/none held back")
    design, t_c = design_matrix(data.val_scaled), data.val_targets
    return WORDING.fill(
        "Text/some held back",
        readings=count(len(run.t_u)),
        held_back=count(len(data.val_scaled)),
        with_no_grad=str(validate(leaf, design, t_c).requires_grad),
        in_training=str(forward(leaf, design, t_c, is_train=True).requires_grad),
        in_validation=str(forward(leaf, design, t_c, is_train=False).requires_grad),
    )


def _code(config: Config) -> str:
    shown = "\n\n".join(source(function) for function in (validate, forward))
    return f"{section('Split')(config)}\n\n{shown}".lstrip()


def _question(run: Run) -> str:
    return WORDING.fill("Question")


@lru_cache(maxsize=64)
def _lucky(share: float) -> int:
    """In how many of the splits the finished line has the lower loss on the held-out rows."""
    dataset = Run(SPLIT).dataset
    lucky = 0
    for seed in SEEDS:
        data = prepare(dataset, share, seed, SCALINGS["none"])
        best = closed_form(data.train_inputs, data.train_targets)
        line = best.slope, best.intercept
        held_out = mse_at(line, data.val_inputs, data.val_targets)
        lucky += held_out < mse_at(line, data.train_inputs, data.train_targets)
    return lucky


def _answer(run: Run) -> str:
    row = last_row(SPLIT)
    return WORDING.fill(
        "Answer",
        seed=str(SPLIT.split_seed),
        train_loss=number(row["train_loss"], 5),
        val_loss=number(row["val_loss"], 5),
        first_seed=str(SEEDS[0]),
        last_seed=str(SEEDS[-1]),
        lucky=count(_lucky(SPLIT.val)),
    )


def _below(run: Run) -> None:
    """The printed figures, on request: it takes a few thousand epochs."""
    st.markdown(WORDING.fill("Below the run"))
    if st.button(tr("Reproduce the printed figures"), icon=":material/checklist:"):
        with st.spinner(tr("Training every run …")):
            outcomes = list(_in_turn(published_figures.reproduce()))
        st.markdown(_figures(outcomes))


def _figures(outcomes: list[published_figures.Outcome]) -> str:
    return WORDING.fill(
        "Printed figures",
        same=count(sum(outcome.passed for outcome in outcomes)),
        figures=count(len(outcomes)),
        table=step_tables.printed(outcomes),
    )


def _in_turn(outcomes: Iterator[published_figures.Outcome]) -> Iterator[published_figures.Outcome]:
    """One after the other, with turns of others in between: a class goes on playing meanwhile."""
    while True:
        with TRAINER.exclusive():
            outcome = next(outcomes, None)
        if outcome is None:
            return
        yield outcome


CHAPTER = Chapter(
    WORDING,
    SPLIT,
    formula=_formula,
    text=_text,
    code=_code,
    question=_question,
    answer=_answer,
    controls=(
        Control("split_seed", SETTINGS["split_seed"].minimum, SEEDS[-1], 1),
        Control("val", SETTINGS["val"].minimum, SETTINGS["val"].maximum, 0.1),
    ),
    speed="1000",
    below=_below,
)
