"""The code of the run, to read and to download, and its numbers."""

import math
from functools import partial

import streamlit as st

from thermofit.data.written import write_csv
from thermofit.export.script import notebook, script
from thermofit.export.tables import history_csv, run_json
from thermofit.live.live_run import LiveRun
from thermofit.live.setting_change import SEVERAL
from thermofit.ui import files
from thermofit.words import inline, listed, tr

MOST_ROWS = 100_000  # of a CSV with the epochs of a run


def take_home(live: LiveRun) -> None:
    """The set-up as a plain script, with buttons to download it, and the numbers of the run."""
    config = live.config
    if live.changes:
        changes = listed(_changed(label, epoch) for epoch, label in live.changes)
        # Translators: {changes} is "optimizer from epoch 40 on, learning rate from epoch 50 on".
        said = tr(
            "Changed on the way: {changes}. The code uses the present settings from the start.",
            changes=changes,
        )
        st.markdown(said)
    text = script(config)
    left, right = st.columns(2)
    with left:
        files.offer(tr("Download .py"), text, "thermofit_run.py")
    with right:
        files.offer(tr("Download notebook"), notebook(config), "thermofit_run.ipynb")
    _numbers(live)
    st.code(text, language="python")


def _changed(label: str, epoch: int) -> str:
    """What changed, and from when on."""
    if label == SEVERAL:
        return tr("the settings from epoch {epoch} on", epoch=epoch)
    return tr("{setting} from epoch {epoch} on", setting=inline(tr(label)), epoch=epoch)


def _numbers(live: LiveRun) -> None:
    """Buttons for readings, recorded epochs and the result; a file is made when its button is pressed."""
    run = live.run
    stride = math.ceil(len(run.history) / MOST_ROWS)
    epochs = tr("Every epoch") if stride == 1 else tr("Every {n}th epoch", n=stride)
    offered = (
        (tr("Readings"), "thermofit_readings.csv", partial(write_csv, run.dataset)),
        (epochs, "thermofit_epochs.csv", partial(history_csv, run.history, stride)),
        (tr("Set-up and result"), "thermofit_run.json", partial(run_json, run)),
    )
    for column, (label, name, make) in zip(st.columns(len(offered)), offered, strict=True):
        form = name.rpartition(".")[2].upper()
        with column:
            files.offer(f"{label} ({form})", make, name, ":material/table:")
