"""The race's part of the address: who runs, and what the ranks count."""

from functools import partial

import streamlit as st

from thermofit.config import race
from thermofit.config.config import Config
from thermofit.config.lineups import LINEUPS, USUAL
from thermofit.config.link import KEYS, Reader
from thermofit.config.race import Race
from thermofit.errors import Problem, check_choice
from thermofit.experiments.standing import MEASURES, Measure
from thermofit.ui.state import address, keys
from thermofit.ui.state.widgets import key, show

LINK_KEYS = KEYS - {"chart", "shape"}  # of the set-up and the view, those that this page reads
NAMES = LINK_KEYS | address.RACE_KEYS


def follow(base: Config) -> Race:
    """The race that the session shows, on this base; a new address is read first."""
    state = st.session_state
    news = {name: values for name, values in address.own(NAMES).items() if name in address.RACE_KEYS}
    if news or keys.RACE not in state:
        found, lineup, by, problems = _read(news, base)
        choose(found, lineup)
        show(keys.RANK_BY, by)
    else:
        found, lineup, problems = _rebased(base)
        state[keys.RACE] = found, lineup
    state[keys.PROBLEMS] = [*state.get(keys.PROBLEMS, []), *problems]
    return found


def choose(found: Race, lineup: str | None = None) -> None:
    """Have these runners race, as the line-up of that name if they are one."""
    st.session_state[keys.RACE] = found, lineup if lineup and LINEUPS[lineup].has(found) else None


def lineup() -> str | None:
    """The line-up that runs; None for runners of one's own."""
    name: str | None = st.session_state[keys.RACE][1]
    return name


def rank_by() -> Measure:
    """What the ranks count."""
    by: Measure = st.session_state.get(key(keys.RANK_BY)) or "epochs"
    return by


def _read(news: address.Query, base: Config) -> tuple[Race, str | None, Measure, list[Problem]]:
    reader = Reader(news)
    named = reader.take("rank_by", partial(check_choice, "rank_by", choices=MEASURES))
    by: Measure = "evaluations" if named == "evaluations" else "epochs"
    name = reader.take("lineup", partial(check_choice, "lineup", choices=tuple(LINEUPS)))
    own, problems = race.read(news, base)
    if own:
        return own, name, by, [*reader.problems, *problems]
    found, more = LINEUPS[name or USUAL].race(base)
    return found, name or USUAL, by, [*reader.problems, *problems, *more]


def _rebased(base: Config) -> tuple[Race, str | None, list[Problem]]:
    """The race in hand under another base: a line-up is drawn up again, and keeps rates that were found."""
    before: Race
    before, name = st.session_state[keys.RACE]
    if before.base == base:
        return before, name, []
    anew = name and not LINEUPS[name].own_rates
    found, problems = LINEUPS[name].race(base) if anew and name else race.rebased(before, base)
    if not found.runners:  # the new base allows none of them
        found, name = Race(base, (base,)), None
    return found, name, problems


def publish(base: Config, found: Race) -> None:
    """Write set-up and runners into the address. Rates that were found are written out: see `config.race`."""
    name = lineup()
    more = {"lineup": [name]} if name else {}
    if name is None or LINEUPS[name].own_rates:
        more["runners"] = [race.write(found)]
    if (by := rank_by()) != "epochs":
        more["rank_by"] = [by]
    address.publish(base, NAMES, more)
