"""The graph that autograd recorded for a loss, traversed from its grad_fn, and what each node does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import torch
from torch import Tensor

from thermofit.inspection.report import bracketed
from thermofit.model.line import model
from thermofit.numbers import formatted
from thermofit.training.run import Run
from thermofit.words import mark, tr

WORDS = {
    "AccumulateGrad": mark("The last node: what arrives here is added to params.grad."),
    "MvBackward0": mark(
        "All predictions: t_p = [t, 1] · [w, b]. Backwards: the sums of slope × t and of slope."
    ),
    "MseLossBackward0": mark(
        "The mean of the squared errors. Backwards: 2 (t_p - t_c) / n for each prediction."
    ),
    "MeanBackward0": mark("The mean over all readings. Backwards: each gets 1/n of the slope."),
    "MeanBackward1": mark("The mean over all readings. Backwards: each gets 1/n of the slope."),
    "SumBackward0": mark("A sum. Backwards: each part gets the whole slope."),
    "AbsBackward0": mark("The size of each error. Backwards: its sign."),
    "SubBackward0": mark(
        "A difference. Backwards: the slope as it is, with a minus for what was subtracted."
    ),
    "AddBackward0": mark("A sum of two. Backwards: both get the slope as it is."),
    "MulBackward0": mark("A product. Backwards: each factor gets the slope times the other one."),
    "PowBackward0": mark("A power, as in (t_p - t_c)². Backwards: the power rule."),
    "ClampBackward0": mark("Cut off beyond a limit. Backwards: the slope passes where nothing was cut off."),
    "ClampBackward1": mark("Cut off beyond a limit. Backwards: the slope passes where nothing was cut off."),
    "SmoothL1LossBackward0": mark("Squared near 0, straight beyond, averaged."),
    "HuberLossBackward0": mark("Squared near 0, straight beyond, averaged."),
    "UnbindBackward0": mark("params taken apart into w and b. Backwards: both slopes side by side."),
    "SelectBackward0": mark("One of the parameters picked out. Backwards: its slope, at its place."),
    "StackBackward0": mark("Numbers side by side in one tensor. Backwards: each gets its own slope."),
}


@dataclass(frozen=True)
class Node:
    """One recorded operation; `name` is torch's, `feeds` the numbers of the nodes that get its slopes."""

    number: int
    name: str
    words: str
    leaf: bool
    feeds: tuple[int, ...]


def words(name: str) -> str:
    """What a node does, in plain words; for a node without an entry here, what every node does."""
    if name in WORDS:
        return tr(WORDS[name])
    operation = re.sub(r"Backward\d*$", "", name)
    return tr(
        "Backwards through “{operation}”: takes the slope of its result, gives the slope of its inputs.",
        operation=operation,
    )


def walk(loss: Tensor) -> tuple[Node, ...]:
    """All nodes that backward() would visit from this loss (a scalar with a graph), each once, loss first."""
    found: dict[Any, int] = {loss.grad_fn: 0}
    order = [loss.grad_fn]
    for function in order:  # grows during the loop
        for following in _following(function):
            if following not in found:
                found[following] = len(order)
                order.append(following)
    return tuple(_node(number, function, found) for number, function in enumerate(order))


def _following(function: Any) -> Iterator[Any]:
    """The next nodes; an input that needs no gradient (the readings) has none."""
    return (following for following, _ in function.next_functions if following is not None)


def _node(number: int, function: Any, found: dict[Any, int]) -> Node:
    name = function.name()
    name = name.rsplit("::", 1)[-1]  # only AccumulateGrad has a C++ namespace
    feeds = tuple(found[following] for following in _following(function))
    return Node(number, name, words(name), hasattr(function, "variable"), feeds)


NODE = 'shape=box style="rounded,filled" fontname="sans-serif" fontcolor="#1a1a1a"'
PLAIN, LEAF = 'fillcolor="#e8eef4" color="#5b6b7a"', 'fillcolor="#cfe8d8" color="#1b7f4b" penwidth=2'

START_TIP = mark("Where backward() starts, with the slope 1.")
LEAF_TIP = mark("A leaf: made by us, not computed. It gets a .grad.")


def dot(nodes: tuple[Node, ...], loss: str, leaf: str) -> str:
    """Graphviz text of the nodes, with arrows as backward() runs; `loss` and `leaf` are labels."""
    lines = [
        "digraph autograd {",
        f'  bgcolor="transparent"; node [{NODE} {PLAIN}]; edge [color="#808080"];',
        _node_line("loss", loss, tr(START_TIP)),
        "  loss -> n0;",
    ]
    for node in nodes:
        lines.append(_node_line(f"n{node.number}", node.name, node.words))
        lines += (f"  n{node.number} -> n{other};" for other in node.feeds)
        if node.leaf:
            lines.append(f"  n{node.number} -> leaf{node.number};")
            lines.append(_node_line(f"leaf{node.number}", leaf, tr(LEAF_TIP), LEAF))
    return "\n".join([*lines, "}"])


def _node_line(name: str, label: str, tip: str, look: str = "") -> str:
    label, tip = _quoted(label), _quoted(tip)
    return f'  {name} [label="{label}" tooltip="{tip}" {look}];'


def _quoted(text: str) -> str:
    """Text for use within Graphviz's double quotes."""
    return escape(text, quote=False).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def picture(loss: Tensor, leaf: Tensor) -> str:
    """The graph of a loss (a scalar with a graph) as Graphviz text; `leaf` (2,) are the parameters."""
    name, value = tr("training loss"), formatted(loss.item(), ".6g")
    params = bracketed(formatted(each, ".6g") for each in leaf.tolist())
    return dot(walk(loss), f"{name}\n{value}", f"params [w, b]\n{params}")


def described(loss: Tensor) -> tuple[tuple[str, str], ...]:
    """The nodes of that graph with what each does in plain words, from the loss to the parameters."""
    return tuple((node.name, node.words) for node in walk(loss))


def graph(run: Run, epoch: int) -> str:
    """The autograd graph of the training loss at this epoch as Graphviz text, for st.graphviz_chart.

    It starts at grad_fn; leaf parameters are marked, and each node's tooltip says what it does.
    With manual gradients the run records no graph: this is the one that autograd would record.
    """
    return picture(*_tracked_loss(run, epoch))


def graph_nodes(run: Run, epoch: int) -> tuple[tuple[str, str], ...]:
    """The nodes of that graph with what each does in plain words, from the loss to the parameters."""
    return described(_tracked_loss(run, epoch)[0])


def _tracked_loss(run: Run, epoch: int) -> tuple[Tensor, Tensor]:
    """The training loss with its graph, and the leaf in which the graph ends."""
    row, loop = run.history.row(epoch), run.loop
    leaf = torch.tensor([row["w"], row["b"]], requires_grad=True)
    if epoch < run.first_epoch:  # earlier rows have been converted to the present units
        loop = run.segment(epoch).loop_at(epoch)
        leaf = loop.params.detach().clone().requires_grad_()
    with torch.enable_grad():
        return loop.loss.value(model(leaf, loop.design), loop.t_c), leaf
