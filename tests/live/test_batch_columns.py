"""What rows tell of each step's batch, against the step itself, autograd and the readings."""

import math

import pytest
import torch

from thermofit import Config, Run
from thermofit.live.batch_columns import BATCH_COLUMNS
from thermofit.live.row_blocks import Block
from thermofit.live.told import AVERAGE, told
from thermofit.model.losses import LOSSES
from thermofit.training.branch import branch


def trained(**settings) -> Run:
    run = Run(Config(**{"epochs": 20, "lr": 1e-2, **settings}))
    run.advance(updates=40)
    return run


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("batch", [1, 2, 4, 11])
@pytest.mark.parametrize("val", [0.0, 0.2])
def test_the_gradient_is_the_one_that_the_next_step_followed(loss, batch, val):
    run = trained(loss=loss, batch=batch, val=val, scaling="standardize")
    rows = told(run, Block(0, 1, run.update + 1), ("w", "b", "batch_grad_w", "batch_grad_b"))
    steps = (rows[1:, :2] - rows[:-1, :2]) / -run.lr
    torch.testing.assert_close(rows[:-1, 2:], steps, rtol=1e-3, atol=2e-4)


@pytest.mark.parametrize("batch", [1, 2, 3, 4])
@pytest.mark.parametrize("scaling", ["none", "tenth", "standardize", "min-max"])
def test_the_bowl_is_the_loss_over_the_batch(batch, scaling):
    run = trained(batch=batch, scaling=scaling, lr=1e-4)
    rows = told(run, Block(0, 1, 30), BATCH_COLUMNS).double()
    for (*_, mean, variance, best, level), seen in zip(rows.tolist(), run.batches(0, 30), strict=True):
        t, t_c = run.scale.apply(run.t_u[seen].double()), run.t_c[seen].double()

        def loss(w, b, t=t, t_c=t_c):
            return ((w * t + b - t_c) ** 2).mean().item()

        assert (variance == 0) == math.isnan(best) == (len(set(t.tolist())) == 1)
        lowest = loss(0.0 if math.isnan(best) else best, level - (0.0 if math.isnan(best) else best) * mean)
        for w, b in ((1.0, 0.0), (-2.0, 30.0)):
            side = 0.0 if math.isnan(best) else variance * (w - best) ** 2
            assert lowest + side + (mean * w + b - level) ** 2 == pytest.approx(loss(w, b), rel=1e-4)


def test_strided_rows_are_the_same_rows():
    run = trained(batch=4)
    whole = told(run, Block(0, 1, 40), ("w", *BATCH_COLUMNS))
    torch.testing.assert_close(
        told(run, Block(4, 8, 4), ("w", *BATCH_COLUMNS)), whole[4:36:8], equal_nan=True
    )


def test_steps_on_all_readings_tell_nothing():
    run = trained(batch=0, epochs=100)
    rows = told(run, Block(0, 1, 10), ("w", *BATCH_COLUMNS))
    assert rows[:, 0].isfinite().all()
    assert rows[:, 1:].isnan().all()


def test_of_a_run_that_went_on_with_batches_only_those_steps_tell():
    run = branch(trained(batch=0, epochs=100), 10, Config(epochs=100, lr=1e-2, batch=4))
    run.advance(updates=5)
    finite = told(run, Block(0, 1, 15), ("batch_grad_w",))[:, 0].isfinite()
    assert finite.tolist() == [False] * 10 + [True] * 5


@pytest.mark.parametrize("batch", [0, 1, 4])
def test_the_average_is_the_mean_of_the_ends_of_epochs_and_its_loss_is_that_line_s(batch):
    run = Run(Config(batch=batch, average=3, epochs=12, lr=1e-2))
    run.advance(epochs=10)
    each = run.updates_per_epoch
    rows = told(run, Block(0, 1, run.update + 1), ("w", "b", *AVERAGE)).double()
    t, t_c = run.data.train_scaled.double(), run.data.train_targets.double()
    for row in range(run.update + 1):
        done = row // each
        if done < 3:
            assert rows[row, 2:].isnan().all()
            continue
        w, b = rows[3 * each : done * each + 1 : each, :2].mean(0).tolist()
        loss = ((w * t + b - t_c) ** 2).mean().item()
        assert rows[row, 2:].tolist() == pytest.approx([w, b, loss], rel=1e-5)


def test_without_an_average_there_is_none():
    assert told(trained(epochs=100), Block(0, 1, 20), AVERAGE).isnan().all()
