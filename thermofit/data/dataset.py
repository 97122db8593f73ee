"""The data: what the thermometer said, and what the temperature was.

A data set is a pair of columns and nothing else; how it is split and scaled is decided elsewhere.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

LARGEST_READING = 1e6  # beyond it, squared residuals could leave float32 before training has begun


@dataclass(frozen=True, eq=False)
class Dataset:
    """Readings `t_u` and targets `t_c`, both float32 tensors of shape (n,), n ≥ 1.

    Raises ValueError if the columns differ in shape, are empty, or hold anything but finite
    numbers of at most 1e6 in magnitude.
    """

    name: str
    t_u: Tensor
    t_c: Tensor
    input_label: str = "Reading t_u (unknown unit)"
    target_label: str = "Temperature (°C)"
    source: str = ""
    label: str = ""
    help: str = ""

    def __post_init__(self) -> None:
        if self.t_u.dim() != 1 or self.t_u.shape != self.t_c.shape or len(self.t_u) == 0:
            raise ValueError("t_u and t_c must be two columns of the same length, with at least one row")
        for column in ("t_u", "t_c"):
            values = getattr(self, column).to(torch.float32)
            # A NaN fails every comparison, so this one test also refuses what is not a number.
            if not bool((values.abs() <= LARGEST_READING).all()):
                raise ValueError(
                    f"{column} must hold finite numbers of at most {LARGEST_READING:g} in magnitude"
                )
            object.__setattr__(self, column, values)

    def __len__(self) -> int:
        return len(self.t_u)
