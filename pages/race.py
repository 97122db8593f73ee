"""The race: many runs from one start on one playhead, and a bet on who is first."""

from thermofit.ui.controls import quick, sidebar
from thermofit.ui.race import controls, head, outcome, picture
from thermofit.ui.race.follow import follow
from thermofit.ui.scenes.live_stage import stage
from thermofit.ui.state import keys

link, race, live = follow()
units, axis, by = head.head(race)
controls.missing_rates(race)
outcome.tell(race, live, head.bet(), by)
stage(
    keys.RACE_STAGE,
    live,
    lambda _, theme: picture.drawn(race, units, axis, by, link.speed, theme),
)
controls.runners(race)
sidebar.controls()
quick.settings()
controls.search(race)
