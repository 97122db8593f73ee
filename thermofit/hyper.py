"""The optimizers' own numbers, declared once for all optimizers that share them.

Names are torch's keywords, except that a pair of numbers (betas, etas) is two names here. The
defaults are torch's, too: a knob that nobody touched changes nothing.
"""

from dataclasses import dataclass, replace
from typing import Literal

from thermofit.checks import Number, check_number

ALMOST_ONE = 0.9999  # a decay rate of exactly 1 would never forget its first value


@dataclass(frozen=True)
class Hyper:
    """One number an optimizer takes; for a yes-or-no question the range is 0 to 1."""

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

    def but(self, default: Number) -> "Hyper":
        """The same with another default."""
        return replace(self, default=default)


def switch(name: str, label: str, help: str) -> Hyper:
    """A yes-or-no question, by default no."""
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
