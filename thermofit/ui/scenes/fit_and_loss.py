"""What the stage shows for a set-up: which charts, which readouts."""

from dataclasses import replace

from torch import Tensor

from thermofit import Config, Run
from thermofit.charts import fit
from thermofit.charts import loss as loss_chart
from thermofit.charts.theme import THEMES, enlarged, escaped
from thermofit.config.link import SPEEDS
from thermofit.config.view import Axis
from thermofit.data.dataset import Dataset
from thermofit.live.recorded import RATE
from thermofit.model.losses import LOSSES
from thermofit.numbers import count
from thermofit.stage.scene import Scene
from thermofit.theory.least_squares import closed_form
from thermofit.training.history import BATCH
from thermofit.ui.scenes.guide import guide
from thermofit.ui.scenes.rates import has_schedule, rate_plan, rate_readout
from thermofit.ui.scenes.readouts import readouts_of
from thermofit.ui.scenes.units import loss_unit, target_unit
from thermofit.words import tr

MOST_DRAWN = 1_000  # readings; each more would cost a picture time, and hide others
OUTERMOST = 4  # of them: the smallest and the largest input and target, which decide the axes


def lab(config: Config, speed: str, theme: str, axis: Axis = "epochs") -> Scene:
    """The fit and the loss, side by side, the loss over this axis.

    The learning rate has no effect here, unless there is a schedule: see `without_rate`.
    """
    run = Run(config)
    look = THEMES[theme]
    best = closed_form(run.t_u[run.split.train], run.t_c[run.split.train])
    loss, data = LOSSES[config.loss], config.dataset
    unit = loss_unit(config)
    words = fit.Words(escaped(data.input_label), escaped(data.target_label), escaped(target_unit(data)))
    start = run.history.row(0)
    losses = [start["train_loss"]] + ([start["val_loss"]] if len(run.split.validation) else [])
    figures = [
        fit.fit(
            _points(run, "train"),
            _points(run, "validation"),
            (best.slope, best.intercept),
            words,
            look,
            len(data),
            batches=bool(config.batch),
        ),
        loss_chart.loss(
            losses,
            _floor(run, best.slope, best.intercept),
            config.updates if axis == "evaluations" else config.epochs,
            tr(loss.label),
            unit,
            look,
            axis,
            batches=bool(config.batch),
            rates=rate_plan(config),
        ),
    ]
    return Scene(
        figures=figures,
        readouts=readouts_of(config, unit, run.scale.factor, rate_readout(config)),
        derived={
            "slope": {"w": run.scale.factor},
            "intercept": {"w": run.scale.offset, "b": 1.0},
        },
        epochs=config.epochs,
        speeds=[(value, tr("Max") if value == "max" else count(int(value))) for value in SPEEDS],
        speed=speed,
        theme=theme,
        guide=guide("ready, own readings" if isinstance(config.data, Dataset) else "ready"),
    )


USUAL_RATE = Config().lr


def without_rate(config: Config) -> Config:
    """Set-ups that differ only in the learning rate look the same at epoch 0: one scene serves them all.

    With a schedule they don't: the rate itself is drawn.
    """
    return config if has_schedule(config) else config.replace(lr=USUAL_RATE)


def more_columns(config: Config) -> list[str]:
    """The columns of mini-batches and of a schedule, where there are any."""
    return [BATCH] * bool(config.batch) + [RATE] * has_schedule(config)


def _points(run: Run, part: str) -> fit.Points:
    rows = _drawn(run, getattr(run.split, part))
    return fit.Points(
        numbers=[row + 1 for row in rows.tolist()],
        t_u=[round(value, 6) for value in run.t_u[rows].tolist()],
        t_c=[round(value, 6) for value in run.t_c[rows].tolist()],
    )


def _drawn(run: Run, rows: Tensor) -> Tensor:
    """The rows of a part that are drawn: all, or evenly chosen ones of many, with the outermost readings."""
    most = MOST_DRAWN * len(rows) // len(run.t_u) - OUTERMOST
    if len(run.t_u) <= MOST_DRAWN or most <= 0:
        return rows[:MOST_DRAWN]
    even = [place * len(rows) // most for place in range(most)]
    columns = (run.t_u[rows], run.t_c[rows])
    outermost = [int(end) for column in columns for end in (column.argmin(), column.argmax())]
    return rows[sorted({*even, *outermost})]


def _floor(run: Run, slope: float, intercept: float) -> float:
    """The lower of the two losses of the closed-form line, at which the loss axis may begin."""
    value = LOSSES[run.config.loss].value
    parts = [rows for rows in (run.split.train, run.split.validation) if len(rows)]
    return min(value(slope * run.t_u[rows] + intercept, run.t_c[rows]).item() for rows in parts)


def lesson(config: Config, speed: str, theme: str) -> Scene:
    """The same pictures for a projector: no text in them is smaller than the page's."""
    scene = lab(config, speed, theme)
    return replace(scene, figures=[enlarged(figure) for figure in scene.figures])
