"""The Lab: settings at the side, the stage in the middle."""

from functools import partial

from thermofit.ui import controls, inside, landscape_actions, landscape_switch, session
from thermofit.ui.stage import stage

link = controls.link()
config = controls.sidebar()
controls.problems()
live = session.live("lab", config)
if link.play:
    live.start()
controls.publish(config)
inside.warn(config.mistake)
shown = landscape_switch.lab_tabs()
stage(
    "stage",
    live,
    lambda config, theme: landscape_switch.lab_scene(config, shown, link.speed, theme),
    inside.PANEL,
    on_click=partial(landscape_actions.start_at, live, shown.units),
    below=landscape_actions.exploded,
)
inside.panel(live)
