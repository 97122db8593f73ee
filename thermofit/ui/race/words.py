"""What is said at the end of a race: one sentence about the winner, one about the bet."""

from collections.abc import Sequence

from thermofit.experiments.standing import Finish, Measure, winners
from thermofit.numbers import count, rate

UNITS: dict[Measure, tuple[str, str]] = {
    "epochs": ("epoch", "epochs"),
    "evaluations": ("gradient evaluation", "gradient evaluations"),
}


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
    one, many = UNITS[by]
    unit = one if number == 1 else many
    return f"{_number(number)} {unit}"


def _number(number: float) -> str:
    """A count, with one decimal where an epoch is not complete."""
    return count(int(number)) if number == int(number) else f"{number:.1f}"


def _faster(winner: Finish, other: Finish, by: Measure) -> str:
    assert winner.reached is not None and other.reached is not None
    if winner.reached == 0:
        there = counted(other.reached, by)
        return f"{winner.name} began within 1 % of the minimum; {other.name} came there in {there}."
    ratio = other.reached / winner.reached
    times = rate(ratio) if ratio < 100 else count(round(ratio))
    first, second = counted(winner.reached, by), _number(other.reached)
    return (
        f"{winner.name} was {times} times as fast as {other.name}: "
        f"it was within 1 % of the minimum after {first}, {other.name} after {second}."
    )


def _alone(winner: Finish, finishes: Sequence[Finish], by: Measure) -> str:
    there = counted(winner.reached or 0, by)
    if len(finishes) == 1:
        return f"{winner.name} was within 1 % of the minimum after {there}."
    return f"Only {winner.name} came within 1 % of the minimum, after {there}."


def _tie(first: Sequence[Finish], finishes: Sequence[Finish], by: Measure) -> str:
    there, names = counted(first[0].reached or 0, by), ", ".join(each.name for each in first)
    if len(first) == len(finishes):
        return f"A tie of all: {names} were within 1 % of the minimum after {there}."
    return f"A tie: {names} were within 1 % of the minimum after {there}, before all others."


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


def bet_outcome(finishes: Sequence[Finish], bet: str, by: Measure = "epochs") -> str:
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
    return _lost(chosen, first[0], by)


def _lost(chosen: Finish, winner: Finish, by: Measure) -> str:
    name, best = chosen.name, winner.name
    if chosen.out_at is not None:
        epoch = _number(chosen.out_at)
        return f"You bet on {name} and lost: it exploded at epoch {epoch}."
    if chosen.reached is not None:
        behind = counted(chosen.reached - (winner.reached or 0), by)
        return f"You bet on {name} and lost: it came {behind} after {best}."
    return f"You bet on {name} and lost: it did not come within 1 % of the minimum."
