"""Runs with mini-batches and schedules against a plain PyTorch loop with DataLoader and scheduler."""

from itertools import product

import pytest
import torch
from torch.optim import lr_scheduler
from torch.utils.data import DataLoader, TensorDataset

from thermofit import Config, Run
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.training.history import COLUMNS

EPOCHS = 5
CASES = [*product((0, 1, 4), (0.2, 0.0)), (9, 0.2), (11, 0.0)]  # batch size and validation share
SETTINGS = {
    "StepLR": {"step_size": 2, "gamma": 0.5},
    "MultiStepLR": {"milestone1": 2, "milestone2": 4, "gamma": 0.5},
    "ExponentialLR": {"gamma": 0.8},
    "LinearLR": {"start_factor": 0.25, "total_iters": 4},
    "CosineAnnealingLR": {"T_max": 3, "eta_min": 1e-4},
    "CosineAnnealingWarmRestarts": {"T_0": 2, "T_mult": 2, "eta_min": 1e-4},
    "CyclicLR": {"base_lr": 1e-3, "step_size_up": 3, "step_size_down": 2},
    "OneCycleLR": {"pct_start": 0.4},
    "ReduceLROnPlateau": {"factor": 0.5, "patience": 1, "threshold": 0.2},
}
MOMENTUM = ("SGD", "RMSprop", "Adam", "AdamW", "Adamax", "NAdam", "RAdam", "SparseAdam")
RATES = {"LBFGS": 0.5, "Adadelta": 1.0}
SMALL = {"LBFGS": {"max_iter": 3, "history_size": 3}}


class Descent(torch.optim.Optimizer):
    """The step by hand, as an optimizer that a scheduler of torch accepts."""

    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for param in group["params"]:
                param -= group["lr"] * param.grad


def textbook_optimizer(config, params):
    if config.optimizer == "by-hand":
        return Descent([params], config.lr)
    own = dict(config.hyper)
    return getattr(torch.optim, config.optimizer)([params], lr=config.lr, **own)


def textbook_scheduler(config, optimizer, total):
    """torch's scheduler, or None, with whether it steps after each update."""
    name, own = config.schedule, dict(config.schedule_hyper)
    cycled = {"cycle_momentum": config.optimizer in MOMENTUM}
    if name == "none":
        return None, False
    if name == "MultiStepLR":
        own["milestones"] = [own.pop("milestone1"), own.pop("milestone2")]
    if name == "CyclicLR":
        return lr_scheduler.CyclicLR(optimizer, max_lr=config.lr, **own, **cycled), True
    if name == "OneCycleLR":
        return lr_scheduler.OneCycleLR(optimizer, max_lr=config.lr, total_steps=total, **own, **cycled), True
    return getattr(lr_scheduler, name)(optimizer, **own), False


def loss_fn(params, t, t_c):
    columns = torch.stack([t, torch.ones_like(t)], dim=1)
    return torch.nn.functional.mse_loss(columns @ params, t_c)


def textbook_batches(config, run, batch):
    """What an epoch goes through."""
    rows = run.data.train_scaled, run.data.train_targets
    if not batch:
        return [rows]
    return DataLoader(
        TensorDataset(*rows),
        batch_size=batch,
        shuffle=True,
        drop_last=config.drop_last,
        generator=torch.Generator().manual_seed(config.batch_seed),
    )


def textbook_step(config, optimizer, params, seen):
    def closure():
        optimizer.zero_grad()
        loss = loss_fn(params, *seen)
        loss.backward()
        if config.optimizer == "SparseAdam":
            params.grad = params.grad.to_sparse()
        return loss

    if config.optimizer == "LBFGS":
        optimizer.step(closure)
    else:
        closure()
        optimizer.step()


def judged(params, data):
    """The validation loss, or the training loss if nothing is held out."""
    validation = data.val_scaled, data.val_targets
    with torch.no_grad():
        return loss_fn(
            params, *(validation if len(data.val_scaled) else (data.train_scaled, data.train_targets))
        )


def textbook(config, run, batch):
    """Parameters after each update, and the rate of each, of a loop as PyTorch's documentation writes it."""
    params = torch.tensor([config.w0, config.b0], requires_grad=True)
    batches = textbook_batches(config, run, batch)
    optimizer = textbook_optimizer(config, params)
    scheduler, each_update = textbook_scheduler(config, optimizer, config.epochs * len(batches))
    rows, rates = [params.detach().clone()], []
    for _ in range(config.epochs):
        for seen in batches:
            rates.append(optimizer.param_groups[0]["lr"])
            textbook_step(config, optimizer, params, seen)
            rows.append(params.detach().clone())
            if each_update:
                scheduler.step()
        if scheduler and not each_update:
            watches = config.schedule == "ReduceLROnPlateau"
            scheduler.step(*([judged(params, run.data)] if watches else []))
    return torch.stack(rows), rates


def config_of(optimizer, schedule, batch, val, **more):
    return Config(
        optimizer=optimizer,
        lr=RATES.get(optimizer, 0.02),
        hyper=SMALL.get(optimizer, {}),
        schedule=schedule,
        schedule_hyper=SETTINGS.get(schedule, {}),
        batch=batch,
        val=val,
        scaling="standardize",
        epochs=EPOCHS,
        **more,
    )


def everything(run):
    return run.history.rows(columns=(*COLUMNS, "batch_loss"))


@pytest.mark.parametrize(("optimizer", "schedule"), list(product(OPTIMIZERS, SCHEDULES)))
def test_a_run_is_the_textbooks_and_so_is_one_that_went_back(optimizer, schedule):
    for batch, val in CASES:
        config = config_of(optimizer, schedule, batch, val, batch_seed=3)
        run = Run(config)
        run.advance(epochs=EPOCHS)
        rows, rates = textbook(config, run, batch)
        assert run.update == config.updates == len(rates)
        assert torch.allclose(run.history.rows(columns=("w", "b")), rows, rtol=1e-6, atol=1e-6)
        assert run.rates(range(len(rates))) == rates
        before = everything(run)
        run.rewind(run.update // 2)
        assert run.lr == rates[run.update]
        run.advance(epochs=EPOCHS)
        assert torch.equal(everything(run).nan_to_num(), before.nan_to_num())
