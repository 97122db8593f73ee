"""What stands around the landscape's stage: its units above, and experiments below."""

import streamlit as st

from thermofit.landmarks import Units
from thermofit.ui import controls
from thermofit.ui.landscape import UNITS, marks
from thermofit.ui.landscape_experiments import compare_scalings, try_rates
from thermofit.ui.session import Live

NOTCHES = 400  # of a slider


def head() -> Units:
    """The title; returns the units to draw in, which are chosen beside it."""
    title, switch = st.columns([3, 1], vertical_alignment="center")
    title.markdown("#### Every point is a line: click anywhere and watch it roll downhill")
    with switch:
        units: Units = st.segmented_control(
            "Units",
            list(UNITS),
            format_func=UNITS.__getitem__,
            default="trained",
            key="landscape units",
            required=True,
            label_visibility="collapsed",
            width="stretch",
            persist_state="session",
            help="As trained: w and b of the scaled inputs. Original: slope and intercept of the line drawn.",
        )
    return units


def more(live: Live) -> None:
    """The experiments below the stage, one at a time."""
    chosen = st.segmented_control(
        "Experiments",
        list(EXPERIMENTS),
        default=next(iter(EXPERIMENTS)),
        key="experiment",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    EXPERIMENTS[chosen](live)


# ---- fit by hand ----


def by_hand(live: Live) -> None:
    """Two sliders for the start: the line, the point and the loss follow; then Play takes over."""
    config = live.config
    frame = marks(config, "trained").frame
    st.markdown("Move the line yourself, then press Play and let gradient descent do it from there.")
    labels = {"w0": "Weight w at the start", "b0": "Bias b at the start"}
    for column, name, (low, high) in zip(st.columns(2), labels, (frame.w, frame.b), strict=True):
        step = (high - low) / NOTCHES
        st.session_state[f"hand {name}"] = low + step * round((getattr(config, name) - low) / step)
        column.slider(
            labels[name],
            low,
            high,
            step=step,
            format="%.3g",
            key=f"hand {name}",
            on_change=_take,
            args=(live, name, step),
        )


def _take(live: Live, name: str, step: float) -> None:
    """Start where the slider stands, unless that is only the notch nearest to the present start."""
    value = float(f"{st.session_state[f'hand {name}']:.4g}")
    if abs(value - getattr(live.config, name)) > 0.75 * step:
        controls.wish(live.config.replace(**{name: value}))


EXPERIMENTS = {
    "Fit by hand": by_hand,
    "Try sixty learning rates": try_rates,
    "Before and after scaling": compare_scalings,
}
