"""Fit by hand: two sliders that move the start of the run."""

import streamlit as st

from thermofit.landscape.loss_surface import Point
from thermofit.live.live_run import LiveRun
from thermofit.numbers import rounded
from thermofit.ui.scenes.landscape import marks
from thermofit.ui.state import address, keys, memory

NOTCHES = 400  # positions of a slider
BY_HAND = "Fit by hand"


def fits_by_hand() -> bool:
    """Whether the sliders are shown; known before they are drawn."""
    return bool(memory.recall(keys.EXPERIMENT, BY_HAND) == BY_HAND)


def by_hand(live: LiveRun) -> None:
    """Two sliders for the start, which the line, the point and the loss follow, until Play takes over."""
    config = live.config
    frame = marks(config, "trained").frame
    st.markdown("Move the line yourself, then press Play and let gradient descent do it from there.")
    labels = {"w0": "Weight w at the start", "b0": "Bias b at the start"}
    generation = _generation((config.w0, config.b0))
    with st.container(key=keys.SETTINGS_BY_HAND):
        columns = st.columns(2)
    for column, name, (low, high) in zip(columns, labels, (frame.w, frame.b), strict=True):
        key = keys.start_by_hand(name, generation)
        column.slider(
            labels[name],
            low,
            high,
            value=getattr(config, name),
            step=(high - low) / NOTCHES,
            format="%.3g",
            key=key,
            on_change=_take,
            args=(live, name, key),
        )


def _generation(start: Point) -> int:
    """A number that changes when the start was set elsewhere, so that new sliders are drawn."""
    known: tuple[Point, int] = memory.recall(keys.START_BY_HAND, (start, 0))
    if known[0] != start:
        known = (start, known[1] + 1)
    memory.remember(keys.START_BY_HAND, known)
    return known[1]


def _take(live: LiveRun, name: str, key: str) -> None:
    """Start where the slider now is."""
    config = live.config.replace(**{name: rounded(memory.recall(key), 4)})
    memory.remember(keys.START_BY_HAND, ((config.w0, config.b0), memory.recall(keys.START_BY_HAND)[1]))
    address.request(config)
