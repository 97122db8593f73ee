"""The way back from readings that were edited in the picture: one change, or all of them."""

from collections.abc import Sequence

import streamlit as st

from thermofit.config.config import Config
from thermofit.data.dataset import Dataset
from thermofit.ui.controls.own_readings import with_readings
from thermofit.ui.state import address, keys, memory
from thermofit.words import tr

LONGEST = 100  # changes that can be undone; the original readings are always kept


def keep(before: Dataset, after: Dataset) -> None:
    """Note that an edit has made one of the other."""
    chain = _chain(before) or [before]
    memory.remember(keys.EDITED, [*chain[:1], *chain[1:][-LONGEST:], after])
    memory.remember(keys.OWN_READINGS, after)


def offer(config: Config) -> None:
    """Two buttons, while there is something to undo."""
    chain = _chain(config.dataset)
    if len(chain) < 2:
        return
    for label, key, readings, icon in (
        (tr("Undo the last edit"), keys.UNDO_EDIT, chain[-2], ":material/undo:"),
        (tr("Back to the original readings"), keys.UNDO_EDITS, chain[0], ":material/restart_alt:"),
    ):
        wanted = with_readings(config, readings)
        st.button(label, key=key, on_click=address.request, args=(wanted,), icon=icon, width="stretch")


def _chain(present: Dataset) -> Sequence[Dataset]:
    """The readings from the original ones up to the present ones; empty if these come from no edit.

    Who goes back in the browser stands further up the same chain.
    """
    chain: Sequence[Dataset] = memory.recall(keys.EDITED, [])
    return chain[: chain.index(present) + 1] if present in chain else []
