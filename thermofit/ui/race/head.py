"""What stands above the picture: the line-up, the bet, the units of the landscape, the x-axis of losses."""

import streamlit as st

from thermofit.config.lineups import LINEUPS
from thermofit.config.race import Race
from thermofit.config.runner_names import names
from thermofit.config.view import Axis, Units
from thermofit.ui.controls.x_axis import x_axis
from thermofit.ui.scenes.landscape import UNITS
from thermofit.ui.state import keys, memory, race_address
from thermofit.ui.state.widgets import key, show

OWN = "own"  # in the menu of line-ups: runners that are none of them
NO_BET = "No bet"


def head(race: Race) -> tuple[Units, Axis]:
    """Draw it, and return the units of the landscape, and what losses are drawn over."""
    with st.container(key=keys.RACE_HEAD):
        who, bet, units, axis = st.columns([2.3, 3.0, 1.9, 2.5], vertical_alignment="bottom")
        with who:
            _lineup(race)
        with bet:
            _bet(race)
        with units:
            shown = _units()
        with axis:
            return shown, x_axis()


def _lineup(race: Race) -> None:
    labels = {OWN: "Your own runners"} | {name: each.label for name, each in LINEUPS.items()}
    show(keys.LINEUP, race_address.lineup() or OWN)
    helps = "\n".join(f"- **{each.label}**: {each.help}" for each in LINEUPS.values())
    st.selectbox(
        "Line-up",
        list(labels),
        format_func=labels.__getitem__,
        key=key(keys.LINEUP),
        on_change=_take_lineup,
        args=(key(keys.LINEUP), race),
        help=f"Who runs. All start from the same line.\n\n{helps}",
    )


def _take_lineup(menu: str, race: Race) -> None:
    chosen = memory.recall(menu)
    if chosen != OWN and menu == key(keys.LINEUP):  # a menu that has been replaced no longer counts
        race_address.choose(LINEUPS[chosen].race(race.base)[0], chosen)


def _bet(race: Race) -> None:
    options = [NO_BET, *names(race.runners)]
    if memory.recall(key(keys.BET), NO_BET) not in options:
        show(keys.BET, NO_BET)
    st.selectbox(
        "Which one comes within 1 % of the minimum first?",
        options,
        key=key(keys.BET),
        persist_state="session",
        help="Choose a runner before you press Play. At the end you read who won, and by how much.",
    )


def bet() -> str:
    """The name of the runner that was bet on; "" without a bet."""
    chosen: str = memory.recall(key(keys.BET), NO_BET)
    return "" if chosen == NO_BET else chosen


def _units() -> Units:
    units: Units | None = st.segmented_control(
        "Units of the landscape",
        list(UNITS),
        format_func=UNITS.__getitem__,
        key=key(keys.UNITS),
        required=True,
        persist_state="session",
        help="As trained: w and b under the scaling of the settings, whatever scaling a runner has. "
        "Original: slope and intercept of the line.",
    )
    return units or "trained"
