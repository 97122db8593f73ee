"""Below the charts: a look inside the step at which the stage is paused, and the code to take home."""

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
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.run import Run
from thermofit.ui.inspector import step_tables, step_words
from thermofit.ui.inspector.code_panel import take_home
from thermofit.ui.scenes.units import loss_unit
from thermofit.ui.state import keys, staleness
from thermofit.words import mark, tr

SWITCHES = (keys.LOOK_INSIDE, keys.SHOW_CODE)  # if either is on, the stage has the fragment redrawn

STANDS_STILL = mark("It takes no step: what it could still gain is less than its tolerance. It has arrived.")
TOO_SMALL = mark("The step is too small to change numbers of this size: they have about seven digits.")


@st.fragment(key=keys.fragment(keys.LOOK_INSIDE))
def panel(live: LiveRun) -> None:
    """Two switches and what they open. It is a fragment, so that playing never waits for it."""
    left, right = st.columns(2)
    with left:
        inside = st.toggle(
            tr("Look inside this step"),
            key=keys.LOOK_INSIDE,
            help=tr("The step from the epoch shown to the next: by hand, by autograd and by the optimizer."),
        )
    with right:
        code = st.toggle(
            tr("Show the code"),
            key=keys.SHOW_CODE,
            help=tr("This set-up in plain PyTorch, giving the same numbers."),
        )
    if inside:
        st.html(step_tables.STYLE)
        _inside(live)
    if code:
        take_home(live)
    staleness.mark_drawn(*SWITCHES)


def _inside(live: LiveRun) -> None:
    with live.lock, TRAINER.exclusive():  # the run must not move while it is copied
        run, epoch = live.run, live.shown
        report, picture, nodes = inspect_step(run, epoch), graph(run, epoch), graph_nodes(run, epoch)
        measured = validation_cost(run) if run.config.mistake == "track-validation" else None
    step(run, report, measured)
    draw_graph(picture, nodes)


def step(run: Run, report: StepReport, measured: ValidationCost | None = None) -> None:
    """The same step by hand, with autograd and with the optimizer, and how far apart the results are."""
    config = run.segment(report.epoch).config
    st.markdown(f"## {step_words.heading(run, report)}")
    for sentence in step_words.about(run, report, config):
        st.markdown(sentence)
    if report.epoch < run.first_epoch:
        changed = run.history.clock.written(run.first_epoch)
        st.caption(
            tr(
                "Made before the change at epoch {epoch}, with the settings and in the units used then.",
                epoch=changed,
            )
        )
    by_hand, beside = st.columns([1.1, 1], gap="large")  # the table is as tall as all the rest
    with by_hand:
        _by_hand(report, loss_unit(config))
    with beside:
        _by_autograd(report)
        _by_optimizer(report, config)
        st.markdown(step_tables.differences(report))
        if measured:
            st.markdown(step_tables.cost(measured))
            st.markdown(step_tables.cost_in_words(measured))


def _by_hand(report: StepReport, unit: str) -> None:
    loss, update = step_tables.number(report.loss), step_tables.pair(report.update_by_hand)
    st.markdown(
        tr(
            "**By hand**: the chain rule, reading by reading. The loss $L$ is {loss} {unit}.",
            loss=loss,
            unit=unit,
        )
    )
    st.markdown(step_tables.by_hand(report))
    st.markdown(tr("Update of $[w, b]$: **{update}**, minus the learning rate times each sum", update=update))


def _by_autograd(report: StepReport) -> None:
    grad, update = step_tables.pair(report.grad_autograd), step_tables.pair(report.update_autograd)
    goes_back = tr(
        "**With autograd**: `loss.backward()` goes back through the graph below and writes to `params.grad`"
    )
    st.markdown(f"{goes_back}\n\n**{grad}**")
    st.markdown(tr("Update of $[w, b]$: **{update}**, minus the learning rate times `.grad`", update=update))


def _by_optimizer(report: StepReport, config: Config) -> None:
    optimizer = tr(OPTIMIZERS[config.optimizer].label)
    st.markdown(tr("**With the optimizer**: {optimizer}, as this run does it.", optimizer=optimizer))
    if any(report.pile):
        pile = step_tables.pair(report.pile)
        st.markdown(tr("Left in `.grad` from before: {pile}", pile=pile))
    if report.leaked:
        leaked = step_tables.pair(report.leaked)
        st.markdown(tr("Added by mistake: the gradient of the validation loss, {leaked}", leaked=leaked))
    applied, update = step_tables.pair(report.applied), step_tables.pair(report.update_optimizer)
    finds = tr("It finds in `params.grad`")
    st.markdown(f"{finds}\n\n**{applied}**")
    st.markdown(step_tables.memory(report))
    if report.refused is None:
        st.markdown(tr("Update of $[w, b]$: **{update}**", update=update))
        if not any(report.update_optimizer):
            st.markdown(tr(STANDS_STILL if OPTIMIZERS[config.optimizer].closure else TOO_SMALL))
    else:
        refused = tr("torch refused the step: “{message}”", message=report.refused)
        explanation = tr(MISTAKES[config.mistake].explanation)
        st.error(f"{refused}\n\n{explanation}")


def draw_graph(picture: str, nodes: tuple[tuple[str, str], ...]) -> None:
    """The autograd graph as torch recorded it, and what each node is."""
    left, right = st.columns([1, 1], gap="medium")
    with left:
        about = tr("The autograd graph, from the loss back to the parameters")
        st.graphviz_chart(picture, width="content", alt=about)
    with right:
        st.markdown(tr("**The graph that backward() goes through**, from the loss to the leaf `params`:"))
        st.markdown(
            "\n".join(tr("- `{name}`: {text}", name=name, text=words) for name, words in dict(nodes).items())
        )
