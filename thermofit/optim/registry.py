"""Who applies the step: you, by hand, or one of torch's own optimizers.

An optimizer never computes a gradient; it finds one in `params.grad` and decides how far to go. Each entry
says in simple words what it does, which hyperparameters it takes, and what is special about using it on two
scalars.
"""

from typing import Any

from torch import optim

import thermofit.optim.hyperparameters as h
from thermofit.optim.hyperparameters import Hyper
from thermofit.optim.optimizer import Optimizer
from thermofit.optim.stepper import ByHand, Stepper, set_rate, unwrapped, unwrapped_step
from thermofit.words import mark

__all__ = ["OPTIMIZERS", "UNUSABLE", "ByHand", "Hyper", "Optimizer", "Stepper", "set_rate", "unwrapped_step"]

BETAS = {"betas": ("beta1", "beta2")}
# For two parameters, one tensor at a time is faster than torch's batched path and gives the same digits.
ONE_TENSOR = {"foreach": False}


def _lbfgs(params: Any, lr: float, *, strong_wolfe: bool, **keywords: Any) -> optim.Optimizer:
    """torch takes the line search by name, and there is only one name."""
    search = "strong_wolfe" if strong_wolfe else None
    return unwrapped(optim.LBFGS, params, lr, line_search_fn=search, **keywords)


