"""The Lab: settings at the side, the stage in the middle."""

from functools import partial

from thermofit.ui import controls, inside, landscape_actions, landscape_switch, linked, session
from thermofit.ui.stage import stage

link = linked.link()
config = controls.sidebar()
linked.problems()
live = session.live("lab", config, controls.goes_on())
if link.play:
    live.start()
linked.publish(config)
inside.warn(config.mistake, *live.mistakes)
shown = landscape_switch.lab_tabs()
stage(
    "stage",
    live,
    lambda config, theme: landscape_switch.lab_scene(config, shown, link.speed, theme),
    inside.SWITCHES,
    on_click=partial(landscape_actions.start_at, live, shown.units),
    below=landscape_actions.exploded,
)
inside.panel(live)
