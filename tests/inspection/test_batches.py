"""Inside a step that sees a batch, at a rate that a schedule gives."""

from itertools import product

import pytest
import torch

from thermofit import Config, Run
from thermofit.inspection.step import inspect_step


@pytest.mark.parametrize(("gradient", "optimizer"), list(product(("manual", "autograd"), ("by-hand", "SGD"))))
@pytest.mark.parametrize("schedule", ["none", "ExponentialLR"])
def test_all_sums_go_over_the_batch_that_the_step_sees(gradient, optimizer, schedule):
    own = {"gamma": 0.9} if schedule != "none" else {}
    config = Config(batch=4, epochs=6, schedule=schedule, schedule_hyper=own, optimizer=optimizer)
    run = Run(config.replace(gradient=gradient))
    run.advance(updates=10)
    rows = run.history.rows(columns=("w", "b", "batch_loss"))
    for row in range(11):
        report = inspect_step(run, row)
        assert report.lr == pytest.approx(0.01 * (0.9 if own else 1.0) ** (row // 3))
        assert report.base_lr == 0.01 and len(report.t) == len(report.batch) == (1 if row % 3 == 2 else 4)
        assert torch.equal(torch.tensor(report.t_c), run.t_c[list(report.batch)])
        inputs = torch.tensor([run.scale.apply(run.t_u[i]) for i in report.batch])
        assert torch.allclose(torch.tensor(report.t), inputs)
        assert max(report.differences.values()) < 1e-3
        if row < 10:
            taken = torch.tensor(report.params) + torch.tensor(report.update_optimizer)
            assert torch.allclose(taken, rows[row + 1, :2], atol=1e-6)
            assert report.loss == pytest.approx(rows[row + 1, 2].item(), rel=1e-5)


def test_a_step_that_sees_all_rows_has_no_batch():
    report = inspect_step(Run(Config()), 0)
    assert report.batch is None and len(report.t) == 9 and report.lr == report.base_lr == 0.01
