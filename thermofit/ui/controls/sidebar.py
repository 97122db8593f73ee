"""The controls in the sidebar: they show the set-up, and decide what a change does to the run."""

from collections.abc import Sequence

import streamlit as st

from thermofit.config.config import Config
from thermofit.config.labels import is_known, label_of
from thermofit.config.presets import PRESETS, preset_of
from thermofit.errors import Problem
from thermofit.live.setting_change import How
from thermofit.optim.registry import OPTIMIZERS
from thermofit.ui.controls import batches, edited, own_readings
from thermofit.ui.controls.chosen import chosen
from thermofit.ui.controls.fields import choice, hyper, number, rate, share
from thermofit.ui.controls.readings import about
from thermofit.ui.controls.stability_hint import limit_on_slider, stability_hint
from thermofit.ui.state import address, embed, keys, memory
from thermofit.ui.state.widgets import key, show
from thermofit.words import mark, tr

OWN = "own"  # in the preset menu: a set-up that is none of the presets
ANEW, ON = mark("New run"), mark("Go on from here")

# Below the slider, whose track begins and ends 6 pixels inside of the column.
LIMIT = """<div aria-hidden="true" style="position: relative; height: 18px; margin: -30px 6px 0">
<span style="position: absolute; left: SHARE%; translate: -50% 0; font-size: 13px; line-height: 18px">▲</span>
</div>"""


def head() -> None:
    """What stands above the controls; a frame may have none.

    The sidebar has its room as soon as this is drawn.
    """
    if embed.is_bare():
        return
    with st.sidebar:
        invitation = tr("Some readings, one line: press Play and watch it being found.")
        st.markdown(f"# thermofit\n{invitation}")


def controls() -> None:
    """Draw the controls, and what is wrong with what they say; a frame may have none."""
    if embed.is_bare():
        return
    config, problems = chosen()
    with st.sidebar, st.container(key=keys.SETTINGS):
        with st.container():  # one place each, so that no control moves when a text appears
            _preset(config)
        with st.container():
            _refused(problems)
        _on_change()
        choice("data")
        with st.container():
            about(config.dataset)
        own_readings.offer(config)
        with st.container():
            edited.offer(config)
        choice("gradient")
        optimizer = choice("optimizer")
        _caveat(tr(OPTIMIZERS[optimizer].caveat))
        rate()
        with st.container(key=keys.STABLE_LIMIT):
            _limit(config)
        with st.empty():
            _caveat(*stability_hint(config))
        with st.container():
            batches.schedule(optimizer)
        choice("scaling")
        choice("loss")
        share()
        number("split_seed")
        with st.container():
            batches.batches(config)
        number("epochs")
        for column, name in zip(st.columns(2), ("w0", "b0"), strict=True):
            with column:
                number(name)
        _advanced(optimizer)


def _limit(config: Config) -> None:
    """A mark under the rate's slider; the words below it say the same to whoever can't see it."""
    share = limit_on_slider(config)
    if share is not None:
        st.html(LIMIT.replace("SHARE", f"{100 * share:.2f}"))


def on_change() -> How:
    """What a change of settings is to do to the run; a preset chosen just now always starts a new one."""
    if memory.take(keys.PRESET_TAKEN, False):
        return How.NEW_RUN
    return How.GO_ON if goes_on() else How.USUAL


def goes_on() -> bool:
    """Whether runs are to go on from the line shown when a setting changes."""
    return bool(memory.recall(key(keys.ON_CHANGE)) == ON)


def _on_change() -> None:
    labels = {choice: tr(choice) for choice in (ANEW, ON)}
    memory.remembered(key(keys.ON_CHANGE), ANEW)
    st.segmented_control(
        tr("When a setting changes"),
        list(labels),
        format_func=labels.__getitem__,
        key=key(keys.ON_CHANGE),
        required=True,
        width="stretch",
        persist_state="session",
        help=tr(
            "New run: starts at epoch 0 with the new setting. Go on from here: continues from the line "
            "shown now; the run before the change stays visible, dotted; the optimizer starts without "
            "memory. After a new learning rate the run always goes on, unless it has exploded; "
            "a new start weight or bias always means a new run."
        ),
    )


def _refused(problems: Sequence[Problem]) -> None:
    for problem in problems:
        label = label_of(problem.field) if is_known(problem.field) else problem.field
        reason, allowed = address.plain(problem.reason), address.plain(problem.allowed)
        parts = {"label": label, "reason": reason, "allowed": allowed}
        st.error(tr("**{label}**: {reason}. Allowed: {allowed}.", **parts))
    if problems:
        st.caption(tr("The run keeps its last valid settings until this is corrected."))


def _preset(config: Config) -> None:
    fitting = [preset for preset in PRESETS.values() if preset.fits(config.data)]
    labels = {OWN: tr("Your own set-up")} | {preset.key: tr(preset.label) for preset in fitting}
    show(keys.PRESET, preset_of(config) or OWN)
    chosen = st.selectbox(
        tr("Preset"),
        list(labels),
        format_func=labels.__getitem__,
        key=key(keys.PRESET),
        on_change=_take_preset,
        args=(key(keys.PRESET),),
        help=tr("Runs worth seeing that fit these readings. Choosing one sets all other controls below."),
    )
    if chosen != OWN:
        st.caption(tr(PRESETS[chosen].description))


def _take_preset(menu: str) -> None:
    chosen = memory.recall(menu)
    if chosen != OWN and menu == key(keys.PRESET):  # a menu that has been replaced no longer counts
        address.apply(address.of(PRESETS[chosen].on(address.current().config.data)))
        memory.remember(keys.PRESET_TAKEN, True)


def _caveat(text: str, reason: str = "") -> None:
    if text:
        st.caption(text, help=reason or None)


def _advanced(optimizer: str) -> None:
    with st.expander(tr("Advanced")):
        number("tolerance")
        choice("mistake")
        hypers = OPTIMIZERS[optimizer].hyper
        for item in hypers:
            hyper(optimizer, item)
        if not hypers:
            st.caption(tr("This optimizer has no settings of its own."))
        number("average")
