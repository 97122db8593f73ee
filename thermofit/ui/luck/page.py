"""The luck of a split on its page: two sliders, words, pictures, and the way to the Lab."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from thermofit import Config
from thermofit.charts import split_luck
from thermofit.charts.theme import THEMES
from thermofit.config.settings import SETTINGS
from thermofit.data.split import held_out_count
from thermofit.experiments.split_luck import Outcome
from thermofit.live.setting_change import How
from thermofit.numbers import count, formatted
from thermofit.optim.registry import OPTIMIZERS
from thermofit.stage.scene import Scene
from thermofit.ui.experiments.still_stage import pictures, still_scene
from thermofit.ui.experiments.to_the_lab import take_to_the_lab
from thermofit.ui.luck import results, words
from thermofit.ui.scenes.kept import kept
from thermofit.ui.scenes.units import loss_unit
from thermofit.ui.state import address, keys, memory, session_runs
from thermofit.ui.state.widgets import key, show
from thermofit.words import tr

LENGTHS = (10, 30, 100, 300, 1000, 3000, 10_000)


def page() -> None:
    """The whole page."""
    title = tr("The luck of a split: what if other readings had been held back?")
    st.markdown(f"## {title}")
    config = address.link(address.LUCK_KEYS).config
    with st.container():  # one place, with and without warnings
        address.problems()
    _sliders(config)
    address.publish(config, address.LUCK_KEYS)
    with st.container():
        if _count(config, config.val):
            _outcomes(config)
        else:
            st.info(tr(words.NO_READING))


def _outcomes(config: Config) -> None:
    found = results.outcomes_of(config)
    if found is None:
        return
    unit = loss_unit(config)
    ranked = words.arrived(found)
    if ranked:
        scene_for = partial(kept, _scene, config, tuple(ranked))
        pictures(keys.LUCK_STAGE, scene_for, lambda x, _: _take(config, ranked, x))
        st.caption(tr(words.CLICK))
    st.markdown(words.meaning(found, config.split_seed, unit))


def _scene(config: Config, ranked: Sequence[Outcome], theme: str) -> Scene:
    unit, look = loss_unit(config), THEMES[theme]
    columns = split_luck.ranked(ranked, config.split_seed, unit, config.loss == "mse", look)
    return still_scene([columns, split_luck.frequencies(ranked, config.split_seed, unit, look)], theme)


def _take(config: Config, ranked: Sequence[Outcome], x: float) -> None:
    """Go to the Lab with the split whose column was clicked."""
    seed = ranked[min(max(round(x), 1), len(ranked)) - 1].seed
    chosen = config.replace(split_seed=seed)
    live = session_runs.session_run(keys.LAB_RUN, keys.LAB_STAGE, chosen, How.NEW_RUN)
    take_to_the_lab(live, chosen, tr("New run with split seed {seed}. Press Play.", seed=seed))


# ---- sliders ----


def _count(config: Config, share: float) -> int:
    """How many readings this share holds back."""
    return held_out_count(len(config.dataset), share)


def _sliders(config: Config) -> None:
    readings, optimizer = len(config.dataset), tr(OPTIMIZERS[config.optimizer].label)
    shares, lengths, rest = st.columns([1, 1, 1], gap="medium")
    show(keys.HELD_BACK, config.val)
    show(keys.HOW_LONG, config.epochs)
    with shares:
        st.select_slider(
            tr("Readings held back"),
            _offered(keys.OFFERED_SHARES, config.val, _shares(config)),
            format_func=lambda share: _said(_count(config, share), readings, formatted(share, ".0%")),
            key=key(keys.HELD_BACK),
            on_change=_change,
            args=("val", key(keys.HELD_BACK)),
            help=tr(SETTINGS["val"].help),
        )
    with lengths:
        st.select_slider(
            tr(SETTINGS["epochs"].label),
            _offered(keys.OFFERED_EPOCHS, config.epochs, sorted({*LENGTHS, config.epochs})),
            format_func=count,
            key=key(keys.HOW_LONG),
            on_change=_change,
            args=("epochs", key(keys.HOW_LONG)),
            help=tr(SETTINGS["epochs"].help),
        )
    with rest:
        text = tr(
            "Trained with {optimizer} at learning rate {lr}. The Lab has all other settings.",
            optimizer=optimizer,
            lr=formatted(config.lr),
        )
        st.caption(text)


def _said(held_back: int, readings: int, percent: str) -> str:
    return tr(
        "{held_back} of {readings} ({percent})", held_back=held_back, readings=readings, percent=percent
    )


def _shares(config: Config) -> list[float]:
    """A share for each number of readings: the present one, else the smallest in whole percent."""
    found = {_count(config, config.val): config.val}
    for percent in range(51):
        found.setdefault(_count(config, percent / 100), percent / 100)
    return [found[count] for count in sorted(found)]


def _offered(name: str, value: float, options: Sequence[float]) -> Sequence[float]:
    """The options, which stay the same while the slider is moved among them."""
    before: Sequence[float] = memory.recall(name, ())
    if value not in before:
        memory.remember(name, list(options))
    shown: Sequence[float] = memory.recall(name)
    return shown


def _change(setting: str, slider: str) -> None:
    if slider in (key(keys.HELD_BACK), key(keys.HOW_LONG)):  # one that has been replaced no longer counts
        address.request(address.current().config.replace(**{setting: memory.recall(slider)}))
