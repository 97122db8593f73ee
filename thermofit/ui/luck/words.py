"""What the outcomes of all splits mean, in words made from their numbers."""

from collections.abc import Sequence

from thermofit.experiments.split_luck import Outcome
from thermofit.numbers import count, number

CLICK = (
    "Each column is a split: click one to take it to the Lab. In the other chart click a bar: the Lab takes "
    "the split whose loss is nearest to the middle of that bar."
)
NO_READING = (
    "**No reading is held back now**, so nothing can judge the line. "
    "Move the slider to one reading or more to see what the choice of readings does."
)
REFUSED = "torch refuses the first step of this set-up on every split, so there is nothing to compare."
ALL_DIVERGED = "The run diverges on every split. Take a smaller learning rate in the Lab."


def arrived(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Those with losses, in the order of their validation losses."""
    fine = [outcome for outcome in outcomes if outcome.val_loss is not None]
    return sorted(fine, key=lambda outcome: (outcome.val_loss, outcome.held_out))


def meaning(outcomes: Sequence[Outcome], seed: int, unit: str) -> str:
    """What was found: how far the splits differ, and where the present one stands."""
    ranked = arrived(outcomes)
    if not ranked:
        return ALL_DIVERGED if any(o.diverged_at is not None for o in outcomes) else REFUSED
    lost = len(outcomes) - len(ranked)
    sentences = [_spread(ranked, unit), _present(ranked, seed, unit), _lower(ranked)]
    if lost:
        diverged = count(lost)
        sentences.append(f"Splits on which the run diverged: {diverged}.")
    return " ".join(filter(None, sentences))


def _spread(ranked: Sequence[Outcome], unit: str) -> str:
    low, high = ranked[0].val_loss or 0.0, ranked[-1].val_loss or 0.0
    best, worst, splits, readings = number(low), number(high), count(len(ranked)), len(ranked[0].held_out)
    if low <= 0:
        return f"The same model, judged on {splits} splits: validation losses from {best} to {worst} {unit}."
    factor = number(high / low)
    if readings == 1:
        return (
            f"The same model, judged by one reading: over {splits} splits the validation loss goes from "
            f"{best} to {worst} {unit}, a factor of **{factor}**."
        )
    return (
        f"The same model, judged by {readings} readings: over {splits} splits the validation loss goes from "
        f"{best} to {worst} {unit}, a factor of **{factor}**."
    )


def _present(ranked: Sequence[Outcome], seed: int, unit: str) -> str:
    place = next((k for k, outcome in enumerate(ranked) if outcome.seed == seed), None)
    if place is None:
        return "On your own split the run diverged."
    own, better, worse = number(ranked[place].val_loss or 0.0), count(place), count(len(ranked) - place - 1)
    return (
        f"Your split says {own} {unit}. Splits that would have called this model better: {better}. "
        f"Splits that would have called it worse: {worse}."
    )


def _lower(ranked: Sequence[Outcome]) -> str:
    lucky = count(sum((o.val_loss or 0.0) < (o.train_loss or 0.0) for o in ranked))
    splits = count(len(ranked))
    return (
        f"In {lucky} of {splits} splits the validation loss is even below the training loss. "
        "So few readings are an unreliable judge: one validation loss says little about a model."
    )
