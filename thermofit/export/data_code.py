"""The first half of an exported script: the data, their split and scaling, the model and the loss.

If rounding errors stay small, everything is written as in a textbook. If they are magnified (see
`exactness`), the code is `exact`: it repeats the operations of thermofit's own loop in the same order.
"""

import inspect
import textwrap
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from thermofit.data.preparation import PreparedData
from thermofit.data.scaling import Scaling
from thermofit.export.comments import comment
from thermofit.model.losses import Loss
from thermofit.words import tr


@dataclass(frozen=True)
class Names:
    """The script's names for the rows of both parts: readings, scaled readings and temperatures."""

    t_u: str
    t_un: str
    t_c: str
    val_t_u: str
    val_t_un: str
    val_t_c: str


def names(split: bool, scaled: bool) -> Names:
    """The names; short ones if there is only one part or one kind of readings."""
    train, val = ("_train", "_val") if split else ("", "")
    un = "t_un" if scaled else "t_u"
    return Names(f"t_u{train}", f"{un}{train}", f"t_c{train}", f"t_u{val}", f"{un}{val}", f"t_c{val}")


def column(values: Tensor) -> str:
    """A tensor (n,) as code, each number in the shortest form that gives the same float32."""
    # numpy knows the shortest form of a float32; torch would write 35.7 as 35.70000076293945.
    numbers = ", ".join(repr(float(str(value))) for value in values.numpy().astype(np.float32))
    body = textwrap.fill(numbers, 96, initial_indent="    ", subsequent_indent="    ")
    return f"torch.tensor([\n{body},\n])"


def data_code(t_u: Tensor, t_c: Tensor) -> str:
    """The two columns as they were read."""
    return f"t_u = {column(t_u)}\nt_c = {column(t_c)}"


def split_code(share: float, seed: int) -> str:
    """Hold back the rows that this seed holds back everywhere."""
    return f"""\
n_samples = t_u.shape[0]
n_val = int({share!r} * n_samples)

generator = torch.Generator().manual_seed({seed!r})
shuffled_indices = torch.randperm(n_samples, generator=generator)
train_indices = shuffled_indices[:-n_val]
val_indices = shuffled_indices[-n_val:]

t_u_train, t_c_train = t_u[train_indices], t_c[train_indices]
t_u_val, t_c_val = t_u[val_indices], t_c[val_indices]"""


SHUFFLE = """\
generator = torch.Generator().manual_seed({seed!r})
shuffled_indices = torch.randperm(t_u.shape[0], generator=generator)
t_u, t_c = t_u[shuffled_indices], t_c[shuffled_indices]"""


def shuffle_code(seed: int) -> str:
    """Shuffle the rows if none is held back: sums in another order end in another digit."""
    return SHUFFLE.format(seed=seed)


SCALED = {
    "tenth": "0.1 * t",
    "standardize": "(t - {t_u}.mean()) / {t_u}.std(correction=0)",
    "min-max": "(t - {t_u}.min()) / ({t_u}.max() - {t_u}.min())",
}


FEW = 100  # the float32 mean of more readings differs from the fit, which is made in float64


def scaling_code(scaling: Scaling, data: PreparedData, name: Names, exact: bool) -> str:
    """A function `scaled(t)`, and the scaled readings."""
    # Without a formula here, or for readings without a spread, the numbers of the fit are written instead.
    fitted = f"{data.scale.factor!r} * t + {data.scale.offset!r}"
    spread = bool(data.train_inputs.min() < data.train_inputs.max())
    few = len(data.train_inputs) <= FEW
    formula = SCALED.get(scaling.name, fitted) if spread and few and not exact else fitted
    lines = [
        "def scaled(t):",
        f"    return {formula.format(t_u=name.t_u)}",
        "",
        "",
        f"{name.t_un} = scaled({name.t_u})",
    ]
    if name.val_t_un != name.t_un:
        lines.append(f"{name.val_t_un} = scaled({name.val_t_u})")
    return "\n".join(lines)


MODEL = """\
def model(t, w, b):
    return w * t + b"""

EXACT_MODEL = """\
def columns(t):
    return torch.stack([t, torch.ones_like(t)], dim=1)


def model(t, w, b):
    return columns(t) @ torch.stack([w, b])"""


def model_code(exact: bool) -> str:
    """A function `model(t, w, b)`."""
    if not exact:
        return MODEL
    said = comment(tr("w * t + b as one product"))
    return f"{EXACT_MODEL}  {said}"


LOSS = {
    "mse": ("((t_p - t_c) ** 2).mean()", "2 * (t_p - t_c) / t_p.size(0)"),
    "mae": ("(t_p - t_c).abs().mean()", "(t_p - t_c).sign() / t_p.size(0)"),
    "huber": ("torch.nn.functional.huber_loss(t_p, t_c)", "(t_p - t_c).clamp(-1.0, 1.0) / t_p.size(0)"),
}


EXACT_LOSS = {"mse": "torch.nn.functional.mse_loss(t_p, t_c)"}


def loss_code(loss: Loss, exact: bool) -> str:
    """A function `loss_fn(t_p, t_c)`."""
    textbook = LOSS[loss.name][0] if loss.name in LOSS else None
    return _function("loss_fn", EXACT_LOSS.get(loss.name) if exact else textbook, loss.value)


def derivative_code(loss: Loss, exact: bool) -> str:
    """A function `dloss_fn(t_p, t_c)`: the derivative of the loss with respect to each prediction."""
    textbook = LOSS[loss.name][1] if loss.name in LOSS else None
    return _function("dloss_fn", None if exact else textbook, loss.derivative)


def _function(name: str, formula: str | None, registered: object) -> str:
    """The function as a textbook writes it; without such a version, its registered source."""
    if formula is not None:
        return f"def {name}(t_p, t_c):\n    return {formula}"
    assert inspect.isfunction(registered)
    source = textwrap.dedent(inspect.getsource(registered))
    functional = "import torch.nn.functional as F\n" if "F." in source else ""
    imports = f"{functional}from torch import Tensor\n" if "Tensor" in source else functional
    head = f"{imports}\n\n" if imports else ""
    return f"{head}{source.replace(f'def {registered.__name__}(', f'def {name}(').rstrip()}"


EXACT_GRADIENT = """\
def grad_fn(t, t_c, t_p):
    return dloss_fn(t_p, t_c) @ columns(t)"""

GRADIENT = """\
def grad_fn(t, t_c, t_p):
    dloss_dt_p = dloss_fn(t_p, t_c)
    dloss_dw = dloss_dt_p * t  # dt_p/dw = t
    dloss_db = dloss_dt_p * 1.0  # dt_p/db = 1
    return torch.stack([dloss_dw.sum(), dloss_db.sum()])"""


def gradient_code(exact: bool) -> str:
    """A function `grad_fn(t, t_c, t_p)`: the gradient by the chain rule."""
    if not exact:
        return GRADIENT
    said = comment(tr("dt_p/dw = t, dt_p/db = 1: both sums at once"))
    return f"{EXACT_GRADIENT}  {said}"
