"""What is said of a step before its sums: from where to where, over which readings, at which rate."""

from collections.abc import Iterator

from thermofit.config.config import Config
from thermofit.inspection.step import StepReport
from thermofit.numbers import count
from thermofit.optim.schedules import SCHEDULES
from thermofit.training.run import Run
from thermofit.ui.inspector.step_tables import LISTED, pair


def heading(run: Run, report: StepReport) -> str:
    """From which row to which, the parameters there, and the rate; with mini-batches a row is an update."""
    start, end, params, clock = report.epoch, report.epoch + 1, pair(report.params), run.history.clock
    if clock.counts_updates:
        return f"From epoch {start} to {end}: $[w, b]$ = {params}, learning rate {report.lr:.6g}"
    epoch = clock.written(start)
    return (
        f"From update {start} to {end}, at epoch {epoch}: $[w, b]$ = {params}, learning rate {report.lr:.6g}"
    )


def about(run: Run, report: StepReport, config: Config) -> Iterator[str]:
    """Which readings the step sees, where it does not see all; what made its rate, where that is not set."""
    if report.batch is not None:
        size, of = count(len(report.batch)), count(len(run.segment(report.epoch).data.train_scaled))
        points = ", ".join(str(row + 1) for row in report.batch[:LISTED])
        more = len(report.batch) - LISTED
        if more > 0:
            yield f"Its batch has {size} of the {of} training readings: points {points} and {more} more."
        elif len(report.batch) == 1:
            yield f"Its batch is a single one of the {of} training readings: point {points}."
        else:
            yield f"Its batch has {size} of the {of} training readings: points {points}."
    if config.schedule != "none":
        label = SCHEDULES[config.schedule].label
        yield (
            f"The schedule {label} has made its learning rate {report.lr:.6g} of the {report.base_lr:.6g} "
            "that is set."
        )
