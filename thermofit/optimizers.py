"""Who applies the step: you, by hand, or one of torch's own optimizers.

An optimizer never computes a gradient; it finds one in `params.grad` and decides how far to go.
Each entry says, in a beginner's words, what it does, which numbers it takes, and what is peculiar
about using it on two scalars.
"""

from typing import Any

from torch import optim

from thermofit.hyper import (
    ALMOST_ONE,
    BETA1,
    BETA2,
    DAMPENING,
    DECOUPLED,
    EPS,
    MOMENTUM,
    NESTEROV,
    WEIGHT_DECAY,
    Hyper,
    switch,
)
from thermofit.stepper import ByHand, Optimizer, Stepper, bare_step, set_rate

__all__ = ["OPTIMIZERS", "UNUSABLE", "ByHand", "Hyper", "Optimizer", "Stepper", "bare_step", "set_rate"]

BETAS = {"betas": ("beta1", "beta2")}
# For two numbers, one tensor at a time is faster than torch's batched path, with the same digits.
ONE_TENSOR = {"foreach": False}


def _lbfgs(params: Any, lr: float, *, strong_wolfe: bool, **keywords: Any) -> optim.LBFGS:
    """torch asks for the line search by name; there is only one name to give."""
    return optim.LBFGS(params, lr, line_search_fn="strong_wolfe" if strong_wolfe else None, **keywords)


