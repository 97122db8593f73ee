"""What it costs to validate with a graph that nobody needs."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from thermofit.model.line import design_matrix, model
from thermofit.training.run import Run


@dataclass(frozen=True)
class ValidationCost:
    """One forward pass of validation with a graph and without: its seconds, and whether it has a graph."""

    seconds_with_graph: float
    seconds_without: float
    requires_grad_with_graph: bool
    requires_grad_without: bool

    @property
    def ratio(self) -> float:
        """How many times as long it takes with a graph."""
        return self.seconds_with_graph / self.seconds_without


def validation_cost(run: Run, passes: int = 200, rounds: int = 7) -> ValidationCost | None:
    """The cost measured now, on this machine: medians over rounds of `passes` each, with and without in turn.

    None if there are no validation rows.
    """
    data, leaf = run.data, run.loop.params.detach().clone().requires_grad_()
    if not len(data.val_scaled):
        return None
    design = design_matrix(data.val_scaled)

    def validate(tracked: bool) -> Tensor:
        with torch.set_grad_enabled(tracked):
            return run.loss.value(model(leaf, design), data.val_targets)

    seconds = [[_seconds(validate, tracked, passes) for tracked in (True, False)] for _ in range(rounds)]
    with_graph, without = map(statistics.median, zip(*seconds, strict=True))
    return ValidationCost(with_graph, without, validate(True).requires_grad, validate(False).requires_grad)


def _seconds(validate: Callable[[bool], Tensor], tracked: bool, passes: int) -> float:
    """Seconds of one pass."""
    start = time.perf_counter()
    for _ in range(passes):
        validate(tracked)
    return max((time.perf_counter() - start) / passes, 1e-9)  # some clocks have a coarse resolution
