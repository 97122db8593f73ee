"""The controls in the sidebar: they show the set-up, and decide what a change does to the run."""

from typing import Any

import streamlit as st

from thermofit.config.config import Config, ConfigError
from thermofit.config.presets import PRESETS
from thermofit.config.settings import SETTINGS
from thermofit.live.setting_change import How
from thermofit.optim.registry import OPTIMIZERS
from thermofit.ui.controls.fields import choice, hyper, number, rate, share
from thermofit.ui.controls.stability_hint import stability_hint
from thermofit.ui.state import address, keys, memory
from thermofit.ui.state.widgets import key, show

OWN = "own"  # in the preset menu: a set-up that is none of the presets
ANEW, ON = "New run", "Go on from here"


def sidebar() -> Config:
    """Draw the controls and return the set-up that they show; the last valid one if that is not."""
    with st.sidebar, st.container(key=keys.SETTINGS):
        st.markdown("# thermofit\nEleven readings, one line: press Play and watch it being found.")
        preset, problems = st.container(), st.container()  # they depend on the controls below
        _on_change()
        values: dict[str, Any] = {"data": _readings()}
        values |= {name: choice(name) for name in ("gradient", "optimizer")}
        _caveat(OPTIMIZERS[values["optimizer"]].caveat)
        values["lr"] = rate()
        limit = st.empty()  # known once all controls are
        values |= {name: choice(name) for name in ("scaling", "loss")}
        values["val"] = share()
        values |= {name: number(name) for name in ("split_seed", "epochs")}
        columns = st.columns(2)
        for column, name in zip(columns, ("w0", "b0"), strict=True):
            with column:
                values[name] = number(name)
        values |= _advanced(values["optimizer"])
        with problems:
            config = _checked(values)
        with preset:
            _preset(config)
        with limit:
            _caveat(stability_hint(config))
        return config


def _readings() -> str:
    """The data set: a choice as soon as there are several."""
    names = SETTINGS["data"].choices
    return str(choice("data")) if len(names) > 1 else names[0]


def on_change() -> How:
    """What a change of settings is to do to the run; a preset chosen just now always starts a new one."""
    if memory.take(keys.PRESET_TAKEN, False):
        return How.NEW_RUN
    return How.GO_ON if memory.recall(key(keys.ON_CHANGE)) == ON else How.USUAL


def _on_change() -> None:
    st.segmented_control(
        "When a setting changes",
        (ANEW, ON),
        default=ANEW,
        key=key(keys.ON_CHANGE),
        required=True,
        width="stretch",
        persist_state="session",
        help="New run: starts at epoch 0 with the new setting. Go on from here: continues from the line "
        "shown now; the run before the change stays visible, dotted; the optimizer starts without memory. "
        "After a new learning rate the run always goes on, unless it has exploded; "
        "a new start weight or bias always means a new run.",
    )


def _checked(values: dict[str, Any]) -> Config:
    try:
        return Config(**values)
    except ConfigError as error:
        for problem in error.problems:
            label = SETTINGS[problem.field].label if problem.field in SETTINGS else problem.field
            reason, allowed = address.plain(problem.reason), address.plain(problem.allowed)
            st.error(f"**{label}**: {reason}. Allowed: {allowed}.")
        st.caption("The run keeps its last valid settings until this is corrected.")
        return address.current().config


def _preset(config: Config) -> None:
    labels = {OWN: "Your own set-up"} | {key: preset.label for key, preset in PRESETS.items()}
    show(keys.PRESET, address.preset_of(config) or OWN)
    chosen = st.selectbox(
        "Preset",
        list(labels),
        format_func=labels.__getitem__,
        key=key(keys.PRESET),
        on_change=_take_preset,
        args=(key(keys.PRESET),),
        help="Runs worth seeing. Choosing one sets all controls below.",
    )
    if chosen != OWN:
        st.caption(PRESETS[chosen].description)


def _take_preset(menu: str) -> None:
    chosen = memory.recall(menu)
    if chosen != OWN and menu == key(keys.PRESET):  # a menu that has been replaced no longer counts
        address.apply(address.of(PRESETS[chosen].config))
        memory.remember(keys.PRESET_TAKEN, True)


def _caveat(text: str) -> None:
    if text:
        st.caption(text)


def _advanced(optimizer: str) -> dict[str, Any]:
    with st.expander("Advanced"):
        values: dict[str, Any] = {"tolerance": number("tolerance"), "mistake": choice("mistake")}
        hypers = OPTIMIZERS[optimizer].hyper
        values["hyper"] = {item.name: hyper(optimizer, item) for item in hypers}
        if not hypers:
            st.caption("This optimizer has no settings of its own.")
    return values
