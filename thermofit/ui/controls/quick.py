"""On a phone: the settings that matter most, beneath the pictures and always in sight of them.

The sidebar, which has them too, covers the pictures there. On larger screens these are not shown.
"""

import streamlit as st

from thermofit.config.config import Config
from thermofit.config.labels import REGISTRIES
from thermofit.config.settings import SETTINGS
from thermofit.ui.controls.fields import ranged, rate_at, rate_slider
from thermofit.ui.state import address, embed, keys, memory
from thermofit.ui.state.widgets import exponent, key, show
from thermofit.words import tr

# Drawn with the frame: one that is drawn after the stage takes the place of a note that has popped up there.
STYLE = """<style>
[class*="st-key-settings-quick"] { display: none; }
@media (max-width: 640px) {
  .stMainBlockContainer > .stVerticalBlock > :has(> [class*="st-key-settings-quick"]) {
    position: sticky; bottom: 0; z-index: 60; }
  [class*="st-key-settings-quick"] {
    display: flex; flex-flow: row nowrap; gap: 1rem; align-items: end;
    padding: .5rem .9rem .7rem; margin: 0 -.9rem; width: calc(100% + 1.8rem); max-width: none;
    background: Canvas; border-top: 1px solid #8888; }
  [class*="st-key-settings-quick"] > * { flex: 1 1 45%; min-width: 0; width: auto; }
  [class*="st-key-settings-quick"] [data-testid="stSliderTickBar"] { display: none; }
  [class*="st-key-settings-quick"] [data-testid="stSlider"] { padding-inline: 8px; }
}
</style>"""


def settings() -> None:
    """Draw the learning rate and the optimizer; they lead the sidebar's controls, and follow them."""
    if embed.is_bare():
        return
    config = address.current().config
    with st.container(key=keys.QUICK):
        _rate(config)
        _optimizer(config)


def _rate(config: Config) -> None:
    allowed = ranged("lr")
    show(keys.QUICK_RATE, max(0, exponent(config.lr, allowed.minimum)))
    rate_slider(tr("Set the learning rate"), keys.QUICK_RATE, allowed, _take_rate)


def _take_rate(slider: str) -> None:
    if slider == key(keys.QUICK_RATE):  # a widget that has been replaced no longer counts
        position = memory.recall(slider)
        show(keys.LEARNING_RATE, f"{rate_at(position, ranged('lr').minimum):g}")
        show(keys.RATE_SLIDER, position)


def _optimizer(config: Config) -> None:
    labels = {name: tr(entry.label) for name, entry in REGISTRIES["optimizer"].items()}
    show(keys.QUICK_OPTIMIZER, config.optimizer)
    st.selectbox(
        tr("Set the optimizer"),
        SETTINGS["optimizer"].choices,
        format_func=labels.__getitem__,
        key=key(keys.QUICK_OPTIMIZER),
        on_change=_take_optimizer,
        args=(key(keys.QUICK_OPTIMIZER),),
    )


def _take_optimizer(menu: str) -> None:
    if menu == key(keys.QUICK_OPTIMIZER):
        show("optimizer", memory.recall(menu))
