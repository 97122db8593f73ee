"""Experiments below the landscape: sixty learning rates at once, and what scaling does to the valley."""

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

import plotly.graph_objects as go
import streamlit as st

from thermofit import Config, charts, explain, landscape_charts, range_chart
from thermofit.model import LOSSES
from thermofit.rate_range import Progress, Trial, is_plain, log_rates, rate_range
from thermofit.scaling import SCALINGS
from thermofit.theory import curvature, mse_at
from thermofit.ui import drawn, landscape, linked, scenes, session
from thermofit.ui.landscape_outlook import outlook_of
from thermofit.ui.session import Live
from thermofit.ui.stage import Scene, stage
from thermofit.ui.trainer import TRAINER

LENGTHS = (10, 30, 100, 300, 1000)  # epochs that each rate gets
LAB = "views/lab.py"
EACH = "epochs of each rate"  # key of the session's state


def pictures(
    key: str, scene_for: Callable[[str], Scene], click: Callable[[float, float], None] | None
) -> None:
    """Figures in which nothing moves, on a stage of their own."""
    stage(
        key,
        session.live("pictures", key, Config(epochs=1)),
        lambda _, theme: scene_for(theme),
        on_click=click,
    )


def _still(figures: list[go.Figure], theme: str) -> Scene:
    return Scene(figures, [], {}, epochs=1, speeds=[], speed="1", theme=theme, bare=True)


# ---- the range test ----


@st.fragment
def try_rates(live: Live) -> None:
    """The loss after some epochs against sixty learning rates; a click takes one to the Lab."""
    config = scenes.without_rate(live.config)
    epochs = st.select_slider("Epochs for each rate", LENGTHS, value=100, key=EACH)
    drawn.done(EACH)
    trials = _measured(config, epochs)
    if trials is None:
        return
    scene_for = partial(_rates_scene, config, trials)
    pictures("rates stage", scene_for, lambda lr, _: _take(live, _nearest(trials, lr)))
    best = min((trial for trial in trials if trial.loss is not None), key=_loss_of, default=None)
    if best is None:
        st.markdown("Every rate diverged.")
        return
    text, button = st.columns([3, 1], vertical_alignment="center")
    text.markdown(
        f"Lowest after {epochs} epochs: {explain.rate(best.lr, 3)}. Click any rate to take it to the Lab."
    )
    if button.button(f"Take {explain.rate(best.lr, 3)} to the Lab", width="stretch"):
        _take(live, best.lr)


def _measured(config: Config, epochs: int) -> tuple[Trial, ...] | None:
    """The trials: at once for plain gradient descent, else on request, as each rate is a run of its own."""
    known: dict[tuple[Config, int], tuple[Trial, ...]] = st.session_state.setdefault("trials", {})
    key = (config, epochs)
    if key not in known:
        if not is_plain(config) and not st.button(f"Try {len(log_rates())} rates", type="primary"):
            return None
        known.clear()
        known[key] = _run(config, epochs)
    return known[key]


def _run(config: Config, epochs: int) -> tuple[Trial, ...]:
    """Measure, with a bar and a way out: its button starts this fragment anew, which ends the work here."""
    place = st.empty()
    steps = rate_range(config, epochs=epochs)
    done = _next(steps)
    with place.container():
        if done.done < 1.0:
            bar = st.progress(done.done, "Trying the rates, one after the other")
            st.button("Cancel")
        while done.done < 1.0:
            done = _next(steps)
            bar.progress(done.done)
    place.empty()
    return done.trials


def _next(steps: Iterator[Progress]) -> Progress:
    """The next report; one session computes at a time."""
    with TRAINER.still():
        return next(steps)


def _loss_of(trial: Trial) -> float:
    assert trial.loss is not None
    return trial.loss


def _nearest(trials: tuple[Trial, ...], lr: float) -> float:
    """The rate of the trial nearest to a click, on the log axis."""
    return min((trial.lr for trial in trials), key=lambda rate: max(rate / lr, lr / rate) if lr > 0 else rate)


def _take(live: Live, lr: float) -> None:
    """To the Lab, with this rate."""
    config = live.config.replace(lr=lr)
    live.restart(config, f"New run with learning rate {lr:g}. Press Play.")
    linked.wish(config)
    st.switch_page(LAB)


@lru_cache(maxsize=16)
def _rates_scene(config: Config, trials: tuple[Trial, ...], theme: str) -> Scene:
    known, data = outlook_of(config), landscape.prepared(config)
    limit = known.curvature.largest_rate if known and known.curvature else None
    best = landscape.marks(config, "trained").best
    floor = mse_at(best, data.train_scaled, data.train_targets) if config.loss == "mse" else float("inf")
    unit = LOSSES[config.loss].unit
    return _still([range_chart.rates(trials, limit, floor, unit, charts.THEMES[theme])], theme)


# ---- before and after scaling ----


def compare_scalings(live: Live) -> None:
    """The valley on the readings as they are, beside that on scaled ones."""
    config = scenes.without_rate(live.config)
    scaled = config.scaling if config.scaling != "none" else "standardize"
    pair = [config.replace(scaling=name) for name in ("none", scaled)]
    for column, each in zip(st.columns(2), pair, strict=True):
        column.markdown(_valley_in_words(each))
    pictures("scalings stage", partial(_scalings_scene, *pair), None)


def _valley_in_words(config: Config) -> str:
    label = SCALINGS[config.scaling].label
    if config.loss != "mse":
        return f"**Inputs: {label}**"
    bend = curvature(landscape.prepared(config).train_scaled)
    condition = "not defined" if bend.condition is None else explain.number(bend.condition)
    return (
        f"**Inputs: {label}**. Condition number {condition}, largest stable rate "
        f"{explain.rate(bend.largest_rate)}."
    )


@lru_cache(maxsize=16)
def _scalings_scene(before: Config, after: Config, theme: str) -> Scene:
    return _still([_valley(config, theme) for config in (before, after)], theme)


def _valley(config: Config, theme: str) -> go.Figure:
    places = landscape.places_of(config, landscape.marks(config, "trained"))
    title = f"Inputs: {SCALINGS[config.scaling].label}"
    picture, labels = landscape.heights(config, "trained"), landscape.labels_of(config, "trained")
    return landscape_charts.valley(picture, places, labels, title, charts.THEMES[theme])
