"""Mistakes worth making once, on purpose: each changes the real loop in one place and explains the result.

A mistake wraps a step of the correct loop, which itself knows nothing about mistakes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor

from thermofit.errors import Problem, Text, told
from thermofit.words import mark

Action = Callable[[], object]


class StepRefused(RuntimeError):
    """torch refused to apply a step; the message is torch's own."""


def _right(action: Action) -> Action:
    return action


def _right_gradient(compute: Action, validate: Callable[[], Tensor]) -> Action:
    return compute


@dataclass(frozen=True)
class Mistake:
    """One way to get the loop wrong; `needs` names the settings that it requires.

    `gradient(compute, validate)` and `step(apply)` wrap the mistake around what the loop does; validate()
    returns the validation loss, a scalar, with a graph.
    """

    name: str
    label: str
    help: str
    explanation: str = ""
    needs: Mapping[str, str] = field(default_factory=dict)
    needs_validation: bool = False
    zeroes_grad: bool = True
    adds_validation: bool = False  # to the gradient that the step follows
    gradient: Callable[[Action, Callable[[], Tensor]], Action] = _right_gradient
    step: Callable[[Action], Action] = _right

    def refusal(self, gradient: str, optimizer: str, val: float) -> Problem | None:
        """Why this mistake can't be made with these settings; None if it can."""
        for setting, value in (("gradient", gradient), ("optimizer", optimizer)):
            needed = self.needs.get(setting, value)
            if value != needed:
                reason = told(mark("it can't be made with {setting} = {value}"), setting=setting, value=value)
                wanted = mark("this mistake with {setting} = {value}, or none")
                return self._problem(reason, told(wanted, setting=setting, value=needed))
        if self.needs_validation and val == 0:
            allowed = mark("this mistake with a validation share above 0, or none")
            return self._problem(mark("no reading validates"), allowed)
        return None

    def _problem(self, reason: Text, allowed: Text) -> Problem:
        return Problem("mistake", self.name, reason, allowed)


def leak(compute: Action, validate: Callable[[], Tensor]) -> Action:
    """Back-propagate the validation loss as well: its gradient is added to that of the training loss."""

    def compute_both() -> None:
        compute()
        validate().backward()  # type: ignore[no-untyped-call]

    return compute_both


def track(compute: Action, validate: Callable[[], Tensor]) -> Action:
    """Record a graph for the validation loss, and throw it away."""

    def compute_and_track() -> None:
        compute()
        validate()

    return compute_and_track


def with_graph(apply: Action) -> Action:
    """Take the step as if it were part of the model; raises StepRefused with torch's message."""

    def apply_with_graph() -> None:
        try:
            with torch.enable_grad():
                apply()
        except RuntimeError as error:
            raise StepRefused(str(error)) from error

    return apply_with_graph


AUTOGRAD = {"gradient": "autograd"}

MISTAKES = {
    mistake.name: mistake
    for mistake in (
        Mistake("none", mark("None"), mark("The loop as it should be.")),
        Mistake(
            "no-zero-grad",
            mark("Forget zero_grad"),
            mark("Never empty .grad: each epoch adds its gradient to the sum of all before."),
            mark(
                "backward() adds to .grad, it does not replace what is there. Without zero_grad() every step "
                "follows the sum of all gradients so far, so the parameters rush past the minimum and swing "
                "back, farther each time if the rate is not tiny."
            ),
            AUTOGRAD,
            zeroes_grad=False,
        ),
        Mistake(
            "no-no_grad",
            mark("Update without no_grad"),
            mark("Change the parameters while autograd is watching: torch refuses at the first step."),
            mark(
                "params is a leaf of the graph: backward() has to find it as it was in the forward pass. A "
                "change in place would be recorded as part of the model, so torch stops with an error. Under "
                "torch.no_grad() the update is no part of the model. The optimizers of torch.optim do that "
                "by themselves, so only a step by hand can go wrong here."
            ),
            AUTOGRAD | {"optimizer": "by-hand"},
            step=with_graph,
        ),
        Mistake(
            "validation-leak",
            mark("Train on validation"),
            mark("Back-propagate the validation loss, too: the held-back readings then train the line."),
            mark(
                "val_loss.backward() adds its gradient to .grad, and the step follows both. The validation "
                "loss gets better than it has any right to be: it now judges readings that the line has "
                "learned from, and no longer says how the line does on new ones."
            ),
            AUTOGRAD,
            needs_validation=True,
            adds_validation=True,
            gradient=leak,
        ),
        Mistake(
            "track-validation",
            mark("Track validation"),
            mark("Compute the validation loss without no_grad: the same numbers, at the cost of a graph."),
            mark(
                "Nobody calls backward() on the validation loss, so its graph is built and thrown away in "
                "every epoch. The numbers stay the same; time and memory are wasted, more so with a large "
                "model."
            ),
            AUTOGRAD,
            needs_validation=True,
            gradient=track,
        ),
    )
}
