"""The eighth chapter: steps that see a few readings, why they jitter, and what calms them."""

from dataclasses import dataclass
from functools import lru_cache

from thermofit import Run
from thermofit.config.config import Config
from thermofit.config.presets import PRESETS
from thermofit.experiments.arrival import WITHIN, Arrival
from thermofit.inspection.step import autograd_gradient
from thermofit.model.line import design_matrix
from thermofit.numbers import count, exact_rate, rate
from thermofit.theory.least_squares import least_squares, mse_at
from thermofit.training.average import average
from thermofit.ui.inspector.step_tables import number, pair
from thermofit.ui.lesson.chapter import Chapter, Control, rate_control, section
from thermofit.ui.lesson.wording import Wording
from thermofit.words import tr

WORDING = Wording("08-batches")
SINGLE = PRESETS["single-readings"].config
FALLING = PRESETS["single-falling"].config
AVERAGED = PRESETS["single-average"].config
FEW = PRESETS["mini-batches"].config.batch
SLOWER = 0.1  # times the rate, for the strategy with a smaller one
EARLY, LAST = 5, 20  # epochs after the start, and before the end, that are compared
NEARNESS = 100 * (WITHIN - 1)  # percent


def _formula(config: Config) -> str:
    batch = tr("the readings of this step")
    return (
        r"\frac{dL_B}{dw} = \frac{1}{n_B} \sum_{i \in B} 2\,(w \cdot t_{un,i} + b - t_{c,i})\, t_{un,i} "
        rf"\qquad B: \text{{{batch}}}"
    )


def _text(run: Run) -> str:
    readings, batch = count(len(run.data.train_scaled)), run.batches(0, 1)[0]
    if batch is None:
        return WORDING.fill("Text/all readings", readings=readings)
    row = run.history.row(0)
    return WORDING.fill(
        "Text/mini-batches",
        batch=count(run.config.batch),
        readings=readings,
        steps=count(run.updates_per_epoch),
        gradient=pair((row["grad_w"], row["grad_b"])),
        batch_gradient=pair(_gradient(run, batch.tolist())),
    )


def _gradient(run: Run, rows: list[int]) -> tuple[float, float]:
    """The gradient of the start on these rows of the data set."""
    design = design_matrix(run.scale.apply(run.t_u[rows]))
    w, b = autograd_gradient(run.loop.params.detach(), design, run.t_c[rows], run.loss).tolist()
    return w, b


def _question(run: Run) -> str:
    return WORDING.fill("Question", few=count(FEW), early=count(EARLY))


def _finished(config: Config) -> Run:
    run = Run(config)
    run.advance(epochs=config.epochs)
    return run


def arrival(run: Run) -> int | None:
    """The first epoch after which the loss is within 1 % of the smallest one; None if there is none."""
    update = Arrival(run).look()
    return None if update is None else -(-update // run.updates_per_epoch)


def spread(run: Run) -> tuple[float, float]:
    """The lowest and the highest training loss in the last epochs."""
    first = run.update - LAST * run.updates_per_epoch
    losses = run.history.rows(first, columns=("train_loss",))
    return losses.min().item(), losses.max().item()


def pulls() -> tuple[float, float]:
    """The most negative and the most positive dL/db of single readings at the best line."""
    data = Run(SINGLE).data
    w, b = least_squares(data.train_scaled, data.train_targets).params
    slopes = 2 * (w * data.train_scaled + b - data.train_targets)
    return slopes.min().item(), slopes.max().item()


@dataclass(frozen=True)
class Outcome:
    """How a strategy did: when it was within 1 % of the smallest loss, and the losses of its last epochs."""

    steps: int  # in an epoch
    reached: int | None
    low: float
    high: float
    end_rate: float


@lru_cache(maxsize=8)
def _outcome(config: Config) -> Outcome:
    """What became of this set-up, which is trained for it."""
    run = _finished(config)
    return Outcome(run.updates_per_epoch, arrival(run), *spread(run), run.rate_at(run.update - 1))


def _row(config: Config) -> str:
    """The row of the answer about this set-up."""
    found = _outcome(config)
    low, high = number(found.low, 4), number(found.high, 4)
    steps, lr = count(found.steps), exact_rate(config.lr)
    epoch = tr("not yet") if found.reached is None else count(found.reached)
    if config.batch == 0:
        return WORDING.fill(
            "Row of the answer/all readings", rate=lr, steps=steps, epoch=epoch, low=low, high=high
        )
    if config.schedule != "none":
        return WORDING.fill(
            "Row of the answer/falling rate",
            rate=lr,
            end_rate=rate(found.end_rate),
            steps=steps,
            epoch=epoch,
            low=low,
            high=high,
        )
    if config.batch == 1:
        return WORDING.fill(
            "Row of the answer/single readings", rate=lr, steps=steps, epoch=epoch, low=low, high=high
        )
    return WORDING.fill(
        "Row of the answer/mini-batches",
        batch=count(config.batch),
        rate=lr,
        steps=steps,
        epoch=epoch,
        low=low,
        high=high,
    )


STRATEGIES = (
    SINGLE.replace(batch=0),
    SINGLE.replace(batch=FEW),
    SINGLE,
    SINGLE.replace(lr=SINGLE.lr * SLOWER),
    FALLING,
)


@lru_cache(maxsize=1)
def averaged() -> tuple[float, float]:
    """The training loss of the average at the end, and the highest of the run itself in the last epochs."""
    run = _finished(AVERAGED)
    found = average(run)
    assert found is not None
    return mse_at(found, run.data.train_scaled, run.data.train_targets), spread(run)[1]


def _answer(run: Run) -> str:
    (lowest, highest), (calm, trembling) = pulls(), averaged()
    return WORDING.fill(
        "Answer",
        runs=count(len(STRATEGIES)),
        epochs=count(SINGLE.epochs),
        within=number(NEARNESS, 2),
        last=count(LAST),
        rows="\n".join(map(_row, STRATEGIES)),
        lowest_pull=number(lowest, 3),
        highest_pull=number(highest, 3),
        start=count(AVERAGED.average),
        average=number(calm, 4),
        trembling=number(trembling, 4),
    )


CHAPTER = Chapter(
    WORDING,
    SINGLE.replace(batch=FEW),
    formula=_formula,
    text=_text,
    code=section("Training loop"),
    question=_question,
    answer=_answer,
    controls=(
        Control("batch", options=(0, FEW, 1)),
        rate_control(SINGLE.lr),
        Control("schedule", options=("none", FALLING.schedule)),
    ),
    speed="10",
    paces={FALLING.schedule: FALLING.schedule_hyper},
)
