"""What stands above the picture: line-up, bet, what ranks count, and how landscape and losses are drawn."""

import streamlit as st

from thermofit.config.labels import UNITS
from thermofit.config.lineups import LINEUPS
from thermofit.config.race import Race
from thermofit.config.view import Axis, Units
from thermofit.experiments.standing import Measure
from thermofit.ui.controls.one_choice import one_choice
from thermofit.ui.controls.x_axis import x_axis
from thermofit.ui.race.called import called
from thermofit.ui.state import keys, memory, race_address
from thermofit.ui.state.widgets import key, show
from thermofit.words import mark, tr

OWN = "own"  # in the menu of line-ups: runners that are none of them
NO_BET = mark("No bet")
MEASURE_LABELS: dict[Measure, str] = {"epochs": mark("Epochs"), "evaluations": mark("Evaluations")}

# The line that tells who won has its room from the start, so that the pictures stay where they are.
STYLE = """<style>
.tf-stage .tf-status { min-block-size: 3em; }
@media (max-width: 640px) {
  .st-key-race-head { gap: .5rem; }
  [class*="st-key-set-axis"] [data-testid="stButtonGroup"] { display: flex; align-items: center; gap: .5rem; }
  [class*="st-key-set-axis"] label { margin: 0; }
  .st-key-race-head [role="radio"] { min-height: 44px; }
  .tf-stage .tf-status { min-block-size: 4.2em; font-size: 15px; line-height: 1.4; }
}
@media (min-width: 641px) and (max-width: 1000px) { .st-key-race-head .stSelectbox { min-width: 280px; } }
</style>"""


def head(race: Race) -> tuple[Units, Axis, Measure]:
    """Draw it, and return the landscape's units, what losses are drawn over, and what the ranks count."""
    st.html(STYLE)
    with st.container(key=keys.RACE_HEAD, horizontal=True, vertical_alignment="bottom"):
        with st.container(key=keys.RACE_LINEUP):  # the other controls change no run: it plays on
            _lineup(race)
        _bet(race)
        units, by = _units(), _rank_by()  # side by side, they share a line on a phone
        return units, x_axis(), by


def _lineup(race: Race) -> None:
    labels = {OWN: tr("Your own runners")} | {name: tr(each.label) for name, each in LINEUPS.items()}
    show(keys.LINEUP, race_address.lineup() or OWN)
    about = tr("Who runs. All start from the same line.")
    helps = [(tr(each.label), tr(each.help)) for each in LINEUPS.values()]
    each_one = "\n".join(tr("- **{label}**: {text}", label=label, text=text) for label, text in helps)
    st.selectbox(
        tr("Line-up"),
        list(labels),
        format_func=labels.__getitem__,
        key=key(keys.LINEUP),
        on_change=_take_lineup,
        args=(key(keys.LINEUP), race),
        help=f"{about}\n\n{each_one}",
    )


def _take_lineup(menu: str, race: Race) -> None:
    chosen = memory.recall(menu)
    if chosen != OWN and menu == key(keys.LINEUP):  # a menu that has been replaced no longer counts
        race_address.choose(LINEUPS[chosen].race(race.base)[0], chosen)
        memory.remember(keys.work_wanted(keys.FIND_RATES), LINEUPS[chosen].own_rates)


def _bet(race: Race) -> None:
    shown = called(race)
    options = [NO_BET, *shown]
    if memory.recall(key(keys.BET), NO_BET) not in options:
        show(keys.BET, NO_BET)
    st.selectbox(
        tr("Who is within 1 % first?"),
        options,
        format_func=lambda name: shown.get(name) or tr(name),
        key=key(keys.BET),
        persist_state="session",
        help=tr(
            "A bet: which runner's mean squared error is the first within 1 % of the smallest possible one? "
            "Choose it before you press Play. At the end you read who won, and by how much."
        ),
    )


def bet() -> str:
    """The runner that was bet on, by its English name; "" without a bet."""
    chosen: str = memory.recall(key(keys.BET), NO_BET)
    return "" if chosen == NO_BET else chosen


def _units() -> Units:
    return one_choice(
        tr("Units"),
        {name: tr(label) for name, label in UNITS.items()},
        keys.UNITS,
        tr(
            "Of the landscape. As trained: w and b under the scaling of the settings, whatever scaling a "
            "runner has. Original: slope and intercept of the line."
        ),
    )


def _rank_by() -> Measure:
    one_choice(
        tr("Rank by"),
        {measure: tr(label) for measure, label in MEASURE_LABELS.items()},
        keys.RANK_BY,
        tr(
            "What is counted until a runner is within 1 % of the minimum: epochs, or evaluations of the "
            "gradient. LBFGS may evaluate it twenty times in one epoch."
        ),
    )
    return race_address.rank_by()
