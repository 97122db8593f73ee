"""The chapter on mini-batches says what a plain PyTorch loop with a DataLoader does."""

import re

import pytest
import torch
from torch.utils.data import DataLoader, TensorDataset

from thermofit import Run, train
from thermofit.ui.lesson.chapters import CHAPTERS, batches
from thermofit.ui.lesson.chapters.batches import LAST, STRATEGIES, arrival, pulls, spread

CHAPTER = CHAPTERS["batches"]


def losses(config) -> list[list[float]]:
    """The training losses after each step of a plain loop, epoch by epoch, the start first."""
    data = Run(config).data
    t, t_c = data.train_scaled, data.train_targets
    params = torch.tensor([config.w0, config.b0], requires_grad=True)
    optimizer = torch.optim.SGD([params], lr=config.lr)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, config.schedule_hyper.get("gamma", 1.0))
    generator = torch.Generator().manual_seed(config.batch_seed)
    batches = DataLoader(TensorDataset(t, t_c), config.batch or len(t), shuffle=True, generator=generator)

    def mse(inputs, targets):
        return ((params[0] * inputs + params[1] - targets) ** 2).mean()

    found = [[mse(t, t_c).item()]]
    for _ in range(config.epochs):
        found.append([])
        for inputs, targets in batches:
            optimizer.zero_grad()
            mse(inputs, targets).backward()
            optimizer.step()
            found[-1].append(mse(t, t_c).item())
        schedule.step()
    return found


@pytest.mark.parametrize("config", STRATEGIES, ids=str)
def test_each_row_of_the_answer_is_what_a_plain_loop_does(config):
    run, found = Run(config), losses(config)
    run.advance(epochs=config.epochs)
    late = [loss for epoch in found[-LAST:] for loss in epoch]
    assert spread(run) == pytest.approx((min(late), max(late)), rel=1e-3)
    smallest = 2.9276462
    assert arrival(run) == next(e for e, each in enumerate(found) if min(each) <= 1.01 * smallest)
    steps = str(len(found[1]))
    assert re.search(rf"^\| [^|]* \| {steps} \| {arrival(run)} \|", CHAPTER.answer(run), re.MULTILINE)


def test_small_batches_arrive_sooner_and_only_a_falling_rate_has_both():
    runs = []
    for config in STRATEGIES:
        runs.append(Run(config))
        runs[-1].advance(epochs=config.epochs)
    everything, few, single, slower, falling = ((arrival(run), spread(run)[1]) for run in runs)
    assert everything[0] > few[0] > single[0]
    assert everything[1] < few[1] < single[1]
    assert slower[0] > single[0] and slower[1] < single[1]
    assert falling[0] == single[0] and falling[1] < slower[1]


def test_pulls_of_single_readings_cancel_at_the_best_line():
    lowest, highest = pulls()
    assert lowest < 0 < highest
    assert f"from \u2212{-lowest:.3g} to {highest:.3g}" in CHAPTER.answer(Run(CHAPTER.config))


def test_the_text_tells_the_gradient_of_the_first_batch():
    run = Run(CHAPTER.config)
    (rows,) = run.batches(0, 1)
    t, t_c = run.scale.apply(run.t_u[rows]).double(), run.t_c[rows].double()
    error = CHAPTER.config.w0 * t + CHAPTER.config.b0 - t_c
    expected = [(2 * error * t).mean().item(), (2 * error).mean().item()]
    found = re.search(r"first batch is \[(.*?), (.*?)\]", CHAPTER.text(run).replace("\u2212", "-"))
    assert found
    assert [float(text) for text in found.groups()] == pytest.approx(expected, rel=1e-5)


def test_the_average_sits_where_the_jitter_does_not():
    """The mean of the parameters after each epoch, of a plain loop over the recorded rows."""
    config = batches.AVERAGED
    history, data, each = train(config), Run(config).data, config.updates_per_epoch
    ends = history.rows(config.average * each, columns=("w", "b")).double()[::each]
    assert len(ends) == config.epochs - config.average + 1
    w, b = ends.mean(0)
    loss = ((w * data.train_scaled.double() + b - data.train_targets.double()) ** 2).mean().item()
    calm, trembling = batches.averaged()
    assert calm == pytest.approx(loss, rel=1e-4)
    assert calm < 2.9276462 + 0.1 * (trembling - 2.9276462)
