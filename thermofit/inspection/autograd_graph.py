"""The graph that autograd recorded for a loss, walked from its grad_fn, with words for each node."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import torch
from torch import Tensor

from thermofit.model.line import model
from thermofit.training.run import Run

WORDS = {
    "AccumulateGrad": "The end of the way: what arrives here is added to params.grad.",
    "MvBackward0": "All predictions: t_p = [t, 1] · [w, b]. Backwards: the sums of slope × t and of slope.",
    "MseLossBackward0": "The mean of the squared errors. Backwards: 2 (t_p - t_c) / n for each prediction.",
    "MeanBackward0": "The mean over all readings. Backwards: each gets 1/n of the slope.",
    "MeanBackward1": "The mean over all readings. Backwards: each gets 1/n of the slope.",
    "SumBackward0": "A sum. Backwards: each part gets the whole slope.",
    "AbsBackward0": "The size of each error. Backwards: its sign.",
    "SubBackward0": "A difference. Backwards: the slope as it is, with a minus for what was subtracted.",
    "AddBackward0": "A sum of two. Backwards: both get the slope as it is.",
    "MulBackward0": "A product. Backwards: each factor gets the slope times the other one.",
    "PowBackward0": "A power, as in (t_p - t_c)². Backwards: the power rule.",
    "ClampBackward0": "Cut off beyond a limit. Backwards: the slope passes where nothing was cut off.",
    "ClampBackward1": "Cut off beyond a limit. Backwards: the slope passes where nothing was cut off.",
    "SmoothL1LossBackward0": "Squared near 0, straight beyond, averaged.",
    "HuberLossBackward0": "Squared near 0, straight beyond, averaged.",
    "UnbindBackward0": "params taken apart into w and b. Backwards: both slopes side by side.",
    "SelectBackward0": "One of the parameters picked out. Backwards: its slope, at its place.",
    "StackBackward0": "Numbers side by side in one tensor. Backwards: each gets its own slope.",
}


@dataclass(frozen=True)
class Node:
    """One recorded operation; `name` is torch's, `feeds` are the numbers of the nodes it hands slopes to."""

    number: int
    name: str
    words: str
    leaf: bool
    feeds: tuple[int, ...]


def words(name: str) -> str:
    """What a node does, in plain words; of one that has none here, what every node does."""
    operation = re.sub(r"Backward\d*$", "", name)
    fallback = (
        f"Backwards through “{operation}”: takes the slope of its result, gives the slope of its inputs."
    )
    return WORDS.get(name, fallback)


def walk(loss: Tensor) -> tuple[Node, ...]:
    """All nodes that backward() would visit from this loss (a scalar with a graph), each once, loss first."""
    found: dict[Any, int] = {loss.grad_fn: 0}
    order = [loss.grad_fn]
    for function in order:  # grows while we walk
        for following in _following(function):
            if following not in found:
                found[following] = len(order)
                order.append(following)
    return tuple(_node(number, function, found) for number, function in enumerate(order))


def _following(function: Any) -> Iterator[Any]:
    """An input that needs no gradient (the readings) has no node."""
    return (following for following, _ in function.next_functions if following is not None)


def _node(number: int, function: Any, found: dict[Any, int]) -> Node:
    name = function.name()
    name = name.rsplit("::", 1)[-1]  # AccumulateGrad alone bears a C++ namespace
    feeds = tuple(found[following] for following in _following(function))
    return Node(number, name, words(name), hasattr(function, "variable"), feeds)


NODE = 'shape=box style="rounded,filled" fontname="sans-serif" fontcolor="#1a1a1a"'
PLAIN, LEAF = 'fillcolor="#e8eef4" color="#5b6b7a"', 'fillcolor="#cfe8d8" color="#1b7f4b" penwidth=2'


def dot(nodes: tuple[Node, ...], loss: str, leaf: str) -> str:
    """Graphviz text of the nodes, arrows in the direction of backward(); captions for its two ends."""
    lines = [
        "digraph autograd {",
        f'  bgcolor="transparent"; node [{NODE} {PLAIN}]; edge [color="#808080"];',
        f'  loss [label="{_quoted(loss)}" tooltip="Where backward() starts, with the slope 1."];',
        "  loss -> n0;",
    ]
    for node in nodes:
        lines.append(f'  n{node.number} [label="{node.name}" tooltip="{_quoted(node.words)}"];')
        lines += (f"  n{node.number} -> n{other};" for other in node.feeds)
        if node.leaf:
            lines.append(f"  n{node.number} -> leaf{node.number};")
            tooltip = "A leaf: made by us, not computed. It gets a .grad."
            lines.append(f'  leaf{node.number} [label="{_quoted(leaf)}" tooltip="{tooltip}" {LEAF}];')
    return "\n".join([*lines, "}"])


def _quoted(text: str) -> str:
    """Text within Graphviz's double quotes."""
    return escape(text, quote=False).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def graph(run: Run, epoch: int) -> str:
    """The autograd graph of the training loss at this epoch as Graphviz text, for st.graphviz_chart.

    Walked from grad_fn; leaf parameters are marked, and each node's tooltip says what it does.
    With manual gradients no graph is recorded in the run: this is the one that autograd would record.
    """
    loss, leaf = _tracked_loss(run, epoch)
    w, b = leaf.tolist()
    return dot(walk(loss), f"training loss\n{loss.item():.6g}", f"params [w, b]\n[{w:.6g}, {b:.6g}]")


def graph_nodes(run: Run, epoch: int) -> tuple[tuple[str, str], ...]:
    """The nodes of that graph with what each does in plain words, from the loss to the parameters."""
    return tuple((node.name, node.words) for node in walk(_tracked_loss(run, epoch)[0]))


def _tracked_loss(run: Run, epoch: int) -> tuple[Tensor, Tensor]:
    """The training loss with its graph, and the leaf it ends in."""
    row, loop = run.history.row(epoch), run.loop
    leaf = torch.tensor([row["w"], row["b"]], requires_grad=True)
    if epoch < run.first_epoch:  # the rows of before the run went on differently are told in the units of now
        loop = run.segment(epoch).loop_at(epoch)
        leaf = loop.params.detach().clone().requires_grad_()
    with torch.enable_grad():
        return loop.loss.value(model(leaf, loop.design), loop.t_c), leaf