OPTIMIZERS = {
    optimizer.name: optimizer
    for optimizer in (
        Optimizer(
            "by-hand",
            mark("By hand"),
            mark("params -= lr * gradient: plain gradient descent, written out."),
            ByHand,
        ),
        Optimizer(
            "SGD",
            "SGD",
            mark("Plain gradient descent, and with momentum a ball rolling downhill."),
            optim.SGD,
            (h.MOMENTUM, h.DAMPENING, h.WEIGHT_DECAY, h.NESTEROV),
            caveat=mark("Only with a batch size is it stochastic: else every step uses all training rows."),
            fixed_keywords=ONE_TENSOR,
        ),
        Optimizer(
            "Adam",
            "Adam",
            mark("Momentum, and a step length for each parameter: about lr, whatever the slope."),
            optim.Adam,
            (h.BETA1, h.BETA2, h.EPS, h.WEIGHT_DECAY, h.AMSGRAD),
            caveat=mark(
                "Steps of about lr each: a start far from the minimum needs a large rate or patience."
            ),
            tuple_keywords=BETAS,
            fixed_keywords=ONE_TENSOR,
        ),
        Optimizer(
            "AdamW",
            "AdamW",
            mark("Adam with weight decay applied to the parameters directly."),
            optim.AdamW,
            (h.BETA1, h.BETA2, h.EPS, h.WEIGHT_DECAY.but(default=0.01), h.AMSGRAD),
            caveat=mark(
                "Its weight decay is on by default (0.01), so it ends a little beside the best line."
            ),
            tuple_keywords=BETAS,
            fixed_keywords=ONE_TENSOR,
        ),
        Optimizer(
            "Adamax",
            "Adamax",
            mark("Adam that measures slopes by the largest one lately seen."),
            optim.Adamax,
            (h.BETA1, h.BETA2, h.EPS, h.WEIGHT_DECAY),
            tuple_keywords=BETAS,
            fixed_keywords=ONE_TENSOR,
        ),
        Optimizer(
            "NAdam",
            "NAdam",
            mark("Adam with Nesterov's look ahead."),
            optim.NAdam,
            (h.BETA1, h.BETA2, h.EPS, h.WEIGHT_DECAY, h.MOMENTUM_DECAY, h.DECOUPLED),
            tuple_keywords=BETAS,
            fixed_keywords=ONE_TENSOR,
        ),
        Optimizer(
            "RAdam",
            "RAdam",
            mark("Adam that trusts its step lengths only after it has seen enough gradients."),
            optim.RAdam,
            (h.BETA1, h.BETA2, h.EPS, h.WEIGHT_DECAY, h.DECOUPLED),
            caveat=mark(
                "The first few steps are plain momentum, so a rate that suits Adam can jump at the start."
            ),
            tuple_keywords=BETAS,
            fixed_keywords=ONE_TENSOR,
        ),
        Optimizer(
            "SparseAdam",
            "SparseAdam",
            mark("Adam for gradients that are mostly zeros, as of word embeddings."),
            optim.SparseAdam,
            (h.BETA1, h.BETA2, h.EPS),
            caveat=mark("It takes sparse gradients only, so the gradient is turned into a sparse one first."),
            tuple_keywords=BETAS,
            sparse=True,
        ),
        Optimizer(
            "Adagrad",
            "Adagrad",
            mark("Divides by all gradients so far: steps get shorter and shorter."),
            optim.Adagrad,
            (h.LR_DECAY, h.WEIGHT_DECAY, h.START_OF_SUM, h.EPS.but(default=1e-10)),
            caveat=mark("It slows down for ever: try a rate of 1."),
            fixed_keywords=ONE_TENSOR,
        ),
        Optimizer(
            "Adadelta",
            "Adadelta",
            mark("Finds the unit of its steps by itself, from the steps taken lately."),
            optim.Adadelta,
            (h.RHO, h.EPS.but(default=1e-6), h.WEIGHT_DECAY),
            caveat=mark("Made for a rate of 1, and slow to start even then."),
            fixed_keywords=ONE_TENSOR,
        ),
        Optimizer(
            "Adafactor",
            "Adafactor",
            mark("Adam for huge matrices, with little memory; steps grow with the parameters themselves."),
            optim.Adafactor,
            (h.BETA2_DECAY, h.CLIP, h.WEIGHT_DECAY),
            caveat=mark("On two scalars there is no matrix to factor, so it saves no memory here."),
            fixed_keywords=ONE_TENSOR,
            coupled=True,
        ),
        Optimizer(
            "RMSprop",
            "RMSprop",
            mark("Divides each slope by its recent size, so that steep and flat directions move alike."),
            optim.RMSprop,
            (h.ALPHA, h.EPS, h.MOMENTUM, h.WEIGHT_DECAY, h.CENTERED),
            caveat=mark("Steps stay about lr long, so near the minimum it hops by that much."),
            fixed_keywords=ONE_TENSOR,
        ),
        Optimizer(
            "Rprop",
            "Rprop",
            mark(
                "Looks only at the sign of the slope: longer steps while it stays, shorter ones "
                "when it turns."
            ),
            optim.Rprop,
            (h.ETA_MINUS, h.ETA_PLUS),
            caveat=mark(
                "The learning rate is only the length of the first step; changing it later does nothing."
            ),
            on_batches=mark(
                "Rprop trusts the sign of the gradient, which changes by chance from batch to batch."
            ),
            after_start=mark(
                "Rprop uses the learning rate for its first step only: a schedule changes nothing."
            ),
            tuple_keywords={"etas": ("eta_minus", "eta_plus")},
            fixed_keywords=ONE_TENSOR,
        ),
        Optimizer(
            "ASGD",
            "ASGD",
            mark("Gradient descent that also keeps an average of the parameters."),
            optim.ASGD,
            (h.LAMBD, h.POWER, h.T0, h.WEIGHT_DECAY),
            caveat=mark("Shown are the parameters themselves, not their average, which torch keeps aside."),
            fixed_keywords=ONE_TENSOR,
        ),
        Optimizer(
            "LBFGS",
            "LBFGS",
            mark("Guesses the curvature from the last gradients and jumps: a few epochs are enough."),
            _lbfgs,
            (h.MAX_ITER, h.HISTORY_SIZE, h.STRONG_WOLFE),
            caveat=mark(
                "One epoch evaluates loss and gradient several times, through a closure; lr 1 suits it."
            ),
            on_batches=mark(
                "LBFGS guesses the curvature from how the gradient changes from step to step. From "
                "batch to batch it changes by chance."
            ),
            closure=True,
            coupled=True,
        ),
    )
}

UNUSABLE = {
    "Muon": mark("It straightens the update of a weight matrix; w and b are two numbers, not a matrix."),
}
