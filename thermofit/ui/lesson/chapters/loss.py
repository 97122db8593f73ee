"""The second chapter: one number that says how wrong the line is."""

from thermofit import Run
from thermofit.config.config import Config
from thermofit.model.losses import LOSSES
from thermofit.theory.least_squares import least_squares, mse_at
from thermofit.ui.inspector.step_tables import number
from thermofit.ui.lesson.chapter import RAW, WEIGHT, Chapter, Control
from thermofit.ui.lesson.shown_code import source
from thermofit.ui.lesson.wording import Wording
from thermofit.words import tr

WORDING = Wording("02-loss")
FORMULAS = {
    "mse": (r"\sum_i (t_{p,i} - t_{c,i})^2", r"2\,(t_{p,i} - t_{c,i})"),
    "mae": (r"\sum_i |t_{p,i} - t_{c,i}|", r"\mathrm{sign}(t_{p,i} - t_{c,i})"),
    "huber": (r"\sum_i h(t_{p,i} - t_{c,i})", r"\max(-1, \min(t_{p,i} - t_{c,i}, 1))"),
}


def _formula(config: Config) -> str:
    # A loss that is registered tomorrow has its formula in words, at least.
    if config.loss not in FORMULAS:
        return rf"L = \text{{{LOSSES[config.loss].formula}}}"
    value, derivative = (rf"\frac{{1}}{{n}} {part}" for part in FORMULAS[config.loss])
    return (
        rf"\begin{{aligned}} L &= {value} \\"
        rf" \frac{{\partial L}}{{\partial t_{{p,i}}}} &= {derivative} \end{{aligned}}"
    )


def _text(run: Run) -> str:
    start, loss = run.history.row(0)["train_loss"], LOSSES[run.config.loss]
    return WORDING.fill("Text", loss_help=tr(loss.help), loss=number(start), unit=loss.unit_of("°C"))


def _code(config: Config) -> str:
    loss = LOSSES[config.loss]
    return "\n\n".join(source(function) for function in (loss.value, loss.derivative))


def _question(run: Run) -> str:
    return WORDING.fill("Question", b=number(run.config.b0))


def _answer(run: Run) -> str:
    t, t_c = run.data.train_scaled.double(), run.data.train_targets.double()
    b = run.config.b0
    w = round(((t * (t_c - b)).sum() / t.square().sum()).item(), 2)  # dL/dw = 0, as near as it can be set
    return WORDING.fill(
        "Answer",
        smallest_loss=number(mse_at((w, b), t, t_c), 4),
        best_w=number(w),
        smallest_loss_with_bias=number(least_squares(t, t_c).mse, 4),
    )


CHAPTER = Chapter(
    WORDING,
    RAW,
    formula=_formula,
    text=_text,
    code=_code,
    question=_question,
    answer=_answer,
    controls=(WEIGHT, Control("loss")),
    speed="10",
)
