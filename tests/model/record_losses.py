"""Records losses and gradients in loss_examples.json, to which the stage's JavaScript is held as well.

The numbers are torch's own, in float64: the gradients are autograd's. After a new loss, scaling or reading:
`python -m tests.model.record_losses`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from thermofit.data.registry import THERMOMETER
from thermofit.data.scaling import SCALINGS
from thermofit.model.losses import LOSSES, Loss

EXAMPLES = Path(__file__).with_name("loss_examples.json")

LINES = (
    (1.0, 0.0),
    (0.5368, -17.3),
    (5.37, -17.3),
    (0.0, 0.0),
    (-3.5, 40.25),
    (12.0, 10.5),
    (1000.0, -1000.0),
)
AT_THE_KINKS = "residuals of 0, 1 and -1"  # where the losses change their formula


def rows() -> Iterator[tuple[str, Tensor, Tensor]]:
    """Inputs and targets by name, in float64: the readings under each scaling, and three special ones."""
    for name, scaling in SCALINGS.items():
        scaled = scaling.fit(THERMOMETER.t_u).apply(THERMOMETER.t_u)
        yield name, scaled.double(), THERMOMETER.t_c.double()
    inputs = torch.tensor([-1.0, 0.0, 2.0], dtype=torch.float64)
    yield AT_THE_KINKS, inputs, inputs + torch.tensor([0.0, -1.0, 1.0], dtype=torch.float64)


def measured(loss: Loss, line: tuple[float, float], inputs: Tensor, targets: Tensor) -> list[float]:
    """The loss of the line [w, b], and its gradient."""
    w, b = (torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in line)
    value = loss.value(w * inputs + b, targets)
    value.backward()
    assert w.grad is not None and b.grad is not None
    return [value.item(), w.grad.item(), b.grad.item()]


def examples() -> dict[str, Any]:
    """Rows by name, and for each loss and each of them [w, b, loss, dL/dw, dL/db] of every line."""
    given = list(rows())
    return {
        "rows": {name: {"inputs": t.tolist(), "targets": t_c.tolist()} for name, t, t_c in given},
        "losses": {
            loss.name: {
                name: [[*line, *measured(loss, line, t, t_c)] for line in LINES] for name, t, t_c in given
            }
            for loss in LOSSES.values()
        },
    }


if __name__ == "__main__":
    EXAMPLES.write_text(json.dumps(examples(), indent=1) + "\n")
