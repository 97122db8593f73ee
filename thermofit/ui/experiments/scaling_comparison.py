"""The valley of the loss before and after scaling."""

from functools import partial

import plotly.graph_objects as go
import streamlit as st

from thermofit import Config, numbers
from thermofit.charts import contours
from thermofit.charts.theme import THEMES
from thermofit.data.scaling import SCALINGS
from thermofit.live.live_run import LiveRun
from thermofit.stage.scene import Scene
from thermofit.theory.curvature import curvature
from thermofit.training.assembly import prepared
from thermofit.ui.experiments.still_stage import pictures, still_scene
from thermofit.ui.scenes import fit_and_loss, landscape
from thermofit.ui.scenes.kept import kept
from thermofit.ui.state import keys


def compare_scalings(live: LiveRun) -> None:
    """The valley for the readings as they are, beside the one for scaled readings."""
    config = fit_and_loss.without_rate(live.config)
    scaled = config.scaling if config.scaling != "none" else "standardize"
    pair = [config.replace(scaling=name) for name in ("none", scaled)]
    for column, each in zip(st.columns(2), pair, strict=True):
        column.markdown(_valley_in_words(each))
    pictures(keys.SCALINGS_STAGE, partial(kept, _scalings_scene, *pair), None)


def _valley_in_words(config: Config) -> str:
    label = SCALINGS[config.scaling].label
    if config.loss != "mse":
        return f"**Inputs: {label}**"
    readings = len(inputs := prepared(config).train_scaled)
    bowl = curvature(inputs)
    largest = numbers.rate(bowl.largest_rate)
    if bowl.condition is None:
        return (
            f"**Inputs: {label}**. Condition number not defined, largest stable rate {largest} "
            f"(training readings: {readings})."
        )
    condition = numbers.number(bowl.condition)
    return (
        f"**Inputs: {label}**. Condition number {condition}, largest stable rate {largest} "
        f"(training readings: {readings})."
    )


def _scalings_scene(before: Config, after: Config, theme: str) -> Scene:
    return still_scene([_valley(config, theme) for config in (before, after)], theme)


def _valley(config: Config, theme: str) -> go.Figure:
    places = landscape.places_of(config, landscape.marks(config, "trained"))
    label = SCALINGS[config.scaling].label
    title = f"Inputs: {label}"
    picture, labels = landscape.heights(config, "trained"), landscape.labels_of(config, "trained")
    return contours.valley(picture, places, labels, title, THEMES[theme])
