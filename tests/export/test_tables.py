"""The numbers to take home are those of the run, for every way in which a run can end."""

import csv
import io
import json

import numpy as np
import pandas as pd
import pytest

from thermofit import Config, Run, train
from thermofit.data.dataset import Dataset
from thermofit.data.registry import DATASETS
from thermofit.export.tables import history_csv, run_json
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.branch import branch
from thermofit.training.history import COLUMNS


@pytest.mark.parametrize("val", [0.0, 0.2])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_epochs_row_reads_back_as_the_same_numbers(optimizer, val):
    history = train(Config(optimizer=optimizer, epochs=30, val=val))
    frame = pd.read_csv(io.StringIO(history_csv(history)))
    assert list(frame.columns) == ["epoch", *COLUMNS, "evaluations"]
    assert frame["epoch"].tolist() == list(range(len(history)))
    np.testing.assert_array_equal(
        frame[list(COLUMNS)].to_numpy(dtype=np.float32), history.rows(columns=COLUMNS).numpy()
    )
    assert frame["evaluations"].tolist() == history.rows(columns=("evaluations",))[:, 0].tolist()


def test_a_long_history_can_be_thinned():
    history = train(Config(epochs=100))
    frame = pd.read_csv(io.StringIO(history_csv(history, stride=40)))
    assert frame["epoch"].tolist() == [0, 40, 80]
    assert frame["w"].tolist() == pytest.approx([history.row(epoch)["w"] for epoch in (0, 40, 80)])
    with pytest.raises(ValueError, match="stride"):
        history_csv(history, stride=0)


def test_a_missing_validation_loss_is_an_empty_cell():
    rows = list(csv.DictReader(io.StringIO(history_csv(train(Config(epochs=3, val=0.0))))))
    assert {row["val_loss"] for row in rows} == {""}


def test_no_cell_but_the_header_is_anything_but_a_number():
    text = history_csv(train(Config(scaling="none", lr=0.01, epochs=50)))
    assert "\r\n" in text and text.count("\n") == text.count("\r\n")
    _header, *rows = csv.reader(io.StringIO(text))
    assert all(float(cell) == float(cell) for row in rows for cell in row)


ENDS = {
    "ready": (Config(), 0),
    "running": (Config(), 5),
    "finished": (Config(epochs=20), 20),
    "diverged": (Config(scaling="none", lr=0.01), 100),
    "converged": (Config(scaling="standardize", lr=0.1, tolerance=0.01), 3000),
}


@pytest.mark.parametrize("status", ENDS)
def test_the_result_as_json(status):
    config, epochs = ENDS[status]
    run = Run(config)
    run.advance(epochs=epochs)
    told = json.loads(run_json(run))
    assert told["result"]["status"] == status
    assert told["result"]["epoch"] == run.epoch
    assert told["result"]["diverged_at"] == run.diverged_at
    row = run.history.row(run.epoch)
    assert all(np.float32(told["result"][name]) == np.float32(row[name]) for name in COLUMNS)
    assert (told["result"]["slope"], told["result"]["intercept"]) == run.original()
    assert Config(**told["settings"]) == config
    assert [(c["from"], c["to"]) for c in told["changes"]] == [(0, run.epoch)]


def test_the_readings_in_json_give_the_same_run():
    run = Run(Config(epochs=50, scaling="standardize"))
    run.advance(epochs=50)
    told = json.loads(run_json(run))
    t_u, t_c = (pd.array(told["readings"][name], dtype="float32").to_numpy() for name in ("t_u", "t_c"))
    assert t_u.tolist() == DATASETS["thermometer"].t_u.tolist()
    train_rows = told["split"]["train"]
    scaled = told["scaling"]["factor"] * t_u[train_rows] + told["scaling"]["offset"]
    line = told["result"]["w"] * scaled + told["result"]["b"]
    assert np.mean((line - t_c[train_rows]) ** 2) == pytest.approx(told["result"]["train_loss"], rel=1e-5)


def test_what_does_not_exist_is_null():
    told = json.loads(run_json(Run(Config(val=0.0))))
    assert told["result"]["val_loss"] is None and told["split"]["validation"] == []


def told_changes(run):
    return [(c["from"], c["to"], c["settings"]["lr"], c["settings"]["loss"]) for c in changes_of(run)]


def changes_of(run):
    return json.loads(run_json(run))["changes"]


def test_changes_in_mid_run_are_told():
    run = Run(Config(epochs=20))
    run.advance(epochs=10)
    run.change_rate(0.002)
    run.advance(epochs=2)
    other = branch(run, 11, run.config.replace(loss="mae", epochs=30))
    other.advance(epochs=4)
    expected = [(0, 10, 0.01, "mse"), (10, 11, 0.002, "mse"), (11, 15, 0.01, "mae")]
    assert told_changes(other) == expected
    assert told_changes(run) == [(0, 10, 0.01, "mse"), (10, 12, 0.002, "mse")]
    assert told_changes(Run(Config())) == [(0, 0, 0.01, "mse")]


def test_other_readings_are_named():
    data = DATASETS["thermometer"]
    run = Run(Config(data=Dataset("own", data.t_u, data.t_c, label='say "hi"\n=1'), epochs=5))
    told = json.loads(run_json(run))
    assert (told["settings"]["data"], told["readings"]["label"]) == ("own", 'say "hi"\n=1')
