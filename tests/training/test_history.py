import pytest
import torch

from thermofit import Config, Run, train
from thermofit.training.history import COLUMNS, History


def filled(rows, capacity=100):
    history = History(capacity)
    history.room(rows)[:] = torch.arange(rows * len(COLUMNS)).reshape(rows, -1)
    history.commit(rows)
    return history


def test_at_most_forty_bytes_an_epoch():
    assert filled(10).rows(columns=COLUMNS).nbytes == 10 * 24
    assert History(1_000_001)._table.nbytes <= 40 * 1_000_001


@pytest.mark.parametrize(
    "start, stop, stride", [(0, None, 1), (3, 7, 1), (2, 100, 3), (9, 10, 1), (10, 20, 1), (5, 2, 1)]
)
def test_rows_are_a_slice_of_epochs(start, stop, stride):
    rows = filled(10).rows(start, stop, stride)
    expected = range(10)[start:stop:stride]
    assert rows.shape == (len(expected), 4)
    assert rows[:, 0].tolist() == [6 * epoch for epoch in expected]
    assert rows[:, 3].tolist() == [6 * epoch + 5 for epoch in expected]


def test_rows_are_a_copy():
    history = filled(3)
    history.rows()[:] = -1
    assert history.row(0)["b"] == 1


@pytest.mark.parametrize("bad", [{"stride": 0}, {"stride": -1}, {"columns": ("loss",)}])
def test_impossible_rows_are_refused(bad):
    with pytest.raises(ValueError):
        filled(3).rows(**bad)


def test_a_row_by_name():
    assert filled(3).row(1) == {
        "epoch": 1,
        "w": 6,
        "b": 7,
        "grad_w": 8,
        "grad_b": 9,
        "train_loss": 10,
        "val_loss": 11,
    }


@pytest.mark.parametrize("epoch", [-1, 3])
def test_a_row_that_is_not_there(epoch):
    with pytest.raises(IndexError):
        filled(3).row(epoch)


def test_truncating_forgets_later_epochs_only():
    history = filled(10)
    history.truncate(20)
    assert len(history) == 10
    history.truncate(4)
    assert len(history) == 5 and history.row(4)["w"] == 24


def test_a_frame_of_all_epochs():
    frame = train(Config(epochs=20)).to_frame()
    assert list(frame.columns) == ["epoch", "w", "b", "grad_w", "grad_b", "train_loss", "val_loss"]
    assert frame["epoch"].tolist() == list(range(21)) and frame.notna().all().all()


def test_without_validation_rows_there_is_no_validation_loss():
    frame = train(Config(epochs=5, val=0.0)).to_frame()
    assert frame["val_loss"].isna().all() and frame.drop(columns="val_loss").notna().all().all()


def test_a_long_run_costs_no_memory_before_it_is_trained():
    run = Run(Config(epochs=1_000_000))
    assert run.history.rows(columns=COLUMNS).nbytes == 24
