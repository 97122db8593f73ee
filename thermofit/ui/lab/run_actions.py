"""What a person may do about a run besides the controls: take a stable rate, or start somewhere else."""

import streamlit as st

from thermofit import Config, Status, numbers
from thermofit.landscape.axes import Units
from thermofit.live.live_run import LiveRun
from thermofit.theory import explain
from thermofit.ui.controls.stability_hint import forecast_of, plain
from thermofit.ui.scenes.landscape import chosen_start
from thermofit.ui.state import address


def exploded(live: LiveRun) -> None:
    """Why the run diverged, with its own numbers, and one click to a rate that is stable."""
    config = live.config
    known = forecast_of(config) if live.run.status is Status.DIVERGED else None
    if known is None or known.curvature is None or known.stable or live.shown < live.run.epoch:
        return
    safe = known.curvature.safe_rate
    text, button = st.columns([3, 1], vertical_alignment="center")
    text.markdown(plain(explain.divergence(known)))
    label = f"Use {numbers.rate(safe)}"
    if button.button(label, type="primary", width="stretch", icon=":material/healing:"):
        start_anew(live, config.replace(lr=safe), f"New run with learning rate {numbers.rate(safe)}.")


def start_anew(live: LiveRun, config: Config, note: str) -> None:
    """A new run of `config` from epoch 0, playing, with the controls following; ends this run of the page."""
    live.restart(config, note)
    live.autoplay()
    address.request(config)
    st.rerun()


def start_at(live: LiveRun, units: Units, x: float, y: float) -> None:
    """A new run from where the landscape was clicked."""
    config = chosen_start(live.config, units, (x, y))
    start_anew(live, config, f"New run from w = {config.w0:g}, b = {config.b0:g}.")
