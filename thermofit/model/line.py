"""The linear model: one line, or many at once.

The parameters [w, b] are one tensor; with the readings as columns [t, 1] the model is one matrix–vector
product.
"""

import torch
from torch import Tensor


def design_matrix(t: Tensor) -> Tensor:
    """Columns [t, 1], shape (n, 2), of readings t, shape (n,)."""
    return torch.stack((t, torch.ones_like(t)), dim=1)


def model(params: Tensor, design: Tensor) -> Tensor:
    """t_p = w * t + b: predictions, shape (n,), of params [w, b] for a design (n, 2)."""
    return torch.mv(design, params)


def lines(params: Tensor, t: Tensor) -> Tensor:
    """t_p = w * t + b for many parameters at once: (m, 2) and (n,) give (m, n).

    With readings of their own for each, (m, n), parameters (s, m, 2) give (s, m, n).

    It is elementwise, because a matrix product may round differently for a different m.
    """
    return params[..., :1] * t + params[..., 1:]
