"""What a loss may be drawn over: the epochs, the gradient evaluations, or the computing time.

The control, the scene's columns and every chart of a loss follow from AXES; links name them (`config.view`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from thermofit.charts.bindings import Parts, column, sentence
from thermofit.config.labels import AXES as LABELS
from thermofit.config.view import Axis
from thermofit.words import mark, tr


@dataclass(frozen=True)
class XAxis:
    """One of them: the recorded column that runs along the axis, and what is said of it."""

    column: str
    label: str  # in the control
    title: str
    hover: str  # of a place on it, whose number is %{x}
    help: str
    first: float  # how far the axis reaches at first, unless the run is shorter
    whole: bool = True  # it counts, at least one for each epoch
    said: tuple[str, int] | None = None  # a sentence on the {amount} at the playhead, and its digits

    def layout(self, epochs: int) -> dict[str, Any]:
        """The axis of a run of so many epochs, for Plotly."""
        title = {"text": self.title}
        if self.whole:
            return {"title": title, "range": [0, min(epochs, self.first)]}
        return {"title": title, "range": [0, self.first], "exponentformat": "none"}  # else 0.0005 is 500μ

    def spoken(self, in_parts: bool = False) -> "XAxis":
        """The same in the reader's language; `in_parts` if an epoch has several updates."""
        hover = tr(self.hover)
        if in_parts and self.column == "epoch":
            hover = hover.replace("%{x}", "%{x:.2~f}")
        said = self.said and (tr(self.said[0]), self.said[1])
        return replace(self, label=tr(self.label), title=tr(self.title), hover=hover, said=said)

    def growth(self, epochs: int) -> dict[str, float]:
        """How it grows: also to the end of a run with one evaluation per epoch, so that this one fills it."""
        return {"stop": epochs} if self.whole else {}

    def alt(self) -> Parts:
        """What the chart's description says of it; nothing where the epoch says it all."""
        if self.said is None:
            return []
        text, digits = self.said
        return sentence(" " + text, amount=column(self.column, digits=digits))


AXES: Mapping[Axis, XAxis] = {
    "epochs": XAxis(
        "epoch",
        LABELS["epochs"],
        mark("Epoch"),
        mark("Epoch %{x}"),
        mark(
            "how often all training readings were used: one update of the parameters each time, or one for "
            "each mini-batch."
        ),
        first=100,
    ),
    "evaluations": XAxis(
        "evaluations",
        LABELS["evaluations"],
        mark("Gradient evaluations"),
        mark("Gradient evaluations %{x}"),
        mark(
            "how often the gradient was computed. LBFGS computes it several times in each epoch, the other "
            "optimizers once, so only here does each pay for all of its work."
        ),
        first=100,
        said=(mark("It took {amount} gradient evaluations."), 9),
    ),
    "time": XAxis(
        "seconds",
        LABELS["time"],
        mark("Computing time (s)"),
        mark("Computing time %{x:.4g} s"),
        mark(
            "how long the processor has worked on the training alone, without waiting and drawing. It "
            "differs from machine to machine, and a little each time."
        ),
        first=0.005,
        whole=False,
        said=(mark("It took {amount} s of computing time."), 3),
    ),
}


def axes_help() -> str:
    """What each of them is, as Markdown."""
    entries = [(tr(axis.label), tr(axis.help)) for axis in AXES.values()]
    lines = "\n".join(tr("- **{label}**: {text}", label=label, text=text) for label, text in entries)
    return "\n\n".join([tr("What the losses are drawn over."), lines])
