"""The first half of the lesson: the line, its loss, the gradient by hand, and the loop."""

import inspect
from functools import cache

from thermofit import Run, numbers
from thermofit.config.config import Config
from thermofit.config.presets import PRESETS
from thermofit.model.losses import LOSSES
from thermofit.theory import explain
from thermofit.theory.curvature import curvature
from thermofit.theory.forecast import Forecast, forecast
from thermofit.theory.least_squares import least_squares, mse_at
from thermofit.ui.inspector.step_tables import number
from thermofit.ui.lesson.chapter import Chapter, Control, rate_control, section

RAW = PRESETS["raw-inputs"].config
WEIGHT = Control("w0", -1.0, 2.0, 0.05)
BIAS = Control("b0", -40.0, 40.0, 1.0)


def _model_text(run: Run) -> str:
    t_u, t_c = run.t_u[0].item(), run.t_c[0].item()
    w, b = run.config.w0, run.config.b0
    return (
        f"An old thermometer shows a unit that nobody remembers. {len(run.t_u)} times somebody "
        "wrote down its "
        "reading $t_u$ and, beside it, the temperature $t_c$ in °C. The simplest guess is that a "
        "straight line "
        "leads from one to the other. A line has two **parameters**: the **weight** $w$, how steep "
        "it is, and "
        "the **bias** $b$, where it starts. PyTorch keeps both in one tensor, `params`.\n\n"
        f"With $w$ = {number(w)} and $b$ = {number(b)} the first reading, {number(t_u, 4)}, becomes "
        f"$t_p$ = {number(w * t_u + b, 5)} °C. The truth is {number(t_c, 4)} °C. "
        "Learning means nothing else than finding better numbers for $w$ and $b$."
    )


def _model_question(run: Run) -> str:
    return (
        "Be the computer: which start weight and start bias put the line through the middle of the points? "
        "Then press **Play** and see which way the training moves your line."
    )


def _model_answer(run: Run) -> str:
    fit = least_squares(run.t_u, run.t_c)
    w, b = fit.params
    return (
        f"No line does better than $w$ = {number(w, 4)}, $b$ = {number(b, 4)}. It still misses by "
        f"{number(fit.mse**0.5, 3)} °C, typically: the readings are noisy, so no line passes "
        "through all of them."
    )


LOSS_FORMULAS = {
    "mse": (r"\sum_i (t_{p,i} - t_{c,i})^2", r"2\,(t_{p,i} - t_{c,i})"),
    "mae": (r"\sum_i |t_{p,i} - t_{c,i}|", r"\mathrm{sign}(t_{p,i} - t_{c,i})"),
    "huber": (r"\sum_i h(t_{p,i} - t_{c,i})", r"\max(-1, \min(t_{p,i} - t_{c,i}, 1))"),
}


def _loss_formula(config: Config) -> str:
    # A loss that is registered tomorrow has its formula in words, at least.
    if config.loss not in LOSS_FORMULAS:
        return rf"L = \text{{{LOSSES[config.loss].formula}}}"
    value, derivative = (rf"\frac{{1}}{{n}} {part}" for part in LOSS_FORMULAS[config.loss])
    return (
        rf"\begin{{aligned}} L &= {value} \\"
        rf" \frac{{\partial L}}{{\partial t_{{p,i}}}} &= {derivative} \end{{aligned}}"
    )


def _loss_text(run: Run) -> str:
    start, loss = run.history.row(0)["train_loss"], LOSSES[run.config.loss]
    return (
        "To get better, the computer must know how wrong it is, in **one** number. For each "
        "reading the error is "
        "$t_p - t_c$, the length of a stroke from the point to the line (switch on **Residuals** "
        "in the picture). "
        f"The loss makes one number of them all. {loss.help}\n\n"
        f"For the line that you see, the loss is **{number(start)} {loss.unit}**. Beside it belongs its "
        "derivative: how the loss changes when one prediction moves a little. Everything that follows is "
        "built on these two lines of code."
    )


def _loss_code(config: Config) -> str:
    loss = LOSSES[config.loss]
    return "\n\n".join(inspect.getsource(function).rstrip() for function in (loss.value, loss.derivative))


def _loss_question(run: Run) -> str:
    return (
        f"Leave the bias at {number(run.config.b0)} and move only the start weight. "
        "How small can you make the mean squared error?"
    )


def _loss_answer(run: Run) -> str:
    t, t_c = run.data.train_scaled.double(), run.data.train_targets.double()
    b = run.config.b0
    w = ((t * (t_c - b)).sum() / t.square().sum()).item()  # where dL/dw = 0
    return (
        f"Down to {number(mse_at((w, b), t, t_c), 4)} °C², at $w$ = {number(w, 3)}. With the bias "
        "free as well "
        f"it is {number(least_squares(t, t_c).mse, 4)} °C²: the two parameters need each other."
    )


