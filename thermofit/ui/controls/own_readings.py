"""The way to readings of one's own, and what becomes of the set-up when they are taken over."""

from functools import partial

import streamlit as st

from thermofit.config.config import Config
from thermofit.config.readings_text import pack_readings
from thermofit.config.settings import settings_for
from thermofit.data.dataset import Dataset
from thermofit.data.own import LABEL
from thermofit.data.written import write_csv
from thermofit.errors import ConfigError
from thermofit.ui import files
from thermofit.ui.readings import dialog
from thermofit.ui.state import address, keys, memory
from thermofit.words import tr


def offer(config: Config) -> None:
    """Draw the button that opens the dialog; what is used there becomes the readings of the set-up."""
    st.button(tr("Bring your own readings"), key=keys.OWN_OPEN, on_click=dialog.ask, width="stretch")
    dialog.dialog(config.dataset, partial(_take_over, config))
    with st.container():  # one place, so that no control is made anew when words appear
        if isinstance(config.data, Dataset):
            _in_links(config.data)


def _in_links(dataset: Dataset) -> None:
    """What of the readings a link did not bring, or will not take along; nothing if it is all of them."""
    if dataset.rounded_to is not None:
        st.caption(
            tr(
                "These readings came in a link that had to round them to {digits} digits, so losses may "
                "differ slightly from those of whoever sent it.",
                digits=dataset.rounded_to,
            )
        )
    if pack_readings(dataset).problem:
        st.caption(
            tr(
                "A copied link does not hold these readings: they are too many, or have too many digits. "
                "Hand them out as a CSV file beside it."
            )
        )
        save = partial(write_csv, dataset)
        files.offer(tr("Save the readings as CSV"), save, "readings.csv", icon=None, key=keys.SAVE_READINGS)


def _take_over(config: Config, dataset: Dataset) -> None:
    memory.remember(keys.OWN_READINGS, dataset)
    dialog.close()
    address.request(with_readings(config, dataset))
    st.rerun()


def with_readings(config: Config, dataset: Dataset) -> Config:
    """The set-up on these readings. A usual learning rate becomes the usual one for them.

    A start that is out of their range goes back to the usual one, with all other settings.
    """
    before, now = (settings_for(data, config.scaling)["lr"] for data in (config.data, dataset))
    rate = now.default if config.lr == before.default else config.lr
    try:
        return config.replace(data=dataset, lr=rate)
    except ConfigError:
        return Config(data=dataset, scaling=config.scaling, lr=now.default)


def known(present: str | Dataset) -> list[Dataset]:
    """The readings of one's own that can be chosen: the present ones, or those that the session knows."""
    found = present if isinstance(present, Dataset) else memory.recall(keys.OWN_READINGS)
    return [found] if found else []


def called(dataset: Dataset) -> str:
    """How readings of one's own are called among the data sets."""
    label = dataset.label
    return tr(LABEL) if label in ("", LABEL) else tr("Your own: {label}", label=label)
