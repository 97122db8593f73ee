"""What the Lab and the landscape share: the settings in the sidebar, and the run that follows them."""

from collections.abc import Collection

import streamlit as st

from thermofit.config.link import KEYS, Link
from thermofit.live.live_run import LiveRun
from thermofit.ui.controls import sidebar
from thermofit.ui.controls.chosen import chosen
from thermofit.ui.inspector import mistake_banner
from thermofit.ui.lab import pins, run_actions
from thermofit.ui.state import address, keys, session_runs


def follow(stage: str, names: Collection[str] = KEYS) -> tuple[Link, LiveRun]:
    """Warn about problems of the link or the run, and return both, up to date with the controls.

    `stage` is the key of the stage that shows the run, `names` are the page's keys in the address. The
    controls are drawn after the stage (`sidebar.controls`): the browser loads some fifty files for them. The
    warnings have a place of their own, so that the stage stands at the same one with and without them.
    """
    link, warnings = address.link(names), st.container()
    sidebar.head()
    config, _ = chosen()
    with warnings:
        address.problems()
    epoch = link.epoch if config == link.config else 0
    live = session_runs.session_run(keys.LAB_RUN, stage, config, sidebar.on_change(), epoch)
    live.remedy = run_actions.remedy
    pins.accompany(live, link.pins)
    if link.play:
        live.autoplay()
    address.publish(config, names)
    with warnings:
        mistake_banner.warn(*live.mistakes)
        mistake_banner.warn_of_batches(config)
    return link, live
