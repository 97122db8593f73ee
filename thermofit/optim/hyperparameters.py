"""The optimizers' own numbers, declared once for all optimizers that share them.

Names are torch's keywords, except that a pair of numbers (betas, etas) has two names here. The defaults
are torch's as well, so an untouched hyperparameter changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from thermofit.errors import Number, allowed_numbers, check_number

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
        """The allowed values, in words."""
        return allowed_numbers(self.kind, self.minimum, self.maximum)

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
    "Momentum",
    "How much of the last step is kept: a ball that rolls on instead of a walker who stops each time.",
    default=0.0,
)
DAMPENING = Hyper(
    "dampening", "Dampening", "How much the new gradient is held back when momentum is used.", default=0.0
)
NESTEROV = switch(
    "nesterov",
    "Nesterov",
    "Look where the momentum leads before taking the slope. Needs momentum above 0 and dampening 0.",
)
WEIGHT_DECAY = Hyper(
    "weight_decay",
    "Weight decay",
    "Pulls the parameters towards 0 a little in each step, and so away from the best line.",
    default=0.0,
)
EPS = Hyper(
    "eps",
    "Epsilon",
    "A tiny number added to a divisor so that it is never 0.",
    default=1e-8,
    minimum=1e-12,
)
BETA1 = Hyper(
    "beta1",
    "Beta 1",
    "Memory of the average gradient: 0 forgets at once, 0.9 remembers about ten steps.",
    default=0.9,
    maximum=ALMOST_ONE,
)
BETA2 = Hyper(
    "beta2",
    "Beta 2",
    "Memory of the average squared gradient, which sets the step length: 0.999 remembers a thousand.",
    default=0.999,
    maximum=ALMOST_ONE,
)
DECOUPLED = switch(
    "decoupled_weight_decay",
    "Decoupled weight decay",
    "Shrink the parameters directly, as AdamW does, instead of through the gradient.",
)

# Each of these belongs to one optimizer (or, AMSGrad, to Adam and its twin).
AMSGRAD = switch("amsgrad", "AMSGrad", "Never let a step length grow again.")
MOMENTUM_DECAY = Hyper("momentum_decay", "Momentum decay", "How fast the momentum warms up.", default=0.004)
LR_DECAY = Hyper("lr_decay", "Rate decay", "How fast the learning rate itself shrinks.", default=0.0)
START_OF_SUM = Hyper(
    "initial_accumulator_value",
    "Start of the sum",
    "What the sum of squared gradients starts with: more makes the first steps shorter.",
    default=0.0,
    maximum=1000.0,
)
RHO = Hyper("rho", "Rho", "Memory of squared gradients and steps.", default=0.9, maximum=ALMOST_ONE)
BETA2_DECAY = Hyper(
    "beta2_decay",
    "Beta 2 decay",
    "How fast the memory of squared gradients grows with the epochs.",
    default=-0.8,
    minimum=-2.0,
    maximum=0.0,
)
CLIP = Hyper("d", "Clip", "Longest update, before the rate.", default=1.0, minimum=1.0, maximum=100.0)
ALPHA = Hyper("alpha", "Alpha", "Memory of the squared gradient.", default=0.99, maximum=ALMOST_ONE)
CENTERED = switch("centered", "Centered", "Subtract the average gradient before measuring its size.")
ETA_MINUS = Hyper(
    "eta_minus",
    "Eta minus",
    "Step length is multiplied by this when the slope turns.",
    default=0.5,
    minimum=0.01,
    maximum=0.99,
)
ETA_PLUS = Hyper(
    "eta_plus",
    "Eta plus",
    "Step length is multiplied by this while the slope stays.",
    default=1.2,
    minimum=1.01,
    maximum=5.0,
)
LAMBD = Hyper("lambd", "Lambda", "Decay of parameters and rate.", default=1e-4)
POWER = Hyper("alpha", "Alpha", "How fast the rate decays.", default=0.75)
T0 = Hyper("t0", "Averaging starts at", "Epoch from which torch averages.", default=1e6, maximum=1e6)
MAX_ITER = Hyper("max_iter", "Iterations", "Steps within an epoch.", 20, minimum=1, maximum=100, kind="int")
HISTORY_SIZE = Hyper(
    "history_size", "Memory", "Gradients remembered.", 100, minimum=1, maximum=100, kind="int"
)
STRONG_WOLFE = switch(
    "strong_wolfe", "Line search", "Search along each step for a good length (strong Wolfe)."
)
