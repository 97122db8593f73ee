"""The theory in plain words, with the reader's own numbers: what will happen, and why a run exploded."""

from thermofit.numbers import THIN, apart, count, exact_rate, number, rate, rounded
from thermofit.theory.curvature import Curvature
from thermofit.theory.forecast import LONGEST, Forecast
from thermofit.words import language, together, tr, trn


def limit(forecast: Forecast) -> str:
    """Which rates are stable: "Stable below 3.4e-4 on these inputs …", or why that is unknown."""
    bowl = forecast.curvature
    if bowl is None:
        return tr(forecast.unknown)
    steep, largest, readings = number(bowl.eigenvalues[0]), rate(bowl.largest_rate), forecast.readings
    return tr(
        "Stable below {largest} on these inputs (training readings: {readings}): "
        "the loss bends by {steep} in its steepest direction, "
        "and 2 / {steep} = {largest}.",
        largest=largest,
        readings=readings,
        steep=steep,
    )


def limit_in_short(forecast: Forecast) -> str:
    """The same for somebody who only wants to know which rates work; "" if it is unknown."""
    if forecast.curvature is None:
        return ""
    largest = rate(forecast.curvature.largest_rate)
    return tr("Stable below {largest} on these inputs.", largest=largest)


def valley(forecast: Forecast) -> str:
    """The condition number, as a shape; "" if it is unknown."""
    if forecast.curvature is None:
        return ""
    condition = forecast.curvature.condition
    if condition is None:
        return tr(
            "All training readings are the same, so many lines fit equally well: the valley's floor is level."
        )
    if condition < 1.05:
        return tr("Condition number 1: the loss is a round bowl, equally steep in every direction.")
    ratio, length, readings = number(condition), number(condition**0.5), forecast.readings
    return tr(
        "Condition number {ratio} (training readings: {readings}): "
        "the valley is {length} times as long as wide, "
        "and a rate that suits its walls crawls along its floor.",
        ratio=ratio,
        readings=readings,
        length=length,
    )


def forecast(forecast: Forecast) -> str:
    """How many epochs it will take, or why it won't arrive."""
    lr = exact_rate(forecast.lr)
    if forecast.curvature is None:
        return tr("How many epochs it takes can't be computed in advance for this loss: run it and see.")
    if not forecast.stable:
        return tr("At {lr} plain gradient descent never arrives: the rate is too large.", lr=lr)
    if forecast.fit.exact:
        return tr(
            "A line can pass through every training reading, so the loss shrinks towards 0 without end."
        )
    if forecast.epochs is None:
        return tr("More than {longest} epochs at {lr}: practically never.", longest=count(LONGEST), lr=lr)
    return _arrival(forecast.epochs, lr)


def _arrival(epochs: int, lr: str) -> str:
    if epochs == 0:
        return tr("The start is already within 1 % of the smallest loss.")
    if epochs == 1:
        return tr("1 epoch of plain gradient descent at {lr} to come within 1 % of the smallest loss.", lr=lr)
    about = rounded(epochs, 3)
    return trn(
        "About {n} epoch of plain gradient descent at {lr} to come within 1 % of the smallest loss.",
        "About {n} epochs of plain gradient descent at {lr} to come within 1 % of the smallest loss.",
        round(about),
        n=number(about),
        lr=lr,
    )


def divergence(forecast: Forecast) -> str:
    """Why the rate explodes: which eigenvalue, by what factor, and what to use; "" if it doesn't."""
    bowl, factors = forecast.curvature, forecast.factors
    if bowl is None or factors is None or forecast.stable:
        return ""
    used, largest = apart(forecast.lr, bowl.largest_rate)
    if _read(used) != forecast.lr:  # the numbers are those of the rate itself
        used = exact_rate(forecast.lr)
    safe = rate(bowl.safe_rate)
    cure = tr("Rates below {largest} are stable here: try {safe}.", largest=largest, safe=safe)
    return together(_growth(bowl, used, factors[0]), cure)


def _growth(bowl: Curvature, lr: str, factor: float) -> str:
    """What each step does to the error along the steep direction."""
    steep = number(bowl.eigenvalues[0])
    if factor <= 1.0:
        return tr(
            "Each step at {lr} multiplies the error in the steepest direction (eigenvalue {steep}) "
            "by exactly 1: it jumps from one wall to the other and never comes down.",
            lr=lr,
            steep=steep,
        )
    size = _above_one(factor)
    steep = _eigenvalue(bowl.eigenvalues[0], _read(lr), size)
    return tr(
        "Each step at {lr} multiplies the error in the steepest direction (eigenvalue {steep}) "
        "by |1 - {lr} × {steep}| = {size}: it overshoots the minimum and lands further up.",
        lr=lr,
        steep=steep,
        size=size,
    )


def _eigenvalue(value: float, lr: float, size: str) -> str:
    """λ with as many digits as it takes for |1 - lr λ| to come out as the size that is told."""
    texts = [number(value, digits) for digits in range(3, 10)]
    sizes = (_above_one(abs(1.0 - lr * _read(text))) for text in texts)
    return next((text for text, found in zip(texts, sizes, strict=True) if found == size), texts[-1])


def _above_one(factor: float) -> str:
    """A factor above 1, with enough digits to show that it is, at most nine."""
    digits = 3
    while digits < 9 and float(f"{factor:.{digits}g}") <= 1.0:
        digits += 1
    return number(factor, digits)


def _read(text: str) -> float:
    """The number that was written for the reader, as precise as it was written."""
    return float(text.replace(THIN, "").replace(language().decimal, "."))
