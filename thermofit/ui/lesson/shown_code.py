"""Short functions that the lesson shows and calls: what is read there is what has just run."""

from typing import Any

import torch
from torch import Tensor

from thermofit.config.config import Config
from thermofit.export.data_code import names
from thermofit.export.script import sections
from thermofit.model.line import model
from thermofit.model.losses import mse

AFTER_THE_LOSS = ("Training loop", "Result", "Picture")


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


def first_loss(config: Config) -> tuple[Tensor, Tensor]:
    """The loss at the start, with the graph that the exported code records, and its parameters (2,)."""
    code = sections(config.replace(gradient="autograd"))
    found: dict[str, Any] = {}
    exec("\n\n".join(part.code for part in code if part.title not in AFTER_THE_LOSS), found)
    rows = names("val_indices" in found, config.scaling != "none")
    params = torch.tensor([config.w0, config.b0], requires_grad=True)
    loss: Tensor = found["loss_fn"](found["model"](found[rows.t_un], *params), found[rows.t_c])
    return loss, params