OPTIMIZERS = {
    optimizer.name: optimizer
    for optimizer in (
        Optimizer(
            "by-hand",
            "By hand",
            "params -= lr * gradient: plain gradient descent, written out.",
            ByHand,
        ),
        Optimizer(
            "SGD",
            "SGD",
            "Plain gradient descent, and with momentum a ball rolling downhill.",
            optim.SGD,
            (MOMENTUM, DAMPENING, WEIGHT_DECAY, NESTEROV),
            caveat="Every step uses all training rows, so there is nothing stochastic about it here.",
            always=ONE_TENSOR,
        ),
        Optimizer(
            "Adam",
            "Adam",
            "Momentum, and a step length for each parameter: about lr, whatever the slope.",
            optim.Adam,
            (
                BETA1,
                BETA2,
                EPS,
                WEIGHT_DECAY,
                switch("amsgrad", "AMSGrad", "Never let a step length grow again."),
            ),
            caveat="Steps of about lr each: a start far from the minimum needs a large rate or patience.",
            pairs=BETAS,
            always=ONE_TENSOR,
        ),
        Optimizer(
            "AdamW",
            "AdamW",
            "Adam with weight decay applied to the parameters directly.",
            optim.AdamW,
            (
                BETA1,
                BETA2,
                EPS,
                WEIGHT_DECAY.but(default=0.01),
                switch("amsgrad", "AMSGrad", "Never let a step length grow again."),
            ),
            caveat="Its weight decay is on by default (0.01), so it ends a little beside the best line.",
            pairs=BETAS,
            always=ONE_TENSOR,
        ),
        Optimizer(
            "Adamax",
            "Adamax",
            "Adam that measures slopes by the largest one lately seen.",
            optim.Adamax,
            (BETA1, BETA2, EPS, WEIGHT_DECAY),
            pairs=BETAS,
            always=ONE_TENSOR,
        ),
        Optimizer(
            "NAdam",
            "NAdam",
            "Adam with Nesterov's look ahead.",
            optim.NAdam,
            (
                BETA1,
                BETA2,
                EPS,
                WEIGHT_DECAY,
                Hyper("momentum_decay", "Momentum decay", "How fast the momentum warms up.", default=0.004),
                DECOUPLED,
            ),
            pairs=BETAS,
            always=ONE_TENSOR,
        ),
        Optimizer(
            "RAdam",
            "RAdam",
            "Adam that trusts its step lengths only after it has seen enough gradients.",
            optim.RAdam,
            (BETA1, BETA2, EPS, WEIGHT_DECAY, DECOUPLED),
            caveat="The first few steps are plain momentum, so a rate that suits Adam can jump at the start.",
            pairs=BETAS,
            always=ONE_TENSOR,
        ),
        Optimizer(
            "SparseAdam",
            "SparseAdam",
            "Adam for gradients that are mostly zeros, as of word embeddings.",
            optim.SparseAdam,
            (BETA1, BETA2, EPS),
            caveat="It takes sparse gradients only, so the gradient is turned into a sparse one first.",
            pairs=BETAS,
            sparse=True,
        ),
        Optimizer(
            "Adagrad",
            "Adagrad",
            "Divides by all gradients so far: steps get shorter and shorter.",
            optim.Adagrad,
            (
                Hyper("lr_decay", "Rate decay", "How fast the learning rate itself shrinks.", default=0.0),
                WEIGHT_DECAY,
                Hyper(
                    "initial_accumulator_value",
                    "Start of the sum",
                    "What the sum of squared gradients starts with: more makes the first steps shorter.",
                    default=0.0,
                    maximum=1000.0,
                ),
                EPS.but(default=1e-10),
            ),
            caveat="It slows down for ever: try a rate of 1.",
            always=ONE_TENSOR,
        ),
        Optimizer(
            "Adadelta",
            "Adadelta",
            "Finds the unit of its steps by itself, from the steps taken lately.",
            optim.Adadelta,
            (
                Hyper(
                    "rho", "Rho", "Memory of squared gradients and steps.", default=0.9, maximum=ALMOST_ONE
                ),
                EPS.but(default=1e-6),
                WEIGHT_DECAY,
            ),
            caveat="Made for a rate of 1, and slow to start even then.",
            always=ONE_TENSOR,
        ),
        Optimizer(
            "Adafactor",
            "Adafactor",
            "Adam for huge matrices, with little memory; steps grow with the parameters themselves.",
            optim.Adafactor,
            (
                Hyper(
                    "beta2_decay",
                    "Beta 2 decay",
                    "How fast the memory of squared gradients grows with the epochs.",
                    default=-0.8,
                    minimum=-2.0,
                    maximum=0.0,
                ),
                Hyper(
                    "d", "Clip", "Longest update, before the rate.", default=1.0, minimum=1.0, maximum=100.0
                ),
                WEIGHT_DECAY,
            ),
            caveat="On two scalars there is no matrix to factor, so it saves no memory here.",
            always=ONE_TENSOR,
        ),
        Optimizer(
            "RMSprop",
            "RMSprop",
            "Divides each slope by its recent size, so that steep and flat directions move alike.",
            optim.RMSprop,
            (
                Hyper("alpha", "Alpha", "Memory of the squared gradient.", default=0.99, maximum=ALMOST_ONE),
                EPS,
                MOMENTUM,
                WEIGHT_DECAY,
                switch("centered", "Centered", "Subtract the average gradient before measuring its size."),
            ),
            caveat="Steps stay about lr long, so near the minimum it hops by that much.",
            always=ONE_TENSOR,
        ),
        Optimizer(
            "Rprop",
            "Rprop",
            "Looks only at the sign of the slope: longer steps while it stays, shorter ones when it turns.",
            optim.Rprop,
            (
                Hyper(
                    "eta_minus",
                    "Eta minus",
                    "Step length is multiplied by this when the slope turns.",
                    default=0.5,
                    minimum=0.01,
                    maximum=0.99,
                ),
                Hyper(
                    "eta_plus",
                    "Eta plus",
                    "Step length is multiplied by this while the slope stays.",
                    default=1.2,
                    minimum=1.01,
                    maximum=5.0,
                ),
            ),
            caveat="The learning rate is only the length of the first step; changing it later does nothing.",
            pairs={"etas": ("eta_minus", "eta_plus")},
            always=ONE_TENSOR,
        ),
        Optimizer(
            "ASGD",
            "ASGD",
            "Gradient descent that also keeps an average of the parameters.",
            optim.ASGD,
            (
                Hyper("lambd", "Lambda", "Decay of parameters and rate.", default=1e-4),
                Hyper("alpha", "Alpha", "How fast the rate decays.", default=0.75),
                Hyper(
                    "t0",
                    "Averaging starts at",
                    "Epoch from which the parameters are averaged.",
                    default=1e6,
                    maximum=1e6,
                ),
                WEIGHT_DECAY,
            ),
            caveat="Shown are the parameters themselves, not their average, which torch keeps aside.",
            always=ONE_TENSOR,
        ),
        Optimizer(
            "LBFGS",
            "LBFGS",
            "Guesses the curvature from the last gradients and jumps: a few epochs are enough.",
            _lbfgs,
            (
                Hyper(
                    "max_iter", "Iterations", "Steps within an epoch.", 20, minimum=1, maximum=100, kind="int"
                ),
                Hyper(
                    "history_size", "Memory", "Gradients remembered.", 100, minimum=1, maximum=100, kind="int"
                ),
                switch(
                    "strong_wolfe", "Line search", "Search along each step for a good length (strong Wolfe)."
                ),
            ),
            caveat="One epoch evaluates loss and gradient several times, through a closure; lr 1 suits it.",
            closure=True,
        ),
    )
}

UNUSABLE = {
    "Muon": "It straightens the update of a weight matrix; w and b are two numbers, not a matrix.",
}
