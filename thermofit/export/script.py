"""Code to take home: a set-up as one plain PyTorch script or notebook that gives the same numbers.

Of a validated Config only numbers and registry names get into the code; of readings of one's own, the two
columns as numbers, and their names as string literals.

Comments and titles are in the language of whoever takes the code home; the code is the same in each.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from thermofit.config.config import Config
from thermofit.data.preparation import PreparedData
from thermofit.data.scaling import SCALINGS
from thermofit.export.data_code import (
    Names,
    data_code,
    derivative_code,
    gradient_code,
    loss_code,
    model_code,
    names,
    scaling_code,
    shuffle_code,
    split_code,
)
from thermofit.export.exactness import jumps, magnifies
from thermofit.export.loop_code import LoopCode
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.gradients import GRADIENTS
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS, ByHand
from thermofit.optim.schedules import SCHEDULES
from thermofit.training.assembly import prepared
from thermofit.words import mark, together, tr

WIDTH = 100  # characters of a comment line
IMPORTS, OPTIM = "import torch", "from torch import optim"


@dataclass(frozen=True)
class Section:
    """A part of the code with an explanation in plain words.

    The title is in English, and translated where it is shown: by it, a section is found.
    """

    title: str
    words: str
    code: str


def script(config: Config) -> str:
    """One Python file without thermofit; it leaves `params`, `train_loss` and, with a split, `val_loss`."""
    return "\n\n\n".join(map(_block, sections(config))) + "\n"


def _block(part: Section) -> str:
    """The code of a section under its comment."""
    # Translators: what a part of the code is, and what is said of it: "Model: a straight line."
    said = tr("{title}: {words}", title=tr(part.title), words=part.words)
    heading = textwrap.indent(textwrap.fill(said, WIDTH - 2), "# ")
    return f"{heading}\n{part.code}"


def notebook(config: Config) -> str:
    """The same as a Jupyter notebook (format 4.5), with a text cell and a code cell for each section."""
    import nbformat  # imported here because it is needed only to export a notebook
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    book = new_notebook(metadata={"kernelspec": kernel, "language_info": {"name": "python"}})
    for part in sections(config):
        key = part.title.lower().replace(" ", "-")  # fixed ids, so that the same set-up gives the same file
        title = tr(part.title)
        book.cells.append(new_markdown_cell(f"## {title}\n\n{part.words}", id=f"{key}-text"))
        book.cells.append(new_code_cell(part.code, id=f"{key}-code"))
    nbformat.validate(book)
    return str(nbformat.writes(book))


def sections(config: Config) -> tuple[Section, ...]:
    """The parts of the code that this set-up needs, in order."""
    data = prepared(config)
    split = len(data.val_inputs) > 0
    name = names(split, config.scaling != "none")
    parts = (*_data(config, data, name), *_functions(config), *_training(config, name, split))
    return tuple(part for part in parts if part.code)


def _exact(config: Config) -> bool:
    """Whether the last digit matters: see `exactness`."""
    return magnifies(OPTIMIZERS[config.optimizer], config.hyper) or jumps(LOSSES[config.loss])


def _data(config: Config, data: PreparedData, name: Names) -> Iterator[Section]:
    """Everything up to the inputs as the model takes them."""
    by_hand = OPTIMIZERS[config.optimizer].make is ByHand and config.schedule == "none"
    imports = IMPORTS if by_hand else f"{IMPORTS}\n{OPTIM}"
    yield Section(mark("Imports"), tr("PyTorch is all it takes."), imports)
    dataset = config.dataset
    yield Section(mark("Data"), _about_data(config), data_code(dataset.t_u, dataset.t_c))
    if len(data.val_inputs):
        words = tr("Some readings are held back: never trained on, only judged on. The seed says which.")
        yield Section(mark("Split"), words, split_code(config.val, config.split_seed))
    elif config.batch:
        words = tr("The order that the batches are dealt out of.")
        yield Section(mark("Order"), words, shuffle_code(config.split_seed))
    elif _exact(config):
        words = tr("The order of the readings decides the last digit of a sum, and here it is magnified.")
        yield Section(mark("Order"), words, shuffle_code(config.split_seed))
    if config.scaling != "none":
        scaling = SCALINGS[config.scaling]
        code = scaling_code(scaling, data, name, _exact(config))
        yield Section(mark("Scaling"), tr(scaling.help), code)


def _about_data(config: Config) -> str:
    """What the readings are, and where they are from."""
    if not isinstance(config.data, str):
        # Translators: it stands behind "Data: ".
        return tr("readings t_u, and the target t_c that belongs to each.")
    return together(tr(config.dataset.help), tr("Source: {source}.", source=config.dataset.source))


def _functions(config: Config) -> Iterator[Section]:
    """Model, loss and, if computed by hand, the gradient."""
    loss, gradient, exact = LOSSES[config.loss], GRADIENTS[config.gradient], _exact(config)
    # Translators: it stands behind "Model: ".
    words = tr("a straight line.")
    yield Section(mark("Model"), words, model_code(exact))
    yield Section(mark("Loss"), tr(loss.help), loss_code(loss, exact))
    if not gradient.needs_graph:
        code = f"{derivative_code(loss, exact)}\n\n\n{gradient_code(exact)}"
        yield Section(mark("Gradient"), tr(gradient.help), code)


def _training(config: Config, name: Names, split: bool) -> Iterator[Section]:
    """The loop and its result."""
    scaled = config.scaling != "none"
    yield Section(mark("Training loop"), _about_loop(config), LoopCode(config, name, split).code())
    # Translators: it stands behind "Result: ".
    words = tr("the line for readings in their own unit.")
    yield Section(mark("Result"), words, _result(scaled))
    # Translators: it stands behind "Picture: ".
    words = tr("shown where matplotlib is installed.")
    yield Section(mark("Picture"), words, _plot(config, name, split, scaled))


def _about_loop(config: Config) -> str:
    """What the optimizer does and, in capitals, what is wrong on purpose."""
    mistake = MISTAKES[config.mistake]
    helps = [GRADIENTS[config.gradient].help, OPTIMIZERS[config.optimizer].help]
    if config.schedule != "none":
        helps.append(SCHEDULES[config.schedule].help)
    about = together(*map(tr, helps))
    if mistake.name == "none":
        return about
    label, explanation = tr(mistake.label), tr(mistake.explanation)
    warning = tr(
        "A MISTAKE IS MADE HERE ON PURPOSE ({mistake}): {explanation}", mistake=label, explanation=explanation
    )
    return f"{about} {warning}"


def _result(scaled: bool) -> str:
    """Print the line from two of its points, which works for any scaling."""
    inputs = "scaled(torch.tensor([0.0, 1.0]))" if scaled else "torch.tensor([0.0, 1.0])"
    return f"""\
