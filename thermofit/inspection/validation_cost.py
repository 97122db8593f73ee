"""What it costs to validate with a graph that nobody needs."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from thermofit.model.line import design_matrix, model
from thermofit.training.run import Run

PASSES, ROUNDS, MOST = 20, 60, 240  # passes a round; rounds; rounds at most, while noise hides the difference


@dataclass(frozen=True)
class ValidationCost:
    """One forward pass of validation with a graph and without: its seconds, and whether it has a graph.

    `low` and `high` are the quartiles of how many times as long a pass takes with a graph.
    """

    seconds_with_graph: float
    seconds_without: float
    requires_grad_with_graph: bool
    requires_grad_without: bool
    low: float
    high: float

    @property
    def ratio(self) -> float:
        """How many times as long it takes with a graph."""
        return self.seconds_with_graph / self.seconds_without

    @property
    def is_noise(self) -> bool:
        """Whether the machine varied by more than what the graph costs."""
        return not 1.0 < self.low <= self.ratio


def validation_cost(
    run: Run, passes: int = PASSES, rounds: int = ROUNDS, most: int = MOST
) -> ValidationCost | None:
    """The cost measured now, on this machine: medians over short rounds, with and without in turn.

    Short rounds meet the same disturbances with and without. There are more of them, up to `most`, as long
    as the difference drowns in noise. None if there are no validation rows.
    """
    data, leaf = run.data, run.loop.params.detach().clone().requires_grad_()
    if not len(data.val_scaled):
        return None
    design = design_matrix(data.val_scaled)

    def validate(tracked: bool) -> Tensor:
        with torch.set_grad_enabled(tracked):
            return run.loss.value(model(leaf, design), data.val_targets)

    seconds: list[tuple[float, float]] = []
    while True:
        seconds += (_round(validate, passes, k % 2 > 0) for k in range(rounds))
        cost = _summed_up(seconds, validate(True).requires_grad, validate(False).requires_grad)
        if not cost.is_noise or len(seconds) >= most:
            return cost


def _summed_up(seconds: Sequence[tuple[float, float]], tracked: bool, untracked: bool) -> ValidationCost:
    with_graph, without = map(statistics.median, zip(*seconds, strict=True))
    low, _, high = statistics.quantiles([one / other for one, other in seconds], n=4)
    return ValidationCost(with_graph, without, tracked, untracked, low, high)


def _round(validate: Callable[[bool], Tensor], passes: int, tracked_first: bool) -> tuple[float, float]:
    """Seconds of one pass with a graph and of one without; which comes first changes from round to round."""
    one = _seconds(validate, tracked_first, passes)
    other = _seconds(validate, not tracked_first, passes)
    return (one, other) if tracked_first else (other, one)


def _seconds(validate: Callable[[bool], Tensor], tracked: bool, passes: int) -> float:
    """Seconds of one pass."""
    start = time.perf_counter()
    for _ in range(passes):
        validate(tracked)
    return max((time.perf_counter() - start) / passes, 1e-9)  # some clocks have a coarse resolution
