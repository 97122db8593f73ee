"""The learning-rate range test on the page: sixty learning rates at once."""

from functools import partial

import streamlit as st

from thermofit import Config, numbers
from thermofit.charts import lr_range
from thermofit.charts.theme import THEMES
from thermofit.experiments.lr_range import Trial, is_plain, log_rates, measure, rate_range
from thermofit.live.live_run import LiveRun
from thermofit.stage.scene import Scene
from thermofit.theory.least_squares import mse_at
from thermofit.training.assembly import prepared
from thermofit.ui.controls.stability_hint import forecast_of
from thermofit.ui.experiments import progress
from thermofit.ui.experiments.still_stage import pictures, still_scene
from thermofit.ui.experiments.to_the_lab import take_to_the_lab
from thermofit.ui.scenes import fit_and_loss, landscape
from thermofit.ui.scenes.kept import kept
from thermofit.ui.scenes.units import loss_unit
from thermofit.ui.state import keys, memory
from thermofit.words import tr, trn

LENGTHS = (10, 30, 100, 300, 1000)  # epochs for each rate
AT_ONCE = 22_000_000  # rates × epochs × readings of a batch that starts without being asked: about 1 s

Known = dict[tuple[Config, int], tuple[Trial, ...]]


def try_rates(live: LiveRun) -> None:
    """The loss after some epochs for each of sixty learning rates; a click takes one of them to the Lab."""
    config = fit_and_loss.without_rate(live.config)
    epochs = st.select_slider(tr("Epochs for each rate"), LENGTHS, value=100, key=keys.EPOCHS_OF_EACH_RATE)
    trials = _measured(config, epochs)
    if trials is None:
        label = tr("Try {count} rates", count=len(log_rates()))
        st.button(label, type="primary", on_click=progress.asks_for(keys.TRY_RATES))
        progress.place_of(keys.TRY_RATES)
        return
    scene_for = partial(kept, _rates_scene, config, trials)
    pictures(keys.RATES_STAGE, scene_for, lambda lr, _: _take(live, _nearest(trials, lr)))
    best = min((trial for trial in trials if trial.loss is not None), key=_loss_of, default=None)
    if best is None:
        st.markdown(tr("Every rate diverged."))
        return
    lowest, (text, button) = numbers.rate(best.lr, 3), st.columns([3, 1], vertical_alignment="center")
    told = trn(
        "Lowest after {n} epoch: {lowest}. Click any rate to take it to the Lab.",
        "Lowest after {n} epochs: {lowest}. Click any rate to take it to the Lab.",
        epochs,
        n=epochs,
        lowest=lowest,
    )
    text.markdown(told)
    if button.button(tr("Take {rate} to the Lab", rate=lowest), width="stretch"):
        _take(live, best.lr)


def finish(live: LiveRun) -> None:
    """Try the rates if that is wanted. The page calls this last: see `progress.wanted`."""
    config = fit_and_loss.without_rate(live.config)
    epochs = memory.recall(keys.EPOCHS_OF_EACH_RATE)
    steps = partial(rate_range, config, epochs=epochs)
    found = progress.wanted(keys.TRY_RATES, steps, tr("Trying the rates, one after the other"))
    if found:
        _keep(config, epochs, found.trials)
        st.rerun()


def _measured(config: Config, epochs: int) -> tuple[Trial, ...] | None:
    """The trials: at once where that is quick, otherwise only those that were found on request."""
    known: Known = memory.remembered(keys.TRIALS, {})
    if (config, epochs) not in known and _is_quick(config, epochs):
        _keep(config, epochs, measure(config, epochs))
    return known.get((config, epochs))


def _is_quick(config: Config, epochs: int) -> bool:
    return is_plain(config) and len(log_rates()) * epochs * len(config.dataset) <= AT_ONCE


def _keep(config: Config, epochs: int, trials: tuple[Trial, ...]) -> None:
    known: Known = memory.remembered(keys.TRIALS, {})
    known.clear()
    known[config, epochs] = trials


def _loss_of(trial: Trial) -> float:
    assert trial.loss is not None
    return trial.loss


def _nearest(trials: tuple[Trial, ...], lr: float) -> float:
    """The rate of the trial nearest to a click, on the log axis."""
    return min((trial.lr for trial in trials), key=lambda rate: max(rate / lr, lr / rate) if lr > 0 else rate)


def _take(live: LiveRun, lr: float) -> None:
    """Go to the Lab with this rate."""
    config = live.config.replace(lr=lr)
    note = tr("New run with learning rate {lr}. Press Play.", lr=numbers.formatted(lr))
    take_to_the_lab(live, config, note)


def _rates_scene(config: Config, trials: tuple[Trial, ...], theme: str) -> Scene:
    known, data = forecast_of(config), prepared(config)
    limit = known.curvature.largest_rate if known and known.curvature else None
    best = landscape.marks(config, "trained").best
    floor = mse_at(best, data.train_scaled, data.train_targets) if config.loss == "mse" else float("inf")
    unit = loss_unit(config)
    return still_scene([lr_range.rates(trials, limit, floor, unit, THEMES[theme])], theme)
