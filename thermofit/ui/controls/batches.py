"""The controls of mini-batches and of the schedule, each only where it has an effect."""

import streamlit as st

from thermofit.config.config import Config
from thermofit.data.split import train_count
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.ui.controls.fields import choice, hyper, number, switch

OTHER_READINGS = (
    "{optimizer} compares the gradients of its last steps. With mini-batches each of them belongs to other "
    "readings, so what it takes for curvature is partly noise, and it may jump. Batch size 0 suits it."
)


def schedule(optimizer: str) -> None:
    """Which schedule, what is special about it, and its own settings beside this optimizer."""
    name = choice("schedule")
    entry = SCHEDULES[name]
    if entry.caveat:
        st.caption(entry.caveat)
    for item in entry.hyper_for(OPTIMIZERS[optimizer]):
        hyper(name, item)


def batches(config: Config) -> None:
    """The batch size; where there are mini-batches their seed, and what becomes of a shorter last one."""
    number("batch")
    if not config.batch:
        return
    optimizer = OPTIMIZERS[config.optimizer]
    if optimizer.closure:
        st.caption(OTHER_READINGS.format(optimizer=optimizer.label))
    number("batch_seed")
    if train_count(len(config.dataset), config.val) % config.batch:
        switch("drop_last")
