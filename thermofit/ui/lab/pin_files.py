"""The comparison of pinned runs to take home: its table as CSV, and everything as JSON."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import orjson
import streamlit as st

from thermofit.config.clock import clock_of
from thermofit.config.pin import Pin
from thermofit.data.written import plain_cell
from thermofit.experiments.race import compared
from thermofit.live.companion import Companion
from thermofit.live.live_run import LiveRun
from thermofit.ui import files
from thermofit.ui.scenes.pinned_board import track_of
from thermofit.ui.state import keys
from thermofit.words import tr


def offer(live: LiveRun, pins: Sequence[Pin]) -> None:
    """Two buttons, if anything is pinned; a file is made when its button is pressed."""
    if not pins:
        return
    tracks = {pin: track_of(pin, live.config.loss) for pin in pins}
    runs = [(pin, live.companions[track]) for pin, track in tracks.items() if track in live.companions]
    with st.container(horizontal=True, key=keys.PIN_FILES):
        files.offer(tr("Table as CSV"), partial(table, runs), "thermofit-runs.csv", width="content")
        told = partial(comparison, runs)
        files.offer(tr("Comparison as JSON"), told, "thermofit-runs.json", width="content")


def table(runs: Sequence[tuple[Pin, Companion]]) -> str:
    """A row per run: its name, the settings that differ, and its `Result`."""
    names = [plain_cell(pin.name) for pin, _ in runs]
    results = [companion.trained() for _, companion in runs]
    frame = compared(names, [pin.config for pin, _ in runs], results)
    if "data" in frame:
        frame["data"] = [plain_cell(pin.config.dataset.label) for pin, _ in runs]
    return str(frame.to_csv(index=False))


def comparison(runs: Sequence[tuple[Pin, Companion]]) -> bytes:
    """Every run with all its settings, its result, and its rows as far as they are drawn."""
    return orjson.dumps(
        {"runs": [_told(pin, companion) for pin, companion in runs]}, option=orjson.OPT_INDENT_2
    )


def _since(pin: Pin, first: int) -> dict[str, float]:
    """From when on settings count: the epoch, and where epochs have several updates, the update."""
    clock = clock_of(pin.segments)
    if clock.counts_updates:
        return {"from epoch": first}
    return {"from epoch": clock.epoch(first), "from update": first}


def _told(pin: Pin, companion: Companion) -> dict[str, Any]:
    return {
        "name": pin.name,
        "readings": pin.config.dataset.label,
        "settings": [
            {**_since(pin, first), **config.model_dump(), "data": config.dataset.name}
            for first, config in pin.segments
        ],
        "result": vars(companion.trained()),
        "rows": companion.table(),
    }
