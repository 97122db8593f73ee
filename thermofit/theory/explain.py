"""The theory in plain English, with the user's own numbers: what will happen, and why it exploded."""

from thermofit.numbers import apart, count, number, rate
from thermofit.theory.curvature import Curvature
from thermofit.theory.forecast import LONGEST, Outlook


def limit(outlook: Outlook) -> str:
    """Which rates are stable: "Stable below 3.4e-4 on these inputs …", or why nobody can say."""
    bend = outlook.curvature
    if bend is None:
        return outlook.unknown
    steep = bend.eigenvalues[0]
    return (
        f"Stable below {rate(bend.largest_rate)} on these inputs: the loss bends by "
        f"{number(steep)} in its steepest direction, and 2 / {number(steep)} = {rate(bend.largest_rate)}."
    )


def valley(outlook: Outlook) -> str:
    """The condition number, as a shape; empty where it is unknown."""
    if outlook.curvature is None:
        return ""
    condition = outlook.curvature.condition
    if condition is None:
        return (
            "All training readings are the same, so many lines fit equally well: the valley's floor is level."
        )
    if condition < 1.05:
        return "Condition number 1: the loss is a round bowl, equally steep in every direction."
    return (
        f"Condition number {number(condition)}: the valley is {number(condition**0.5)} times as long "
        "as wide, and a rate that suits its walls crawls along its floor."
    )


def forecast(outlook: Outlook) -> str:
    """How many epochs it will take; where it won't arrive, why."""
    if outlook.curvature is None:
        return "How many epochs it takes can't be computed beforehand for this loss: run it and see."
    if not outlook.stable:
        return f"At {rate(outlook.lr)} plain gradient descent never arrives: the rate is too large."
    if outlook.fit.exact:
        return "A line can pass through every training reading, so the loss shrinks towards 0 without end."
    if outlook.epochs is None:
        return f"More than {count(LONGEST)} epochs at {rate(outlook.lr)}: practically never."
    if outlook.epochs == 0:
        return "The start is already within 1 % of the smallest loss."
    epochs = "1 epoch" if outlook.epochs == 1 else f"About {number(float(f'{outlook.epochs:.3g}'))} epochs"
    return (
        f"{epochs} of plain gradient descent at {rate(outlook.lr)} to come within 1 % of the smallest loss."
    )


def divergence(outlook: Outlook) -> str:
    """Why the rate explodes: which eigenvalue, by what factor, and what to use; empty where it doesn't."""
    bend, factors = outlook.curvature, outlook.factors
    if bend is None or factors is None or outlook.stable:
        return ""
    used, largest = apart(outlook.lr, bend.largest_rate)
    cure = f"Rates below {largest} are stable here: try {rate(bend.safe_rate)}."
    return f"{_growth(bend, used, factors[0])} {cure}"


def _growth(bend: Curvature, lr: str, factor: float) -> str:
    """What each step does to the error along the steep direction."""
    steep = number(bend.eigenvalues[0])
    step = f"Each step at {lr} multiplies the error in the steepest direction (eigenvalue {steep})"
    if factor <= 1.0:
        return f"{step} by exactly 1: it jumps from one wall to the other and never comes down."
    digits = 3
    while digits < 9 and float(f"{factor:.{digits}g}") <= 1.0:
        digits += 1
    size = number(factor, digits)
    return f"{step} by |1 - {lr} × {steep}| = {size}: it overshoots the minimum and lands further up."
