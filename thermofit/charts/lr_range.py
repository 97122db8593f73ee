"""The figure of the range test: loss against learning rate."""

import math
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from thermofit.charts.bindings import Parts
from thermofit.charts.theme import Theme, figure, log_ticks
from thermofit.data.dataset import labelled
from thermofit.experiments.lr_range import Trial
from thermofit.numbers import rate
from thermofit.words import tr

ROOM = 0.08  # decades on either side of the rates


def rates(trials: Sequence[Trial], limit: float | None, floor: float, unit: str, theme: Theme) -> go.Figure:
    """The loss against the rate, on log axes, of each trial that did not diverge.

    `limit` is the largest stable rate if known, drawn as a line; `floor` is the lowest loss to expect.
    """
    fine = [(trial.lr, trial.loss) for trial in trials if trial.loss is not None]
    low, high = trials[0].lr, trials[-1].lr
    top = max([loss for _, loss in fine[:1]] or [1.0]) * 10
    y_range = [math.log10(max(min([floor, *(loss for _, loss in fine)]), 1e-12)) - 0.1, math.log10(top)]
    diverged = [trial.lr for trial in trials if trial.loss is None]
    traces = [_trials(fine, unit, theme), _lost(diverged, 10 ** (y_range[1] - 0.15), theme)]
    if limit is not None and low <= limit <= high:
        traces.append(_limit(limit, [10**power for power in y_range], theme))
    return figure(
        theme,
        traces,
        xaxis=_log(tr("Learning rate"), [math.log10(low) - ROOM, math.log10(high) + ROOM]),
        yaxis=_log(labelled(tr("Training loss"), unit), y_range),
        clickanywhere=True,
        meta={
            "click": True,
            "alt": _alt(len(fine), len(diverged)),
        },
    )


def _alt(arrived: int, diverged: int) -> Parts:
    text = tr(
        "Loss against learning rate. Rates that arrived: {arrived}. Rates that diverged: {diverged}.",
        arrived=arrived,
        diverged=diverged,
    )
    return [text]


def _log(title: str, powers: list[float]) -> dict[str, Any]:
    """A log axis between two powers of ten."""
    return {
        "title": {"text": title},
        "type": "log",
        "range": powers,
        **log_ticks(*powers),
    }


def _trials(fine: Sequence[tuple[float, float]], unit: str, theme: Theme) -> go.Scatter:
    rate, loss = tr("Learning rate"), tr("Training loss")
    return go.Scatter(
        x=[lr for lr, _ in fine],
        y=[loss for _, loss in fine],
        mode="lines+markers",
        name=loss,
        line={"color": theme.train, "width": 2.5},
        marker={"color": theme.train, "size": 8},
        hovertemplate=f"{rate} %{{x:.3g}}<br>{loss} %{{y:.5g}} {unit}<extra></extra>",
    )


def _lost(lrs: Sequence[float], height: float, theme: Theme) -> go.Scatter:
    # Translators: "Diverged" are the rates with which a run did not end
    rate, diverged = tr("Learning rate"), tr("Diverged")
    return go.Scatter(
        x=lrs,
        y=[height] * len(lrs),
        mode="markers",
        name=diverged,
        marker={"color": theme.validation, "symbol": "x", "size": 9},
        hovertemplate=f"{rate} %{{x:.3g}}<br>{diverged}<extra></extra>",
    )


def _limit(limit: float, ends: Sequence[float], theme: Theme) -> go.Scatter:
    largest, name = rate(limit), tr("Largest stable rate")
    return go.Scatter(
        x=[limit, limit],
        y=list(ends),
        mode="lines",
        name=f"2 / λmax = {largest}",
        line={"color": theme.ink, "width": 2, "dash": "dash"},
        hovertemplate=f"{name} {largest}<extra></extra>",
    )
