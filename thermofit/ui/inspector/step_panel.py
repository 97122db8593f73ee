"""Beneath the charts: inside the step at which the stage stands still, and the code to take home."""

import streamlit as st

from thermofit import Config
from thermofit.inspection.step import (
    StepReport,
    ValidationCost,
    graph,
    graph_nodes,
    inspect_step,
    validation_cost,
)
from thermofit.live.live_run import LiveRun
from thermofit.live.trainer import TRAINER
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.run import Run
from thermofit.ui.inspector import step_tables
from thermofit.ui.inspector.code_panel import take_home
from thermofit.ui.state import keys, staleness

SWITCHES = (keys.LOOK_INSIDE, keys.SHOW_CODE)  # where one is on, the stage has the fragment redrawn


@st.fragment(key=keys.fragment(keys.LOOK_INSIDE))
def panel(live: LiveRun) -> None:
    """Two switches, and what they open. A fragment: playing never waits for it."""
    left, right = st.columns(2)
    with left:
        inside = st.toggle(
            "Look inside this step",
            key=keys.LOOK_INSIDE,
            help="The step from the epoch shown to the next: by hand, by autograd and by the optimizer.",
        )
    with right:
        code = st.toggle(
            "Show the code", key=keys.SHOW_CODE, help="This set-up in plain PyTorch, giving the same numbers."
        )
    if inside:
        st.html(step_tables.STYLE)
        _inside(live)
    if code:
        take_home(live)
    staleness.mark_drawn(*SWITCHES)


def _inside(live: LiveRun) -> None:
    with live.lock, TRAINER.exclusive():  # it works on a copy, but the run must not move while that is made
        run, epoch = live.run, live.shown
        report, picture, nodes = inspect_step(run, epoch), graph(run, epoch), graph_nodes(run, epoch)
        measured = validation_cost(run) if run.config.mistake == "track-validation" else None
    step(run, report, measured)
    draw_graph(picture, nodes)


# ---- one step, three times ----


def step(run: Run, report: StepReport, measured: ValidationCost | None = None) -> None:
    """The same step by hand, with autograd and with the optimizer, and how far they are apart."""
    st.markdown(
        f"##### From epoch {report.epoch} to {report.epoch + 1}: "
        f"$[w, b]$ = {step_tables.pair(report.params)}, learning rate {report.lr:g}"
    )
    config = run.segment(report.epoch).config
    if report.epoch < run.first_epoch:
        st.caption(
            f"Made before the change at epoch {run.first_epoch}: by the settings, and in the units, of then."
        )
    by_hand, by_autograd, by_optimizer = st.columns([2.3, 0.85, 1.15], gap="small")
    with by_hand:
        _by_hand(report, LOSSES[config.loss].unit)
    with by_autograd:
        _by_autograd(report)
    with by_optimizer:
        _by_optimizer(report, config)
    st.markdown(step_tables.differences(report))
    if measured:
        ratio = f"With a graph it takes {measured.ratio:.2f} times as long, measured just now."
        st.markdown(f"{step_tables.cost(measured)}\n\n{ratio}")


def _update(values: str) -> str:
    return f"Update of $[w, b]$: **{values}**"


def _by_hand(report: StepReport, unit: str) -> None:
    st.markdown(
        f"**By hand**: the chain rule, reading by reading. "
        f"The loss $L$ is {step_tables.number(report.loss)} {unit}.\n\n"
        f"{step_tables.by_hand(report)}\n\n"
        f"{_update(step_tables.pair(report.update_by_hand))}, minus the learning rate times each sum"
    )


def _by_autograd(report: StepReport) -> None:
    st.markdown(
        "**With autograd**: `loss.backward()` walks the graph below and leaves in `params.grad`\n\n"
        f"**{step_tables.pair(report.grad_autograd)}**\n\n"
        f"{_update(step_tables.pair(report.update_autograd))}, minus the learning rate times `.grad`"
    )


def _by_optimizer(report: StepReport, config: Config) -> None:
    st.markdown(f"**With the optimizer**: {OPTIMIZERS[config.optimizer].label}, as this run does it.")
    if any(report.pile):
        st.markdown(f"Left in `.grad` from before: {step_tables.pair(report.pile)}")
    st.markdown(
        f"It finds in `params.grad`\n\n**{step_tables.pair(report.applied)}**\n\n{step_tables.memory(report)}"
    )
    if report.refused is None:
        st.markdown(_update(step_tables.pair(report.update_optimizer)))
    else:
        st.error(f"torch refused the step: “{report.refused}”\n\n{MISTAKES[config.mistake].explanation}")


def draw_graph(picture: str, nodes: tuple[tuple[str, str], ...]) -> None:
    """The autograd graph as torch recorded it, and what each node is."""
    drawn, told = st.columns([1, 1], gap="medium")
    with drawn:
        st.graphviz_chart(
            picture, width="content", alt="The autograd graph, from the loss back to the parameters"
        )
    with told:
        lines = "\n".join(f"- `{name}`: {words}" for name, words in dict(nodes).items())
        st.markdown(f"**The graph that backward() walks**, from the loss to the leaf `params`:\n\n{lines}")


# ---- code to take home ----


# ---- a run that is wrong on purpose ----
