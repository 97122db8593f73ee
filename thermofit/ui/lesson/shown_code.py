"""Short functions that the lesson shows and calls: what is read there is what has just run."""

import inspect
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from thermofit.config.config import Config
from thermofit.export.data_code import names
from thermofit.export.script import sections
from thermofit.model.line import model
from thermofit.model.losses import mse
from thermofit.words import mark, tr

AFTER_THE_LOSS = ("Training loop", "Result", "Picture")

# What docstrings and comments of shown functions say.
SAID = (
    mark("One forward function for both parts; a graph is recorded for training only."),
    mark("The validation loss: nobody will call backward() on it, so no graph is recorded."),
    mark("Mean squared error: sum (t_p - t_c)² / n, in the target's unit squared."),
    mark("Mean absolute error: sum |t_p - t_c| / n, in the target's unit."),
    mark("sign(t_p - t_c) / n; 0 where the prediction is exact, as in autograd."),
    mark("Huber (1964) with delta 1, in the target's unit: r²/2 where |r| ≤ 1, |r| - 1/2 beyond, averaged."),
    mark("With c = min(|r|, 1) both branches are c (|r| - c/2), without choosing between them."),
    mark("r / n where |r| ≤ 1, sign(r) / n beyond: the residual, cut off at ±1."),
    mark("(t - mean) / std with the population std: mean 0 and mean square 1 on the train rows."),
    mark("(t - min) / (max - min): the train rows fill 0 to 1."),
)


def source(function: Callable[..., Any]) -> str:
    """The code of a function, whose docstring and comments are in the reader's language."""
    code = inspect.getsource(function).rstrip()
    for said in SAID:
        code = code.replace(said, tr(said))
    return code


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
