"""What is said beneath the picture: what to do before the race, and at its end who won."""

from collections.abc import Callable

import streamlit as st

from thermofit.config.race import Race
from thermofit.config.runner_names import names
from thermofit.live.judged_race import JudgedRace
from thermofit.ui.race import words
from thermofit.ui.race.head import bet
from thermofit.ui.race.picture import tracks
from thermofit.ui.state.address import plain

PLAIN = ("by-hand", "SGD")  # optimizers that winners are compared with, without settings of their own


def below(race: Race) -> Callable[[JudgedRace], None]:
    """What draws it, for the stage."""
    return lambda live: _say(race, live)


def _say(race: Race, live: JudgedRace) -> None:
    if not live.ended or live.shown < live.runners.epoch:
        chosen = bet()
        waiting = (
            f"Your bet: {chosen}. Press Play; the end tells." if chosen else "Place a bet, then press Play."
        )
        st.markdown(plain(waiting))
        return
    finishes = live.finishes(tracks(race))
    said = [words.verdict(finishes, plain_runner(race)), words.bet_outcome(finishes, bet())]
    st.markdown(f"**{plain(said[0])}** {plain(said[1])}")


def plain_runner(race: Race) -> str:
    """The runner of plain gradient descent, with SGD before the update by hand; "" if none runs."""
    by_optimizer = {
        config.optimizer: name
        for config, name in zip(race.runners, names(race.runners), strict=True)
        if config.optimizer in PLAIN and not config.hyper
    }
    return by_optimizer.get("SGD") or by_optimizer.get("by-hand") or ""
