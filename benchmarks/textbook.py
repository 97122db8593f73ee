"""The training loops as a textbook prints them, with which Run is compared.

Each trains on the same rows as `Run` and records nothing.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

from thermofit import Run


def model(t: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return w * t + b


def loss_fn(t_p: Tensor, t_c: Tensor) -> Tensor:
    squared_diffs = (t_p - t_c) ** 2
    return squared_diffs.mean()


def grad_fn(t: Tensor, t_c: Tensor, t_p: Tensor) -> Tensor:
    dloss_dt_p = 2 * (t_p - t_c) / t_p.size(0)
    return torch.stack([(dloss_dt_p * t).sum(), (dloss_dt_p * 1.0).sum()])


def manual(run: Run) -> Tensor:
    """Forward, loss, validation loss, gradient by the chain rule, step."""
    data, params = run.data, torch.tensor([run.config.w0, run.config.b0])
    for _ in range(run.config.epochs):
        w, b = params
        t_p = model(data.train_scaled, w, b)
        loss_fn(t_p, data.train_targets)
        loss_fn(model(data.val_scaled, w, b), data.val_targets)
        params = params - run.lr * grad_fn(data.train_scaled, data.train_targets, t_p)
    return params


def autograd(run: Run) -> Tensor:
    """Forward, validation forward without a graph, zero, backward, step by hand."""
    data, params = run.data, torch.tensor([run.config.w0, run.config.b0], requires_grad=True)
    for _ in range(run.config.epochs):
        loss = loss_fn(model(data.train_scaled, *params), data.train_targets)
        with torch.no_grad():
            loss_fn(model(data.val_scaled, *params), data.val_targets)
        if params.grad is not None:
            params.grad.zero_()
        loss.backward()
        with torch.no_grad():
            params -= run.lr * params.grad
    return params.detach()


def optimizer(run: Run) -> Tensor:
    """The same with an optimizer of torch, made with only its learning rate."""
    data, params = run.data, torch.tensor([run.config.w0, run.config.b0], requires_grad=True)
    stepper = getattr(torch.optim, run.config.optimizer)([params], lr=run.lr)
    for _ in range(run.config.epochs):
        loss = loss_fn(model(data.train_scaled, *params), data.train_targets)
        with torch.no_grad():
            loss_fn(model(data.val_scaled, *params), data.val_targets)
        stepper.zero_grad()
        loss.backward()
        stepper.step()
    return params.detach()


def batches(run: Run) -> Tensor:
    """The same with a DataLoader: a step for each batch, and a look at both losses after each epoch."""
    data, config = run.data, run.config
    params = torch.tensor([config.w0, config.b0], requires_grad=True)
    stepper = getattr(torch.optim, config.optimizer)([params], lr=config.lr)
    loader = DataLoader(
        TensorDataset(data.train_scaled, data.train_targets),
        batch_size=config.batch,
        shuffle=True,
        generator=torch.Generator().manual_seed(config.batch_seed),
    )
    for _ in range(config.epochs):
        for t, t_c in loader:
            loss = loss_fn(model(t, *params), t_c)
            stepper.zero_grad()
            loss.backward()
            stepper.step()
        with torch.no_grad():
            loss_fn(model(data.val_scaled, *params), data.val_targets)
    return params.detach()


Make = Callable[[torch.optim.Optimizer], torch.optim.lr_scheduler.LRScheduler]


def schedule(make: Make) -> Callable[[Run], Tensor]:
    """The textbook's loop with an optimizer and a scheduler of torch, which steps after each epoch."""

    def train(run: Run) -> Tensor:
        data, params = run.data, torch.tensor([run.config.w0, run.config.b0], requires_grad=True)
        stepper = getattr(torch.optim, run.config.optimizer)([params], lr=run.config.lr)
        scheduler = make(stepper)
        for _ in range(run.config.epochs):
            loss = loss_fn(model(data.train_scaled, *params), data.train_targets)
            with torch.no_grad():
                loss_fn(model(data.val_scaled, *params), data.val_targets)
            stepper.zero_grad()
            loss.backward()
            stepper.step()
            scheduler.step()
        return params.detach()

    return train
