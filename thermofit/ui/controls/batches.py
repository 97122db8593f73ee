"""The controls of mini-batches and of the schedule, each only where it has an effect."""

import streamlit as st

from thermofit.config.config import Config
from thermofit.data.split import train_count
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.ui.controls.fields import choice, hyper, number, switch
from thermofit.words import tr


def schedule(optimizer: str) -> None:
    """Which schedule, what is special about it, and its own settings beside this optimizer."""
    name = choice("schedule")
    entry = SCHEDULES[name]
    ignored = OPTIMIZERS[optimizer].after_start if name != "none" else ""
    for text in filter(None, (entry.caveat, ignored)):
        st.caption(tr(text))
    for item in entry.hyper_for(OPTIMIZERS[optimizer]):
        hyper(name, item)


def batches(config: Config) -> None:
    """The batch size; where there are mini-batches their seed, and what becomes of a shorter last one."""
    number("batch")
    if not config.batch:
        return
    if why := OPTIMIZERS[config.optimizer].on_batches:
        st.caption(tr(why))
    number("batch_seed")
    if train_count(len(config.dataset), config.val) % config.batch:
        switch("drop_last")
