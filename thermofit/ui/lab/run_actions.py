"""What can be done about a run besides the controls: take a stable rate, or start somewhere else."""

import streamlit as st

from thermofit import Config, Status, numbers
from thermofit.landscape.axes import Units
from thermofit.live.live_run import LiveRun
from thermofit.theory import explain
from thermofit.ui.controls.stability_hint import forecast_of, plain
from thermofit.ui.scenes.landscape import allowed_start, chosen_start
from thermofit.ui.state import address


def exploded(live: LiveRun) -> None:
    """Why the run diverged, with its own numbers, and one click to a rate that is stable."""
    config = live.config
    known = forecast_of(config) if live.run.status is Status.DIVERGED else None
    if known is None or known.curvature is None or known.stable or live.shown < live.run.update:
        return
    safe, safe_text = known.curvature.safe_rate, numbers.rate(known.curvature.safe_rate)
    text, button = st.columns([3, 1], vertical_alignment="center")
    text.markdown(plain(explain.divergence(known)))
    if button.button(f"Use {safe_text}", type="primary", width="stretch", icon=":material/healing:"):
        start_anew(live, config.replace(lr=safe), f"New run with learning rate {safe_text}.")


def start_anew(live: LiveRun, config: Config, note: str, play: bool = True) -> None:
    """Begin, and play, a new run of `config`, which the controls show; ends this run of the script."""
    live.restart(config, note)
    if play:
        live.autoplay()
    address.request(config)
    st.rerun()


def start_at(live: LiveRun, units: Units, x: float, y: float) -> None:
    """Start a new run from the point of the landscape that was clicked."""
    config = chosen_start(live.config, units, (x, y))
    start_anew(live, config, _started(config.w0, config.b0))


def start_by_hand(live: LiveRun, w: float, b: float) -> None:
    """Have a new run stand at the line that was moved by hand."""
    config = allowed_start(live.config, w, b)
    start_anew(live, config, _started(config.w0, config.b0), play=False)


def _started(w: float, b: float) -> str:
    return f"New run from w = {w:g}, b = {b:g}."
