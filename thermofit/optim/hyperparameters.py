"""The optimizers' own numbers, declared once for all optimizers that share them.

Names are torch's keywords, except that a pair of numbers (betas, etas) has two names here. The defaults
are torch's as well, so an untouched hyperparameter changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from thermofit.errors import Number, allowed_numbers, check_number
from thermofit.words import mark

ALMOST_ONE = 0.9999  # with a decay rate of exactly 1 the first value would never be forgotten


@dataclass(frozen=True)
class Hyper:
    """One number that an optimizer takes; a yes-or-no choice has the range 0 to 1."""

    name: str
    label: str
    help: str
    default: Number
    minimum: float = 0.0
    maximum: float = 1.0
    kind: Literal["float", "int", "bool"] = "float"

    def check(self, value: object) -> Number:
        """The value as a number of this kind, or ConfigError."""
        return check_number(self.name, value, self.kind, self.minimum, self.maximum)

    @property
    def allowed(self) -> str:
        """The allowed values, in words of the reader's language."""
        return str(allowed_numbers(self.kind, self.minimum, self.maximum))

    def but(self, default: Number) -> "Hyper":
        """The same with another default."""
        return replace(self, default=default)


def names(hyper: Iterable[Hyper]) -> list[str]:
    """The names of some hyperparameters."""
    return [each.name for each in hyper]


def switch(name: str, label: str, help: str) -> Hyper:
    """A yes-or-no choice, by default no."""
    return Hyper(name, label, help, default=False, kind="bool")


MOMENTUM = Hyper(
    "momentum",
    mark("Momentum"),
    mark("How much of the last step is kept: a ball that rolls on instead of a walker who stops each time."),
    default=0.0,
)
DAMPENING = Hyper(
    "dampening",
    mark("Dampening"),
    mark("How much the new gradient is held back when momentum is used."),
    default=0.0,
)
NESTEROV = switch(
    "nesterov",
    mark("Nesterov"),
    mark("Look where the momentum leads before taking the slope. Needs momentum above 0 and dampening 0."),
)
WEIGHT_DECAY = Hyper(
    "weight_decay",
    mark("Weight decay"),
    mark("Pulls the parameters towards 0 a little in each step, and so away from the best line."),
    default=0.0,
)
EPS = Hyper(
    "eps",
    mark("Epsilon"),
    mark("A tiny number added to a divisor so that it is never 0."),
    default=1e-8,
    minimum=1e-12,
)
BETA1 = Hyper(
    "beta1",
    mark("Beta 1"),
    mark("Memory of the average gradient: 0 forgets at once, 0.9 remembers about ten steps."),
    default=0.9,
    maximum=ALMOST_ONE,
)
BETA2 = Hyper(
    "beta2",
    mark("Beta 2"),
    mark("Memory of the average squared gradient, which sets the step length: 0.999 remembers a thousand."),
    default=0.999,
    maximum=ALMOST_ONE,
)
DECOUPLED = switch(
    "decoupled_weight_decay",
    mark("Decoupled weight decay"),
    mark("Shrink the parameters directly, as AdamW does, instead of through the gradient."),
)

# Each of these belongs to one optimizer (or, AMSGrad, to Adam and its twin).
AMSGRAD = switch("amsgrad", mark("AMSGrad"), mark("Never let a step length grow again."))
MOMENTUM_DECAY = Hyper(
    "momentum_decay", mark("Momentum decay"), mark("How fast the momentum warms up."), default=0.004
)
LR_DECAY = Hyper(
    "lr_decay", mark("Rate decay"), mark("How fast the learning rate itself shrinks."), default=0.0
)
START_OF_SUM = Hyper(
    "initial_accumulator_value",
    mark("Start of the sum"),
    mark("What the sum of squared gradients starts with: more makes the first steps shorter."),
    default=0.0,
    maximum=1000.0,
)
RHO = Hyper(
    "rho", mark("Rho"), mark("Memory of squared gradients and steps."), default=0.9, maximum=ALMOST_ONE
)
BETA2_DECAY = Hyper(
    "beta2_decay",
    mark("Beta 2 decay"),
    mark("How fast the memory of squared gradients grows with the epochs."),
    default=-0.8,
    minimum=-2.0,
    maximum=0.0,
)
CLIP = Hyper(
    "d", mark("Clip"), mark("Longest update, before the rate."), default=1.0, minimum=1.0, maximum=100.0
)
ALPHA = Hyper(
    "alpha", mark("Alpha"), mark("Memory of the squared gradient."), default=0.99, maximum=ALMOST_ONE
)
CENTERED = switch(
    "centered", mark("Centered"), mark("Subtract the average gradient before measuring its size.")
)
ETA_MINUS = Hyper(
    "eta_minus",
    mark("Eta minus"),
    mark("Step length is multiplied by this when the slope turns."),
    default=0.5,
    minimum=0.01,
    maximum=0.99,
)
ETA_PLUS = Hyper(
    "eta_plus",
    mark("Eta plus"),
    mark("Step length is multiplied by this while the slope stays."),
    default=1.2,
    minimum=1.01,
    maximum=5.0,
)
LAMBD = Hyper("lambd", mark("Lambda"), mark("Decay of parameters and rate."), default=1e-4)
POWER = Hyper("alpha", mark("Alpha"), mark("How fast the rate decays."), default=0.75)
T0 = Hyper(
    "t0", mark("Averaging starts at"), mark("Epoch from which torch averages."), default=1e6, maximum=1e6
)
MAX_ITER = Hyper(
    "max_iter", mark("Iterations"), mark("Steps within an epoch."), 20, minimum=1, maximum=100, kind="int"
)
HISTORY_SIZE = Hyper(
    "history_size", mark("Memory"), mark("Gradients remembered."), 100, minimum=1, maximum=100, kind="int"
)
STRONG_WOLFE = switch(
    "strong_wolfe", mark("Line search"), mark("Search along each step for a good length (strong Wolfe).")
)
