"""The average of the parameters against torch's AveragedModel."""

import pytest
import torch
from torch.optim.swa_utils import AveragedModel

from thermofit import Config, Run
from thermofit.training.average import average, averages
from thermofit.training.branch import branch


class Line(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.params = torch.nn.Parameter(torch.zeros(2))


def torchs(run, per_epoch, start):
    """AveragedModel's parameters at each row."""
    line, found = Line(), []
    averaged = AveragedModel(line)
    for update, params in enumerate(run.history.rows(columns=("w", "b"))):
        line.params.data.copy_(params)
        if update and update % per_epoch == 0 and update // per_epoch >= start:
            averaged.update_parameters(line)
        counted = averaged.n_averaged > 0
        found.append(averaged.module.params.detach().clone() if counted else torch.full((2,), torch.nan))
    return torch.stack(found)


@pytest.mark.parametrize("batch", [0, 1, 4])
@pytest.mark.parametrize("start", [1, 7, 12, 13])
def test_it_is_that_of_torchs_averaged_model(batch, start):
    run = Run(Config(batch=batch, average=start, epochs=12, lr=0.02))
    run.advance(epochs=12)
    expected = torchs(run, run.updates_per_epoch, start)
    found = averages(run, torch.arange(run.update + 1))
    assert torch.allclose(found, expected, rtol=1e-6, equal_nan=True)
    some = torch.arange(0, run.update + 1, 5)
    assert torch.equal(averages(run, some).nan_to_num(), found[some].nan_to_num())
    assert average(run) == (None if start > 12 else tuple(found[-1].tolist()))


def test_it_needs_a_first_epoch():
    run = Run(Config(batch=4, epochs=5))
    run.advance(epochs=5)
    assert average(run) is None and averages(run, torch.arange(3)).isnan().all()


def test_it_lies_nearer_to_the_best_line_than_the_jitter():
    config = Config(batch=1, scaling="standardize", lr=0.2, val=0.0, epochs=600, average=100)
    run = Run(config)
    run.advance(epochs=600)
    exact = Run(config.replace(batch=0, epochs=200))
    exact.advance(epochs=200)
    best = exact.history.rows(200, columns=("w", "b"))[0]
    apart = run.history.rows(300, columns=("w", "b")) - best
    assert (torch.tensor(average(run)) - best).norm() < 0.3 * apart.norm(dim=1).mean()


def test_a_branch_goes_on_averaging_in_its_own_units():
    run = Run(Config(average=3, epochs=20))
    run.advance(epochs=10)
    other = branch(run, 10, run.config.replace(scaling="standardize"))
    other.advance(epochs=1)
    slope, intercept = other.scale.original(*average(other))
    lines = [run.scale.original(*row) for row in run.history.rows(3, columns=("w", "b")).tolist()]
    lines.append(other.original())
    assert (slope, intercept) == pytest.approx(
        [sum(part) / len(lines) for part in zip(*lines, strict=True)], 1e-5
    )


def test_averaging_changes_nothing_about_the_run():
    runs = [Run(Config(average=start, batch=4, epochs=9)) for start in (0, 3)]
    for run in runs:
        run.advance(epochs=9)
    assert torch.equal(runs[0].history.rows(), runs[1].history.rows())
