"""The fourth chapter: step after step, and the rate from which on it explodes."""

from thermofit import Run, numbers
from thermofit.config.config import Config
from thermofit.theory.curvature import Curvature, curvature
from thermofit.ui.inspector.step_tables import number
from thermofit.ui.lesson.chapter import RAW, Chapter, last_row, rate_control, section
from thermofit.ui.lesson.wording import Wording

WORDING = Wording("04-loop")


def _formula(config: Config) -> str:
    return (
        r"\begin{bmatrix} w \\ b \end{bmatrix} \leftarrow \begin{bmatrix} w \\ b \end{bmatrix}"
        r" - \eta \begin{bmatrix} \partial L / \partial w \\ \partial L / \partial b \end{bmatrix}"
    )


def _text(run: Run) -> str:
    config = run.config
    return WORDING.fill("Text", epochs=numbers.count(config.epochs), rate=numbers.exact_rate(config.lr))


def _question(run: Run) -> str:
    return WORDING.fill("Question")


def _around(bowl: Curvature) -> tuple[float, float]:
    """A rate below the largest stable one and a rate above it, rounded: who types one gets its loss."""
    return bowl.safe_rate, numbers.rounded(1.1 * bowl.largest_rate, 2)


def _answer(run: Run) -> str:
    bowl = curvature(run.data.train_scaled)
    below, above = (run.config.replace(lr=lr) for lr in _around(bowl))
    return WORDING.fill(
        "Answer",
        largest_rate=numbers.rate(bowl.largest_rate, 4),
        curvature=numbers.number(bowl.eigenvalues[0]),
        epochs=numbers.count(run.config.epochs),
        rate_below=numbers.rate(below.lr),
        loss_below=number(last_row(below)["train_loss"], 5),
        rate_above=numbers.rate(above.lr),
        loss_above=number(last_row(above)["train_loss"], 3),
    )


CHAPTER = Chapter(
    WORDING,
    RAW,
    formula=_formula,
    text=_text,
    code=section("Training loop"),
    question=_question,
    answer=_answer,
    controls=(rate_control(RAW.lr, curvature(Run(RAW).data.train_scaled).largest_rate),),
    speed="10",
)
