"""Short functions that the lesson shows and calls: what is read there is what has just run."""

import torch
from torch import Tensor

from thermofit.model.line import model
from thermofit.model.losses import mse


def forward(params: Tensor, design: Tensor, t_c: Tensor, is_train: bool) -> Tensor:
    """One forward function for both parts; a graph is recorded for training only."""
    with torch.set_grad_enabled(is_train):
        t_p = model(params, design)
        return mse(t_p, t_c)


def validate(params: Tensor, design: Tensor, t_c: Tensor) -> Tensor:
    """The validation loss: nobody will call backward() on it, so no graph is recorded."""
    with torch.no_grad():
        val_loss = mse(model(params, design), t_c)
    return val_loss