def _gradient_text(run: Run) -> str:
    row = run.history.row(0)
    return (
        "The **gradient** tells, for each parameter, how the loss changes when that parameter "
        "grows. The chain "
        "rule finds it in two links: how the loss depends on each prediction, and how the "
        "prediction depends on "
        "the parameter. $t_p = w \\cdot t + b$ grows by $t$ when $w$ grows by one, and by one when $b$ does. "
        "Multiply the links for every reading, and add up.\n\n"
        f"At the start the gradient is **{number(row['grad_w'], 5)}** for $w$ and "
        f"**{number(row['grad_b'], 5)}** for $b$. The table below shows every number on the way."
    )


def _gradient_question(run: Run) -> str:
    return (
        "The gradient of $w$ is much larger than that of $b$. Why, and what happens to it "
        "when the readings are scaled? Change **Input scaling** and watch the table."
    )


@cache
def _sizes(config: Config) -> tuple[float, float]:
    """How many times the gradient of w is larger than that of b at the start, and the mean reading."""
    run = Run(config)
    row = run.history.row(0)
    return abs(row["grad_w"] / row["grad_b"]), run.data.train_scaled.mean().item()


def _gradient_answer(run: Run) -> str:
    (raw, mean), (scaled, small) = (_sizes(RAW.replace(scaling=name)) for name in ("none", "tenth"))
    return (
        f"Each product for $w$ carries the reading itself, on average {number(mean, 3)}, so the "
        "gradient of $w$ is "
        f"{number(raw, 3)} times that of $b$. With inputs times 0.1 the readings average "
        f"{number(small, 3)}, and "
        f"the two are only {number(scaled, 3)} to one. One learning rate has to suit both: remember this for "
        "the next two chapters."
    )


def _loop_text(run: Run) -> str:
    config = run.config
    return (
        "The gradient points uphill, so take a small step the other way, and do it again. One round through "
        "all readings is an **epoch**; how far to go is the **learning rate** $\\eta$.\n\n"
        f"The run below does this {numbers.count(config.epochs)} times with $\\eta$ = "
        f"{numbers.rate(config.lr)}. "
        "Too small a rate crawls. Too large a rate jumps across the valley and lands higher up on the "
        "other side, where the slope is steeper still: the next jump is longer, and the loss explodes."
    )


def _outlook(run: Run) -> Forecast:
    data, config = run.data, run.config
    return forecast(data.train_scaled, data.train_targets, config.loss, config.lr, (config.w0, config.b0))


def _loop_question(run: Run) -> str:
    return "Which rate is the largest that still converges on raw inputs? Try it."


def _loop_answer(run: Run) -> str:
    bowl = curvature(run.data.train_scaled)
    below, above = run.config.replace(lr=bowl.safe_rate), run.config.replace(lr=1.1 * bowl.largest_rate)
    return (
        f"{explain.limit(_outlook(run))} After {run.config.epochs} epochs at "
        f"{numbers.rate(below.lr)} the loss is "
        f"{number(_last(below), 5)}; at {numbers.rate(above.lr)} it has grown to {number(_last(above), 3)}."
    )


@cache
def _last(config: Config) -> float:
    run = Run(config)
    run.advance(epochs=config.epochs)
    return run.history.row(run.epoch)["train_loss"]


FIRST = (
    Chapter(
        "model",
        "The model",
        RAW,
        lambda config: r"t_p = w \cdot t_u + b",
        _model_text,
        section("Model"),
        _model_question,
        _model_answer,
        (WEIGHT, BIAS),
        speed="10",
    ),
    Chapter(
        "loss",
        "The loss",
        RAW,
        _loss_formula,
        _loss_text,
        _loss_code,
        _loss_question,
        _loss_answer,
        (WEIGHT, Control("loss")),
        speed="10",
    ),
    Chapter(
        "gradient",
        "The gradient by hand",
        RAW,
        lambda config: (
            r"\begin{aligned} \frac{\partial L}{\partial w} &= \sum_i \frac{\partial L}{\partial t_{p,i}}"
            r" \cdot \frac{\partial t_{p,i}}{\partial w}, & \frac{\partial t_{p,i}}{\partial w} &= t_i \\"
            r" \frac{\partial L}{\partial b} &= \sum_i \frac{\partial L}{\partial t_{p,i}}"
            r" \cdot \frac{\partial t_{p,i}}{\partial b}, & \frac{\partial t_{p,i}}{\partial b} &= 1"
            r" \end{aligned}"
        ),
        _gradient_text,
        section("Gradient"),
        _gradient_question,
        _gradient_answer,
        (WEIGHT, Control("scaling")),
        speed="10",
        shows="by hand",
    ),
    Chapter(
        "loop",
        "The loop, and why it explodes",
        RAW,
        lambda config: (
            r"\begin{bmatrix} w \\ b \end{bmatrix} \leftarrow \begin{bmatrix} w \\ b \end{bmatrix}"
            r" - \eta \begin{bmatrix} \partial L / \partial w \\ \partial L / \partial b \end{bmatrix}"
        ),
        _loop_text,
        section("Training loop"),
        _loop_question,
        _loop_answer,
        (rate_control(RAW.lr),),
        speed="10",
    ),
)
