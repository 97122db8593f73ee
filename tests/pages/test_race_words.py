"""What is said at the end of a race: each ending of it, in whole sentences."""

import pytest

from thermofit.experiments.standing import Finish
from thermofit.ui.race.words import bet_outcome, verdict

FAST, SLOW, PLAIN = Finish(10, None, "Fast"), Finish(420, None, "Slow"), Finish(42, None, "SGD")
NEVER, WILD = Finish(None, None, "Never"), Finish(None, 1003, "Wild")


@pytest.mark.parametrize(
    ("finishes", "expected"),
    [
        ([SLOW, PLAIN, FAST], "Fast was 4.2 times as fast as SGD: it was within 1 % of the minimum after 10"),
        ([SLOW, FAST], "Fast was 42 times as fast as Slow"),
        ([Finish(1, None, "Leap"), Finish(1671, None, "SGD")], "Leap was 1\u202f671 times as fast as SGD"),
        ([Finish(1, None, "Leap"), PLAIN], "the minimum after 1 epoch, SGD after 42."),
        ([Finish(0, None, "There"), PLAIN], "There began within 1 % of the minimum; SGD came there in 42 "),
        ([FAST, NEVER, WILD], "Only Fast came within 1 % of the minimum, after 10 epochs."),
        ([FAST], "Fast was within 1 % of the minimum after 10 epochs."),
        ([FAST, Finish(10, None, "Twin")], "A tie of all: Fast, Twin were within"),
        ([FAST, Finish(10, None, "Twin"), SLOW], "A tie: Fast, Twin were within"),
        ([NEVER], "Nobody came within 1 % of the minimum: try more epochs"),
        ([NEVER, WILD], "Nobody came within 1 % of the minimum, and 1 of 2 exploded."),
        ([WILD], "The only runner exploded"),
        ([WILD, Finish(3, 7, "Early")], "All 2 runners exploded"),
        ([Finish(None, 1, "Stuck", failed=True)], "PyTorch refused a step"),
    ],
)
def test_every_ending_has_its_sentence(finishes: list[Finish], expected: str) -> None:
    said = verdict(finishes, "SGD")
    assert expected in said and said.endswith(".")


@pytest.mark.parametrize(
    ("bet", "expected"),
    [
        ("", ""),
        ("gone", ""),
        ("Fast", "You bet on Fast and won."),
        ("SGD", "You bet on SGD and lost: it came 32 epochs after Fast."),
        ("Never", "You bet on Never and lost: it did not come within 1 % of the minimum."),
        ("Wild", "You bet on Wild and lost: it exploded at epoch 1\u202f003."),
    ],
)
def test_every_bet_has_its_outcome(bet: str, expected: str) -> None:
    assert bet_outcome([SLOW, PLAIN, NEVER, WILD, FAST], bet) == expected


def test_a_bet_may_be_shared_or_returned() -> None:
    both = [FAST, Finish(10, None, "Twin")]
    assert bet_outcome(both, "Twin") == "You bet on Twin, which shares the victory."
    assert bet_outcome([NEVER, WILD], "Wild") == "Nobody won, so your bet on Wild is returned."


def test_who_arrived_and_exploded_later_has_not_won() -> None:
    assert verdict([Finish(3, 30, "Early"), FAST], "").startswith("Only Fast")


def test_evaluations_are_called_by_their_name() -> None:
    said = verdict([FAST, PLAIN], "SGD", "evaluations")
    assert "after 10 gradient evaluations, SGD after 42." in said
    assert "it came 32 gradient evaluations after Fast" in bet_outcome([FAST, PLAIN], "SGD", "evaluations")
