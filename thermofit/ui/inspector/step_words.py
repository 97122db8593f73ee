"""What is said of a step before its sums: from where to where, over which readings, at which rate."""

from collections.abc import Iterator

from thermofit.config.config import Config
from thermofit.inspection.step import StepReport
from thermofit.numbers import count, formatted
from thermofit.optim.schedules import SCHEDULES
from thermofit.training.run import Run
from thermofit.ui.inspector.step_tables import LISTED, pair
from thermofit.words import listed, tr


def heading(run: Run, report: StepReport) -> str:
    """From which row to which, the parameters there, and the rate; with mini-batches a row is an update."""
    start, clock = report.epoch, run.history.clock
    params, lr = pair(report.params), formatted(report.lr, ".6g")
    if clock.counts_updates:
        return tr(
            "From epoch {start} to {end}: $[w, b]$ = {params}, learning rate {lr}",
            start=start,
            end=start + 1,
            params=params,
            lr=lr,
        )
    return tr(
        "From update {start} to {end}, at epoch {epoch}: $[w, b]$ = {params}, learning rate {lr}",
        start=start,
        end=start + 1,
        epoch=clock.written(start),
        params=params,
        lr=lr,
    )


def about(run: Run, report: StepReport, config: Config) -> Iterator[str]:
    """Which readings the step sees, where it does not see all; what made its rate, where that is not set."""
    if report.batch is not None:
        size, of = count(len(report.batch)), count(len(run.segment(report.epoch).data.train_scaled))
        points = listed(str(row + 1) for row in report.batch[:LISTED])
        more = len(report.batch) - LISTED
        if more > 0:
            yield tr(
                "Its batch has {size} of the {of} training readings: points {points} and {more} more.",
                size=size,
                of=of,
                points=points,
                more=more,
            )
        elif len(report.batch) == 1:
            yield tr(
                "Its batch is a single one of the {of} training readings: point {point}.", of=of, point=points
            )
        else:
            yield tr(
                "Its batch has {size} of the {of} training readings: points {points}.",
                size=size,
                of=of,
                points=points,
            )
    if config.schedule != "none":
        yield tr(
            "The schedule {schedule} has made its learning rate {lr} of the {base} that is set.",
            schedule=tr(SCHEDULES[config.schedule].label),
            lr=formatted(report.lr, ".6g"),
            base=formatted(report.base_lr, ".6g"),
        )
