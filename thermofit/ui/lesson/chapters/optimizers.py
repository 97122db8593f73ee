"""The seventh chapter: who applies the gradient, and how all of them do on raw readings."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import streamlit as st

from thermofit import Run
from thermofit.config.config import Config
from thermofit.config.presets import PRESETS
from thermofit.experiments.arrival import WITHIN, minimum
from thermofit.experiments.explosion import GROWN
from thermofit.experiments.race import result
from thermofit.inspection.step import inspect_step
from thermofit.numbers import count, exact_rate
from thermofit.optim.registry import OPTIMIZERS
from thermofit.ui.inspector import step_tables
from thermofit.ui.inspector.step_tables import number, pair
from thermofit.ui.lesson.chapter import Chapter, Control, rate_control, section
from thermofit.ui.lesson.wording import Wording
from thermofit.words import listed, tr

WORDING = Wording("07-optimizers")
ADAM = PRESETS["adam-raw"].config
EPOCHS = 300  # that each optimizer has in the answer
NEARNESS = 100 * (WITHIN - 1)  # percent
HOP = 1.1  # times its lowest loss: who ends above that hops


def _formula(config: Config) -> str:
    return (
        r"\begin{bmatrix} w \\ b \end{bmatrix} \leftarrow \texttt{optimizer.step}"
        r"\left(\begin{bmatrix} w \\ b \end{bmatrix}, \texttt{.grad}, \text{memory}\right)"
    )


def _text(run: Run) -> str:
    entry = OPTIMIZERS[run.config.optimizer]
    return WORDING.fill(
        "Text", optimizer=tr(entry.label), optimizer_help=tr(entry.help), caveat=tr(entry.caveat)
    )


def _question(run: Run) -> str:
    return WORDING.fill("Question", rate=exact_rate(ADAM.lr), epochs=count(EPOCHS))


@dataclass(frozen=True)
class Outcome:
    """How an optimizer did: when it came within 1 % of the smallest loss, and its lowest and last loss."""

    optimizer: str
    reached: int | None
    lowest: float
    last: float
    exploded: bool
    diverged_at: int | None

    @property
    def place(self) -> tuple[bool, float, float]:
        """Its place in the table, the best first. Which loss comes last is no measure: some hop."""
        return self.exploded, math.inf if self.reached is None else self.reached, self.lowest

    @property
    def hops(self) -> bool:
        """Whether it was clearly better before it ended."""
        return not self.exploded and self.last > HOP * self.lowest


@cache
def _outcome(name: str) -> Outcome:
    run = Run(ADAM.replace(optimizer=name, epochs=EPOCHS))
    run.advance(epochs=EPOCHS)
    found, last = result(run), run.history.row(run.update)["train_loss"]
    return Outcome(
        OPTIMIZERS[name].label,
        found.epochs_to_1_percent,
        found.best_train_loss,
        last,
        found.exploded_at is not None,
        run.diverged_at,
    )


def _row(outcome: Outcome) -> str:
    optimizer, last = tr(outcome.optimizer), number(outcome.last, 4)
    if outcome.diverged_at is not None:
        epoch = count(outcome.diverged_at)
        return WORDING.fill("Row of the answer/diverged", optimizer=optimizer, epoch=epoch)
    if outcome.exploded:
        return WORDING.fill("Row of the answer/exploded", optimizer=optimizer, last=last)
    lowest = number(outcome.lowest, 4)
    if outcome.reached is None:
        return WORDING.fill("Row of the answer/on its way", optimizer=optimizer, lowest=lowest, last=last)
    epoch = count(outcome.reached)
    return WORDING.fill(
        "Row of the answer/arrived", optimizer=optimizer, epoch=epoch, lowest=lowest, last=last
    )


def _answers(run: Run) -> Iterator[str]:
    """The table with one optimizer more each time; at once where all of them are known."""
    for done, name in enumerate(OPTIMIZERS, 1):
        _outcome(name)
        if _outcome.cache_info().currsize < len(OPTIMIZERS):
            yield _table([_outcome(known) for known in list(OPTIMIZERS)[:done]])
    yield _answer(run)


def _table(outcomes: Sequence[Outcome]) -> str:
    rows = "\n".join(_row(outcome) for outcome in sorted(outcomes, key=lambda outcome: outcome.place))
    return WORDING.fill(
        "Part of the answer",
        epochs=count(EPOCHS),
        rate=exact_rate(ADAM.lr),
        within=number(NEARNESS, 2),
        rows=rows,
        done=count(len(outcomes)),
        all=count(len(OPTIMIZERS)),
    )


def _answer(run: Run) -> str:
    outcomes = sorted(map(_outcome, OPTIMIZERS), key=lambda outcome: outcome.place)
    return WORDING.fill(
        "Answer",
        epochs=count(EPOCHS),
        rate=exact_rate(ADAM.lr),
        within=number(NEARNESS, 2),
        rows="\n".join(map(_row, outcomes)),
        smallest=number(minimum(Run(ADAM)), 4),
        hopping=listed(tr(outcome.optimizer) for outcome in outcomes if outcome.hops),
        times=number(GROWN),
    )


def _below(run: Run) -> None:
    report = inspect_step(run, 0)
    words = WORDING.fill(
        "Below the run",
        optimizer=tr(OPTIMIZERS[run.config.optimizer].label),
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
    parts=_answers,
)
