"""Numbers that are typed in as text, so that a column takes few lines."""

import torch
from torch import Tensor


def column(text: str) -> Tensor:
    """The numbers of a text, separated by white space, as a float64 tensor (n,)."""
    return torch.tensor([float(number) for number in text.split()], dtype=torch.float64)


def expanded(table: str) -> tuple[Tensor, Tensor]:
    """The columns t_u and t_c of a table of counts: "t_u t_c how many", separated by commas."""
    cells = [tuple(map(float, cell.split())) for cell in table.split(",") if cell.strip()]
    rows = [(t_u, t_c) for t_u, t_c, count in cells for _ in range(int(count))]
    t_u, t_c = zip(*rows, strict=True)
    return torch.tensor(t_u, dtype=torch.float64), torch.tensor(t_c, dtype=torch.float64)
