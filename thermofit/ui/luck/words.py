"""What the outcomes of all splits mean, in words made from their numbers."""

from collections.abc import Sequence

from thermofit.experiments.split_luck import Outcome
from thermofit.numbers import count, number
from thermofit.words import mark, together, tr, trn

CLICK = mark(
    "Each column is a split: click one to take it to the Lab. In the other chart click a bar: the Lab takes "
    "the split whose loss is nearest to the middle of that bar."
)
NO_READING = mark(
    "**No reading is held back now**, so nothing can judge the line. "
    "Move the slider to one reading or more to see what the choice of readings does."
)
REFUSED = mark("torch refuses the first step of this set-up on every split, so there is nothing to compare.")
ALL_DIVERGED = mark("The run diverges on every split. Take a smaller learning rate in the Lab.")


def arrived(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Those with losses, in the order of their validation losses."""
    fine = [outcome for outcome in outcomes if outcome.val_loss is not None]
    return sorted(fine, key=lambda outcome: (outcome.val_loss, outcome.held_out))


def meaning(outcomes: Sequence[Outcome], seed: int, unit: str) -> str:
    """What was found: how far the splits differ, and where the present one stands."""
    ranked = arrived(outcomes)
    if not ranked:
        return tr(ALL_DIVERGED if any(o.diverged_at is not None for o in outcomes) else REFUSED)
    lost = len(outcomes) - len(ranked)
    sentences = [_spread(ranked, unit), _present(ranked, seed, unit), _lower(ranked)]
    if lost:
        sentences.append(tr("Splits on which the run diverged: {diverged}.", diverged=count(lost)))
    return together(*sentences)


def _spread(ranked: Sequence[Outcome], unit: str) -> str:
    low, high = ranked[0].val_loss or 0.0, ranked[-1].val_loss or 0.0
    places = {"splits": count(len(ranked)), "best": number(low), "worst": number(high), "unit": unit}
    if low <= 0:
        return tr(
            "The same model, judged on {splits} splits: validation losses from {best} to {worst} {unit}.",
            **places,
        )
    readings = len(ranked[0].held_out)
    return trn(
        "The same model, judged by one reading: over {splits} splits the validation loss goes from "
        "{best} to {worst} {unit}, a factor of **{factor}**.",
        "The same model, judged by {n} readings: over {splits} splits the validation loss goes from "
        "{best} to {worst} {unit}, a factor of **{factor}**.",
        readings,
        n=readings,
        factor=number(high / low),
        **places,
    )


def _present(ranked: Sequence[Outcome], seed: int, unit: str) -> str:
    place = next((k for k, outcome in enumerate(ranked) if outcome.seed == seed), None)
    if place is None:
        return tr("On your own split the run diverged.")
    return tr(
        "Your split says {own} {unit}. Splits that would have called this model better: {better}. "
        "Splits that would have called it worse: {worse}.",
        own=number(ranked[place].val_loss or 0.0),
        unit=unit,
        better=count(place),
        worse=count(len(ranked) - place - 1),
    )


def _lower(ranked: Sequence[Outcome]) -> str:
    lucky = sum((o.val_loss or 0.0) < (o.train_loss or 0.0) for o in ranked)
    return tr(
        "In {lucky} of {splits} splits the validation loss is even below the training loss. "
        "So few readings are an unreliable judge: one validation loss says little about a model.",
        lucky=count(lucky),
        splits=count(len(ranked)),
    )
