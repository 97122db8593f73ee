"""The second half of the lesson: scaling, autograd, optimizers, and readings that only judge."""

import inspect
from functools import cache

import torch

from thermofit import Run, Status, numbers
from thermofit.config.config import Config
from thermofit.config.presets import PRESETS
from thermofit.config.settings import SETTINGS
from thermofit.data.preparation import prepare
from thermofit.data.scaling import SCALINGS
from thermofit.inspection.step import inspect_step
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.line import design_matrix
from thermofit.optim.registry import OPTIMIZERS
from thermofit.theory.curvature import curvature
from thermofit.theory.least_squares import closed_form, mse_at
from thermofit.ui.inspector.step_tables import number, pair, table
from thermofit.ui.lesson.chapter import Chapter, Control, rate_control, section
from thermofit.ui.lesson.shown_code import forward, validate

AUTOGRAD = PRESETS["scaled-autograd"].config
ADAM = PRESETS["adam-raw"].config
SPLIT = PRESETS["train-validation"].config
SEEDS = 100  # splits that the last answer looks at
RACE = 300  # epochs that each optimizer has in the seventh answer


def _scaling_text(run: Run) -> str:
    bowl, scaling = curvature(run.data.train_scaled), SCALINGS[run.config.scaling]
    return (
        "Seen from above, the loss is a valley. On raw readings it is a gorge: steep across, "
        "almost level along. "
        "A rate that is safe for the walls is far too small for the floor, where $b$ has its way "
        "to go. Nobody "
        "forces us to train on the thermometer's own unit: **change the unit of the inputs**, and the "
        "valley becomes rounder. The line is drawn in the original units all the same.\n\n"
        f"With the scaling **{scaling.label}**, {numbers.rate(bowl.largest_rate)} is the largest stable "
        f"rate, and the condition number is {numbers.number(bowl.condition or 0.0)} (1 is a round bowl)."
    )


def _scaling_code(config: Config) -> str:
    return section("Scaling")(config) or inspect.getsource(SCALINGS[config.scaling].fit).rstrip()


def _scaling_question(run: Run) -> str:
    return (
        "Which scaling makes the valley a round bowl? Choose it, raise the rate, "
        "and see how few epochs it takes."
    )


def _scaling_answer(run: Run) -> str:
    t_u = run.data.train_inputs
    bends = {entry.label: curvature(entry.fit(t_u).apply(t_u)) for entry in SCALINGS.values()}
    rows = [
        (
            label,
            numbers.number(bowl.condition or 0.0),
            numbers.rate(bowl.largest_rate),
            numbers.rate(bowl.fastest_rate),
        )
        for label, bowl in bends.items()
    ]
    return table(("scaling", "condition number", "largest stable rate", "fastest rate"), rows)


def _autograd_text(run: Run) -> str:
    report = inspect_step(run, 0)
    apart = report.differences["gradient: by hand and autograd"]
    return (
        "With `requires_grad=True` PyTorch **records** every operation on `params` as a graph. "
        "`loss.backward()` "
        "walks it from the loss to the parameters, multiplying slopes, and leaves the result in "
        "`params.grad`: "
        "the chain rule, without a formula of ours. At the start it finds "
        f"{pair(report.grad_autograd)}; by hand it was {pair(report.grad_by_hand)}, "
        f"a difference of {number(apart, 2)}.\n\n"
        "Two things to know. backward() **adds** to `.grad`, so empty it in every epoch. And the "
        "update itself "
        "is no part of the model, so it happens under `torch.no_grad()`."
    )


def _autograd_question(run: Run) -> str:
    mistake = MISTAKES["no-zero-grad"].label
    return f"Choose the mistake **{mistake}** and press Play. What does the third step find in `.grad`?"


@cache
def _piled(config: Config) -> tuple[str, str]:
    """What lies in .grad before the third backward(), and after it."""
    run = Run(config.replace(gradient="autograd", mistake="no-zero-grad"))
    run.advance(epochs=2)
    report = inspect_step(run, 2)
    return pair(report.pile), pair(report.applied)


def _autograd_answer(run: Run) -> str:
    pile, applied = _piled(run.config)
    return (
        f"Before backward() there is already {pile}, the sum of the first two gradients; afterwards it is "
        f"{applied}. {MISTAKES['no-zero-grad'].explanation}"
    )


def _optimizer_text(run: Run) -> str:
    entry = OPTIMIZERS[run.config.optimizer]
    return (
        "backward() only *makes* gradients. Who **applies** them is another question: an **optimizer** takes "
        "`.grad` and moves the parameters by its own rule. Plain descent needs no memory; others remember "
        "earlier gradients to keep their speed, or to give each parameter a step length of its own.\n\n"
        f"**{entry.label}**: {entry.help} {entry.caveat}\n\nThe readings are raw here, "
        "the inputs on which plain descent could only crawl."
    )


def _optimizer_question(run: Run) -> str:
    return (
        f"At this rate, {numbers.rate(ADAM.lr)}, on raw readings: which optimizers find a good line "
        f"within {RACE} epochs, and which explode? Try SGD first."
    )


@cache
def _race(lr: float) -> str:
    runs = {name: Run(ADAM.replace(optimizer=name, lr=lr, epochs=RACE)) for name in OPTIMIZERS}
    for run in runs.values():
        run.advance(epochs=RACE)
    ranked = sorted(runs, key=lambda name: (runs[name].status is Status.DIVERGED, _loss(runs[name])))
    return table(
        ("optimizer", "outcome"), [(OPTIMIZERS[name].label, _outcome(runs[name])) for name in ranked]
    )


