"""Points moved, added or removed in the picture: a new run on the changed readings, and the way back."""

from collections.abc import Sequence

import streamlit as st

from thermofit.data.dataset import Dataset
from thermofit.data.edit import Edit, edited
from thermofit.errors import ConfigError
from thermofit.live.live_run import LiveRun
from thermofit.live.protocol import PointEdit
from thermofit.ui.controls.own_readings import with_readings
from thermofit.ui.lab.run_actions import start_anew
from thermofit.ui.state import address, keys, memory

LONGEST = 100  # changes that can be undone; the original readings are always kept
OVERTAKEN = "The readings had changed meanwhile, so nothing was done. Try again."


def edit(live: LiveRun, wanted: PointEdit) -> None:
    """Begin a run on the readings as somebody has changed them; it stands at epoch 0."""
    before = live.config.dataset
    if wanted.of != before.fingerprint:
        live.note = OVERTAKEN
        return
    try:
        after = edited(before, wanted.edit)
        config = with_readings(live.config, after)
    except ConfigError as error:
        live.note = " ".join(problem.message for problem in error.problems)
        return
    if after == before or config == live.config:
        return
    chain = _chain(before) or [before]
    memory.remember(keys.EDITED, [*chain[:1], *chain[1:][-LONGEST:], after])
    memory.remember(keys.OWN_READINGS, after)
    start_anew(live, config, _note(wanted.edit, len(after)), play=False)


def offer(live: LiveRun) -> None:
    """Two buttons, while there is something to undo: one change, or all of them."""
    chain = _chain(live.config.dataset)
    if len(chain) < 2:
        return
    with st.container(horizontal=True):
        for label, key, readings, icon in (
            ("Undo", keys.UNDO_EDIT, chain[-2], ":material/undo:"),
            ("Back to the original readings", keys.UNDO_EDITS, chain[0], ":material/restart_alt:"),
        ):
            config = with_readings(live.config, readings)
            st.button(label, key=key, on_click=address.request, args=(config,), icon=icon)


def _chain(present: Dataset) -> Sequence[Dataset]:
    """The readings from the original ones up to the present ones; empty if these come from no change.

    Who goes back in the browser stands further up the same chain.
    """
    chain: Sequence[Dataset] = memory.recall(keys.EDITED, [])
    return chain[: chain.index(present) + 1] if present in chain else []


def _note(edit: Edit, count: int) -> str:
    """What was done with which point."""
    number, x, y = edit.row + 1, f"{edit.x:g}", f"{edit.y:g}"
    if edit.kind == "remove":
        return f"New run: point {number} removed. Press Play."
    if edit.kind == "add":
        return f"New run: point {count} added at ({x}, {y}). Press Play."
    return f"New run: point {number} moved to ({x}, {y}). Press Play."
