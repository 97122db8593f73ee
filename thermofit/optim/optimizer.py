"""How a step is applied: by our own three lines, or by an optimizer of torch with the same interface."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from torch import Tensor

from thermofit.errors import ConfigError, Number, Problem, collected, shorten, told, unknown
from thermofit.optim.hyperparameters import Hyper, names
from thermofit.optim.stepper import ByHand, Stepper, unwrapped
from thermofit.words import mark


@dataclass(frozen=True)
class Optimizer:
    """One way to apply a gradient.

    `make(params, lr=…, **keywords)` builds it; `tuple_keywords` names torch's keywords that combine two of
    our hyperparameters; `fixed_keywords` holds keywords that the user cannot choose.
    """

    name: str
    label: str
    help: str
    make: Callable[..., Stepper]
    hyper: tuple[Hyper, ...] = ()
    caveat: str = ""
    on_batches: str = ""  # why it suits no mini-batches
    after_start: str = ""  # why it takes no notice of a schedule
    tuple_keywords: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    fixed_keywords: Mapping[str, object] = field(default_factory=dict)
    sparse: bool = False  # needs sparse gradients
    closure: bool = False  # computes loss and gradient itself, several times per step
    coupled: bool = False  # the step of one parameter depends on the others

    def build(self, params: Tensor, lr: float, hyper: Mapping[str, Number] | None = None) -> Stepper:
        """The optimizer for `params`, shape (2,); hyperparameters that are not given keep their default.

        Raises ConfigError for a name or a value that this optimizer doesn't allow.
        """
        keywords: dict[str, object] = {h.name: h.default for h in self.hyper}
        keywords.update(self.check(hyper or {}))
        for keyword, (first, second) in self.tuple_keywords.items():
            keywords[keyword] = (keywords.pop(first), keywords.pop(second))
        if self.make is ByHand:
            return ByHand(params, lr)
        make = partial(unwrapped, self.make) if isinstance(self.make, type) else self.make
        return make([params], lr=lr, **self.fixed_keywords, **keywords)

    def check(self, hyper: Mapping[str, Number]) -> dict[str, Number]:
        """The given hyperparameters without those at their default; ConfigError if one is not valid."""
        known = {h.name: h for h in self.hyper}
        problems: list[Problem] = []
        values: dict[str, Number] = {}
        for name, value in hyper.items():
            with collected(problems):
                values[name] = known[name].check(value) if name in known else self._refuse(name, value)
        if problems or (problems := _nesterov_alone(values)):
            raise ConfigError(*problems)
        return {name: value for name, value in values.items() if value != known[name].default}

    def _refuse(self, name: str, value: object) -> Number:
        reason = told(mark("{optimizer} has no such hyperparameter"), optimizer=self.name)
        raise ConfigError(unknown(shorten(name), value, reason, name, names(self.hyper)))


def _nesterov_alone(values: Mapping[str, Number]) -> list[Problem]:
    """torch's rule for SGD: looking ahead needs a momentum to look along."""
    if not values.get("nesterov") or (values.get("momentum", 0) > 0 and values.get("dampening", 0) == 0):
        return []
    reason, allowed = mark("there is no momentum to look along"), mark("momentum above 0, dampening 0")
    return [Problem("nesterov", "true", reason, allowed)]