def _loss(run: Run) -> float:
    return run.history.row(run.epoch)["train_loss"]


def _outcome(run: Run) -> str:
    if run.status is Status.DIVERGED:
        return f"diverged at epoch {run.diverged_at}"
    return f"loss {number(_loss(run), 4)}"


def _optimizer_answer(run: Run) -> str:
    return f"After {RACE} epochs at {numbers.rate(ADAM.lr)}:\n\n{_race(ADAM.lr)}"


def _split_text(run: Run) -> str:
    data, leaf = run.data, run.loop.params.detach().clone().requires_grad_()
    if not len(data.val_scaled):
        return "No reading is held back now, so nobody can judge. Raise the validation share."
    design = design_matrix(data.val_scaled)
    tracked = forward(leaf, design, data.val_targets, is_train=True).requires_grad
    judged = forward(leaf, design, data.val_targets, is_train=False).requires_grad
    with_no_grad = validate(leaf, design, data.val_targets).requires_grad
    return (
        f"A line that has seen all readings can't be judged by them. So {len(data.val_scaled)} of "
        f"{len(run.t_u)} "
        "shuffled readings are **held back**: they never train, they only judge. Their loss is the "
        "**validation loss**. Where it rises while the training loss falls, the model learns by heart.\n\n"
        "Nobody calls backward() on it, so it needs no graph. Under `torch.no_grad()` "
        f"`val_loss.requires_grad` is `{with_no_grad}`. `set_grad_enabled(is_train)` lets one "
        "forward function serve "
        f"both: `{tracked}` for training, `{judged}` for validation."
    )


def _split_code(config: Config) -> str:
    shown = "\n\n".join(inspect.getsource(function).rstrip() for function in (validate, forward))
    return f"{section('Split')(config)}\n\n{shown}".lstrip()


def _split_question(run: Run) -> str:
    return (
        "Press Play and read the two curves. Is the validation loss lower than the training loss, "
        "and does that mean the line is better on new readings? Try other split seeds."
    )


@cache
def _lucky(share: float) -> int:
    """In how many of the first SEEDS splits the finished line has the lower loss on the held-out rows."""
    dataset = Run(SPLIT).dataset
    lucky = 0
    for seed in range(SEEDS):
        data = prepare(dataset, share, seed, SCALINGS["none"])
        best = closed_form(data.train_inputs, data.train_targets)
        line = best.slope, best.intercept
        held_out = mse_at(line, data.val_inputs, data.val_targets)
        lucky += held_out < mse_at(line, data.train_inputs, data.train_targets)
    return lucky


def _split_answer(run: Run) -> str:
    row = _finished(SPLIT)
    return (
        f"With seed {SPLIT.split_seed} the run ends at a training loss of "
        f"{number(row['train_loss'], 5)} and a "
        f"validation loss of {number(row['val_loss'], 5)}: the held-back readings happen to lie "
        "close to the line. "
        f"Of the splits with the seeds 0 to {SEEDS - 1} only {_lucky(SPLIT.val)} are that lucky. "
        "Few readings "
        "judge unreliably; the expected validation loss is the higher one."
    )


@cache
def _finished(config: Config) -> dict[str, float]:
    run = Run(config)
    run.advance(epochs=config.epochs)
    assert torch.isfinite(run.loop.params).all()
    return run.history.row(run.epoch)


SECOND = (
    Chapter(
        "scaling",
        "Scaling the inputs",
        PRESETS["scaled-by-hand"].config,
        lambda config: (
            rf"t_{{un}} = \text{{{SCALINGS[config.scaling].formula}}} \qquad t_p = w \cdot t_{{un}} + b"
        ),
        _scaling_text,
        _scaling_code,
        _scaling_question,
        _scaling_answer,
        (Control("scaling"), rate_control(PRESETS["scaled-by-hand"].config.lr)),
        speed="1000",
    ),
    Chapter(
        "autograd",
        "Autograd",
        AUTOGRAD,
        lambda config: (
            r"\texttt{params.grad} \mathrel{+}= \begin{bmatrix} \partial L / \partial w"
            r" \\ \partial L / \partial b \end{bmatrix}"
        ),
        _autograd_text,
        section("Training loop"),
        _autograd_question,
        _autograd_answer,
        (Control("gradient"), Control("mistake", options=("none", "no-zero-grad"))),
        speed="1000",
        shows="graph",
    ),
    Chapter(
        "optimizers",
        "Optimizers",
        ADAM,
        lambda config: (
            r"\begin{bmatrix} w \\ b \end{bmatrix} \leftarrow \texttt{optimizer.step}"
            r"\left(\begin{bmatrix} w \\ b \end{bmatrix}, \texttt{.grad}, \text{memory}\right)"
        ),
        _optimizer_text,
        section("Training loop"),
        _optimizer_question,
        _optimizer_answer,
        (Control("optimizer"), rate_control(ADAM.lr)),
        speed="1000",
        shows="memory",
    ),
    Chapter(
        "validation",
        "Training and validation",
        SPLIT,
        lambda config: r"L_{val} = \frac{1}{n_{val}} \sum_{i \in val} (w \cdot t_{un,i} + b - t_{c,i})^2",
        _split_text,
        _split_code,
        _split_question,
        _split_answer,
        (
            Control("split_seed", SETTINGS["split_seed"].minimum, SEEDS - 1, 1),
            Control("val", SETTINGS["val"].minimum, SETTINGS["val"].maximum, 0.1),
        ),
        speed="1000",
        shows="printed",
    ),
)
