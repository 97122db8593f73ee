"""What is said at the end of a race: one sentence about the winner, one about the bet."""

from collections.abc import Sequence

from thermofit.experiments.standing import Finish, winners
from thermofit.numbers import count, rate


def verdict(finishes: Sequence[Finish], plain: str) -> str:
    """Who won, and by how much; `plain` is the runner to compare with where it has arrived."""
    first = winners(finishes)
    if not first:
        return _nobody(finishes)
    if len(first) > 1:
        return _tie(first, finishes)
    (winner,) = first
    others = [each for each in finishes if each.arrived and each is not winner]
    if not others:
        return _alone(winner, finishes)
    named = next((each for each in others if each.name == plain), None)
    other = named or max(others, key=lambda each: each.reached or 0)
    return _faster(winner, other)


def _faster(winner: Finish, other: Finish) -> str:
    assert winner.reached is not None and other.reached is not None
    first, second = count(winner.reached), count(other.reached)
    if winner.reached == 0:
        return f"{winner.name} began within 1 % of the minimum; {other.name} came there in {second} epochs."
    times = rate(other.reached / winner.reached, 2 if other.reached < 100 * winner.reached else 3)
    return (
        f"{winner.name} was {times} times as fast as {other.name}: "
        f"it was within 1 % of the minimum after {first} epochs, {other.name} after {second}."
    )


def _alone(winner: Finish, finishes: Sequence[Finish]) -> str:
    epochs, runners = count(winner.reached or 0), len(finishes)
    if runners == 1:
        return f"{winner.name} was within 1 % of the minimum after {epochs} epochs."
    return f"Only {winner.name} came within 1 % of the minimum, after {epochs} epochs."


def _tie(first: Sequence[Finish], finishes: Sequence[Finish]) -> str:
    epochs, names = count(first[0].reached or 0), ", ".join(each.name for each in first)
    if len(first) == len(finishes):
        return f"A tie of all: {names} were within 1 % of the minimum after {epochs} epochs."
    return f"A tie: {names} were within 1 % of the minimum after {epochs} epochs, before all others."


def _nobody(finishes: Sequence[Finish]) -> str:
    number, runners = sum(each.out_at is not None for each in finishes), len(finishes)
    if number == runners and any(each.failed for each in finishes):
        return "Nobody is left: PyTorch refused a step."
    if number == runners == 1:
        return "The only runner exploded: try a smaller learning rate."
    if number == runners:
        return f"All {runners} runners exploded: try a smaller learning rate."
    if not number:
        return "Nobody came within 1 % of the minimum: try more epochs, or another learning rate."
    return f"Nobody came within 1 % of the minimum, and {number} of {runners} exploded."


def bet_outcome(finishes: Sequence[Finish], bet: str) -> str:
    """What came of the bet on the runner called `bet`; "" without one."""
    chosen = next((each for each in finishes if each.name == bet), None)
    if chosen is None:
        return ""
    first = winners(finishes)
    if not first:
        return f"Nobody won, so your bet on {bet} is returned."
    if chosen in first:
        return (
            f"You bet on {bet} and won."
            if len(first) == 1
            else f"You bet on {bet}, which shares the victory."
        )
    return _lost(chosen, first[0])


def _lost(chosen: Finish, winner: Finish) -> str:
    name, best = chosen.name, winner.name
    if chosen.out_at is not None:
        epoch = count(chosen.out_at)
        return f"You bet on {name} and lost: it exploded at epoch {epoch}."
    if chosen.reached is not None:
        behind = count(chosen.reached - (winner.reached or 0))
        return f"You bet on {name} and lost: it came {behind} epochs after {best}."
    return f"You bet on {name} and lost: it did not come within 1 % of the minimum."
