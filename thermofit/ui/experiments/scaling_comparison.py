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
from thermofit.words import tr, trn


def compare_scalings(live: LiveRun) -> None:
    """The valley for the readings as they are, beside the one for scaled readings."""
    config = fit_and_loss.without_rate(live.config)
    scaled = config.scaling if config.scaling != "none" else "standardize"
    pair = [config.replace(scaling=name) for name in ("none", scaled)]
    readings = len(prepared(pair[0]).train_scaled)
    text = trn(
        "The same loss over both parameters, for {n} training reading.",
        "The same loss over both parameters, for {n} training readings.",
        readings,
        n=numbers.count(readings),
    )
    st.caption(text)
    pictures(keys.SCALINGS_STAGE, partial(kept, _scalings_scene, *pair), None)


def _valley_in_words(config: Config) -> str:
    """What the scaling does to the valley; "" where the curvature is no number."""
    if config.loss != "mse":
        return ""
    bowl = curvature(prepared(config).train_scaled)
    largest = numbers.rate(bowl.largest_rate)
    if bowl.condition is None:
        return tr("Condition number not defined, largest stable rate {largest}", largest=largest)
    return tr(
        "Condition number {condition}, largest stable rate {largest}",
        condition=numbers.number(bowl.condition),
        largest=largest,
    )


def _scalings_scene(before: Config, after: Config, theme: str) -> Scene:
    return still_scene([_valley(config, theme) for config in (before, after)], theme)


def _valley(config: Config, theme: str) -> go.Figure:
    places = landscape.places_of(config, landscape.marks(config, "trained"))
    title = tr("Inputs: {scaling}", scaling=tr(SCALINGS[config.scaling].label))
    picture, labels = landscape.heights(config, "trained"), landscape.labels_of(config, "trained")
    return contours.valley(picture, places, labels, title, THEMES[theme], _valley_in_words(config))
