"""What is said at the end of a race: one sentence about the winner, one about the bet."""

from collections.abc import Sequence

from thermofit.experiments.standing import Finish, Measure, winners
from thermofit.numbers import count, formatted, rate
from thermofit.words import listed, tr, trn

SEVERAL = 2  # things, for the form of a word after a number with decimals


def verdict(finishes: Sequence[Finish], plain: str, by: Measure = "epochs") -> str:
    """Who won, and by how much; `plain` is the runner to compare with where it has arrived."""
    first = winners(finishes)
    if not first:
        return _nobody(finishes)
    if len(first) > 1:
        return _tie(first, finishes, by)
    (winner,) = first
    others = [each for each in finishes if each.arrived and each is not winner]
    if not others:
        return _alone(winner, finishes, by)
    named = next((each for each in others if each.name == plain), None)
    other = named or max(others, key=lambda each: each.reached or 0)
    return _faster(winner, other, by)


def counted(number: float, by: Measure) -> str:
    """1 epoch, 12.3 epochs, or 1 671 gradient evaluations."""
    n, written = int(number) if number == int(number) else SEVERAL, _number(number)
    if by == "epochs":
        return trn("{n} epoch", "{n} epochs", n, n=written)
    return trn("{n} gradient evaluation", "{n} gradient evaluations", n, n=written)


def _number(number: float) -> str:
    """A count, with one decimal where an epoch is not complete."""
    return count(int(number)) if number == int(number) else formatted(number, ".1f")


def _faster(winner: Finish, other: Finish, by: Measure) -> str:
    assert winner.reached is not None and other.reached is not None
    names = {"winner": winner.name, "other": other.name}
    if winner.reached == 0:
        return tr(
            "{winner} began within 1 % of the minimum; {other} came there in {there}.",
            there=counted(other.reached, by),
            **names,
        )
    ratio = other.reached / winner.reached
    return tr(
        "{winner} was {times} times as fast as {other}: "
        "it was within 1 % of the minimum after {first}, {other} after {second}.",
        times=rate(ratio) if ratio < 100 else count(round(ratio)),
        first=counted(winner.reached, by),
        second=_number(other.reached),
        **names,
    )


def _alone(winner: Finish, finishes: Sequence[Finish], by: Measure) -> str:
    name, there = winner.name, counted(winner.reached or 0, by)
    if len(finishes) == 1:
        return tr("{winner} was within 1 % of the minimum after {there}.", winner=name, there=there)
    return tr("Only {winner} came within 1 % of the minimum, after {there}.", winner=name, there=there)


def _tie(first: Sequence[Finish], finishes: Sequence[Finish], by: Measure) -> str:
    there, names = counted(first[0].reached or 0, by), listed(each.name for each in first)
    if len(first) == len(finishes):
        return tr(
            "A tie of all: {names} were within 1 % of the minimum after {there}.", names=names, there=there
        )
    return tr(
        "A tie: {names} were within 1 % of the minimum after {there}, before all others.",
        names=names,
        there=there,
    )


def _nobody(finishes: Sequence[Finish]) -> str:
    number, runners = sum(each.out_at is not None for each in finishes), len(finishes)
    if number == runners and any(each.failed for each in finishes):
        return tr("Nobody is left: PyTorch refused a step.")
    if number == runners:
        return trn(
            "The only runner exploded: try a smaller learning rate.",
            "All {n} runners exploded: try a smaller learning rate.",
            runners,
            n=count(runners),
        )
    if not number:
        return tr("Nobody came within 1 % of the minimum: try more epochs, or another learning rate.")
    return trn(
        "Nobody came within 1 % of the minimum, and {n} of {runners} exploded.",
        "Nobody came within 1 % of the minimum, and {n} of {runners} exploded.",
        number,
        n=count(number),
        runners=count(runners),
    )


def bet_outcome(finishes: Sequence[Finish], bet: str, by: Measure = "epochs") -> str:
    """What came of the bet on the runner called `bet`; "" without one."""
    chosen = next((each for each in finishes if each.name == bet), None)
    if chosen is None:
        return ""
    first = winners(finishes)
    if not first:
        return tr("Nobody won, so your bet on {name} is returned.", name=bet)
    if chosen not in first:
        return _lost(chosen, first[0], by)
    if len(first) == 1:
        return tr("You bet on {name} and won.", name=bet)
    return tr("You bet on {name}, which shares the victory.", name=bet)


def _lost(chosen: Finish, winner: Finish, by: Measure) -> str:
    name = chosen.name
    if chosen.out_at is not None:
        epoch = _number(chosen.out_at)
        return tr("You bet on {name} and lost: it exploded at epoch {epoch}.", name=name, epoch=epoch)
    if chosen.reached is None:
        return tr("You bet on {name} and lost: it did not come within 1 % of the minimum.", name=name)
    return tr(
        "You bet on {name} and lost: it came {behind} after {winner}.",
        name=name,
        behind=counted(chosen.reached - (winner.reached or 0), by),
        winner=winner.name,
    )
