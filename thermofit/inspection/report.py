"""The report of one step: plain values, ready to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from thermofit.numbers import UNKNOWN, significant
from thermofit.words import language, mark, tr, trn

Pair = tuple[float, float]
Values = tuple[float, ...]
Plain = float | int | str | bool | None | tuple[Any, ...]


REMEMBERED = {  # what torch's optimizers keep, by torch's names
    "step": mark("steps so far"),
    "momentum_buffer": mark("the velocity: gradients so far, fading"),
    "exp_avg": mark("running average of the gradient"),
    "exp_avg_sq": mark("running average of its square"),
    "max_exp_avg_sq": mark("the largest such average so far"),
    "exp_inf": mark("the largest slope lately seen"),
    "mu_product": mark("product of the momentum factors so far"),
    "sum": mark("sum of all squared gradients"),
    "square_avg": mark("running average of the squared gradient"),
    "grad_avg": mark("running average of the gradient"),
    "acc_delta": mark("running average of the squared updates"),
    "variance": mark("running average of the squared gradient"),
    "prev": mark("the gradient of the step before"),
    "step_size": mark("step length of each parameter"),
    "eta": mark("the learning rate, which shrinks"),
    "mu": mark("weight of the newest parameters in their average"),
    "ax": mark("average of the parameters"),
    "func_evals": mark("evaluations of loss and gradient so far"),
    "n_iter": mark("steps so far; an epoch holds several"),
    "d": mark("direction of the last step"),
    "t": mark("length of that step, in units of the direction"),
    "old_dirs": mark("changes of the gradient in the last steps"),
    "old_stps": mark("changes of the parameters in the last steps"),
    "ro": mark("1 / (change of gradient · change of parameters)"),
    "al": mark("how much of each such change goes into the direction"),
    "H_diag": mark("first guess of 1 / curvature"),
    "prev_flat_grad": mark("the gradient of the step before"),
    "prev_loss": mark("the loss at the step before"),
}


@dataclass(frozen=True)
class Memory:
    """One thing that the optimizer remembers, before and after the step; None if it does not exist yet."""

    name: str
    before: Plain
    after: Plain

    @property
    def words(self) -> str:
        """What it is, in a few words; "" for a name that nobody has described yet."""
        return tr(REMEMBERED.get(self.name, ""))

    @property
    def shown(self) -> tuple[str, str]:
        """Before and after in a few characters."""
        return _short(self.before), _short(self.after)


@dataclass(frozen=True)
class StepReport:
    """The step from `epoch` to the next; pairs are (of w, of b), tuples have one value per train row.

    With mini-batches, only the rows of the step's batch are in the tuples: `batch` has their numbers in the
    data set, and is None for a step that sees all train rows. `lr` is the rate that the step uses; a schedule
    made it of `base_lr`, the learning rate that is set.

    Inputs t are in scaled units, targets in theirs, gradients in the loss's unit per unit of the parameter.
    `pile` is what was in .grad before backward(), (0, 0) if it had been zeroed; `applied` is what was there
    when the optimizer used it (for the last time, if it asks several times). `refused` is torch's message if
    it did not apply the step. `leaked` is the gradient of the validation loss where a mistake adds it.
    """

    epoch: int
    lr: float
    optimizer: str
    params: Pair
    # by hand
    t: Values
    t_c: Values
    t_p: Values
    loss: float
    dloss_dt_p: Values
    dt_p_dw: Values
    dt_p_db: Values
    products_w: Values
    products_b: Values
    grad_by_hand: Pair
    update_by_hand: Pair
    # by autograd
    grad_autograd: Pair
    update_autograd: Pair
    # by the optimizer, as the run does it, mistakes included
    pile: Pair
    applied: Pair
    memory: tuple[Memory, ...]
    update_optimizer: Pair
    refused: str | None
    leaked: Pair | None
    base_lr: float
    batch: tuple[int, ...] | None = None

    @property
    def differences(self) -> dict[str, float]:
        """The largest difference between two ways of computing the same, over w and b; names are English."""
        return {
            mark("gradient: by hand and autograd"): _apart(self.grad_by_hand, self.grad_autograd),
            mark("gradient: autograd and applied"): _apart(self.grad_autograd, self.applied),
            mark("update: by hand and autograd"): _apart(self.update_by_hand, self.update_autograd),
            mark("update: by hand and optimizer"): _apart(self.update_by_hand, self.update_optimizer),
        }


def _apart(one: Pair, other: Pair) -> float:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def bracketed(numbers: Iterable[str]) -> str:
    """Written numbers as [1.5, 2]; with semicolons between them where a comma stands before decimals."""
    return f"[{('; ' if language().decimal == ',' else ', ').join(numbers)}]"


def _short(value: Plain) -> str:
    """Numbers to six digits; for the long lists that LBFGS keeps, only their length."""
    if isinstance(value, tuple):
        held = [item for item in value if item is not None]
        if len(value) <= 2 and not any(isinstance(item, tuple) for item in held):
            return bracketed(map(_short, value))
        return trn("{n} entry", "{n} entries", len(held), n=len(held))
    if value is None:
        return UNKNOWN
    return significant(value, 6) if isinstance(value, float) else str(value)
