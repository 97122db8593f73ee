"""What can be done about a run besides the controls: take a stable rate, or start somewhere else."""

import streamlit as st

from thermofit import Config, Status, numbers
from thermofit.landscape.axes import Units
from thermofit.live.live_run import LiveRun
from thermofit.theory import explain
from thermofit.ui.controls.stability_hint import forecast_of, plain
from thermofit.ui.scenes.landscape import allowed_start, chosen_start
from thermofit.ui.state import address
from thermofit.words import tr


def exploded(live: LiveRun) -> None:
    """Why the run diverged, with its own numbers; the rate that is stable is offered beside the status."""
    config = live.config
    known = forecast_of(config) if live.run.status is Status.DIVERGED else None
    if known is None or known.curvature is None or known.stable or live.shown < live.run.update:
        return
    st.markdown(plain(explain.divergence(known)))


def _stable_rate(live: LiveRun) -> float | None:
    """A rate that is stable, for a run that has exploded; None where theory knows none."""
    known = forecast_of(live.config) if live.run.status is Status.DIVERGED else None
    return None if known is None or known.curvature is None or known.stable else known.curvature.safe_rate


def remedy(live: LiveRun) -> str:
    """What the stage offers beside the words that a run has exploded; "" where there is nothing."""
    rate = _stable_rate(live)
    if rate is None:
        return ""
    # Translators: on a button; {rate} is a learning rate.
    return tr("Use {rate}", rate=numbers.rate(rate))


def take_remedy(live: LiveRun) -> None:
    """A new run with the rate that is offered; nothing if it is offered no more."""
    rate = _stable_rate(live)
    if rate is not None:
        note = tr("New run with learning rate {lr}.", lr=numbers.rate(rate))
        start_anew(live, live.config.replace(lr=rate), note)


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
    return tr("New run from w = {w}, b = {b}.", w=numbers.formatted(w), b=numbers.formatted(b))