print("params", params.tolist())
intercept, next_to_it = model({inputs}, *params.detach()).tolist()
print(f"t_c = {{next_to_it - intercept:.4f}} * t_u + {{intercept:.4f}}")"""


def literal(text: str) -> str:
    """The text as a Python string, whatever stands in it."""
    quoted = repr(text)
    return quoted if {"'", '"'} & set(text) else f'"{quoted[1:-1]}"'


def _plot(config: Config, name: Names, split: bool, scaled: bool) -> str:
    """Draw the line if matplotlib is installed; otherwise print a hint, since the numbers don't need it."""
    inputs = "scaled(ends)" if scaled else "ends"
    val = f'    plt.plot({name.val_t_u}, {name.val_t_c}, "D", label="validation")\n' if split else ""
    return f"""\
try:
    import matplotlib.pyplot as plt
except ImportError:
    print("For the picture: pip install matplotlib")
else:
    ends = torch.stack([t_u.min(), t_u.max()])
    plt.plot({name.t_u}, {name.t_c}, "o", label="training")
{val}    plt.plot(ends, model({inputs}, *params.detach()), "k-", label="the line")
    plt.xlabel({literal(config.dataset.header[0])})
    plt.ylabel({literal(config.dataset.header[1])})
    plt.legend()
    plt.show()"""
