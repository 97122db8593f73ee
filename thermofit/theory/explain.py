"""The theory in plain English, with the user's own numbers: what will happen, and why it exploded."""

from thermofit.numbers import apart, count, number, rate, rounded
from thermofit.theory.curvature import Curvature
from thermofit.theory.forecast import LONGEST, Forecast


def limit(forecast: Forecast) -> str:
    """Which rates are stable: "Stable below 3.4e-4 on these inputs …", or why nobody can say."""
    bowl = forecast.curvature
    if bowl is None:
        return forecast.unknown
    steep = bowl.eigenvalues[0]
    return (
        f"Stable below {rate(bowl.largest_rate)} on these inputs: the loss bends by "
        f"{number(steep)} in its steepest direction, and 2 / {number(steep)} = {rate(bowl.largest_rate)}."
    )


def valley(forecast: Forecast) -> str:
    """The condition number, as a shape; empty where it is unknown."""
    if forecast.curvature is None:
        return ""
    condition = forecast.curvature.condition
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


def forecast(forecast: Forecast) -> str:
    """How many epochs it will take; where it won't arrive, why."""
    if forecast.curvature is None:
        return "How many epochs it takes can't be computed beforehand for this loss: run it and see."
    if not forecast.stable:
        return f"At {rate(forecast.lr)} plain gradient descent never arrives: the rate is too large."
    if forecast.fit.exact:
        return "A line can pass through every training reading, so the loss shrinks towards 0 without end."
    if forecast.epochs is None:
        return f"More than {count(LONGEST)} epochs at {rate(forecast.lr)}: practically never."
    if forecast.epochs == 0:
        return "The start is already within 1 % of the smallest loss."
    epochs = "1 epoch" if forecast.epochs == 1 else f"About {number(rounded(forecast.epochs, 3))} epochs"
    return (
        f"{epochs} of plain gradient descent at {rate(forecast.lr)} to come within 1 % of the smallest loss."
    )


def divergence(forecast: Forecast) -> str:
    """Why the rate explodes: which eigenvalue, by what factor, and what to use; empty where it doesn't."""
    bowl, factors = forecast.curvature, forecast.factors
    if bowl is None or factors is None or forecast.stable:
        return ""
    used, largest = apart(forecast.lr, bowl.largest_rate)
    cure = f"Rates below {largest} are stable here: try {rate(bowl.safe_rate)}."
    return f"{_growth(bowl, used, factors[0])} {cure}"


def _growth(bowl: Curvature, lr: str, factor: float) -> str:
    """What each step does to the error along the steep direction."""
    steep = number(bowl.eigenvalues[0])
    step = f"Each step at {lr} multiplies the error in the steepest direction (eigenvalue {steep})"
    if factor <= 1.0:
        return f"{step} by exactly 1: it jumps from one wall to the other and never comes down."
    digits = 3
    while digits < 9 and float(f"{factor:.{digits}g}") <= 1.0:
        digits += 1
    size = number(factor, digits)
    return f"{step} by |1 - {lr} × {steep}| = {size}: it overshoots the minimum and lands further up."
