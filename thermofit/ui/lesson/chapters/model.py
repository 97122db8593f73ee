"""The first chapter: a line, and what its two parameters do."""

from thermofit import Run
from thermofit.numbers import count
from thermofit.theory.least_squares import least_squares
from thermofit.ui.inspector.step_tables import number
from thermofit.ui.lesson.chapter import RAW, WEIGHT, Chapter, Control, section
from thermofit.ui.lesson.wording import Wording

WORDING = Wording("01-model")
BIAS = Control("b0", -40.0, 40.0, 1.0)


def _text(run: Run) -> str:
    t_u, t_c = run.t_u[0].item(), run.t_c[0].item()
    w, b = run.config.w0, run.config.b0
    return WORDING.fill(
        "Text",
        readings=count(len(run.t_u)),
        w=number(w),
        b=number(b),
        t_u=number(t_u, 4),
        t_p=number(w * t_u + b, 5),
        t_c=number(t_c, 4),
    )


def _question(run: Run) -> str:
    return WORDING.fill("Question")


def _answer(run: Run) -> str:
    fit = least_squares(run.t_u, run.t_c)
    w, b = fit.params
    return WORDING.fill("Answer", best_w=number(w, 4), best_b=number(b, 4), error=number(fit.mse**0.5, 3))


CHAPTER = Chapter(
    WORDING,
    RAW,
    formula=lambda config: r"t_p = w \cdot t_u + b",
    text=_text,
    code=section("Model"),
    question=_question,
    answer=_answer,
    controls=(WEIGHT, BIAS),
    speed="10",
)
