"""What the stage says at the end of a race: who won, and what came of the bet."""

from functools import partial

from thermofit.config.race import Race
from thermofit.config.runner_names import names
from thermofit.experiments.standing import Measure
from thermofit.live.judged_race import JudgedRace
from thermofit.ui.race import words
from thermofit.ui.race.called import called
from thermofit.ui.race.picture import tracks
from thermofit.words import together

PLAIN = ("by-hand", "SGD")  # optimizers that winners are compared with, without settings of their own


def tell(race: Race, live: JudgedRace, bet: str, by: Measure) -> None:
    """Have the race end with words about it, and about the bet on a runner, by its English name."""
    live.tell = partial(_said, race, bet, by)


def _said(race: Race, bet: str, by: Measure, live: JudgedRace) -> str:
    finishes = live.finishes(tracks(race), by)
    on = called(race).get(bet, "")
    said = words.verdict(finishes, plain_runner(race), by), words.bet_outcome(finishes, on, by)
    return together(*said)


def plain_runner(race: Race) -> str:
    """The runner of plain gradient descent, with SGD before the update by hand; "" if none runs."""
    by_optimizer = {
        config.optimizer: name
        for config, name in zip(race.runners, names(race.runners), strict=True)
        if config.optimizer in PLAIN and not config.hyper
    }
    return by_optimizer.get("SGD") or by_optimizer.get("by-hand") or ""
