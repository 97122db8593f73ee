"""The Lab: settings at the side, the stage in the middle."""

from functools import partial

from thermofit.ui import controls, inside, landscape_actions, scenes, session
from thermofit.ui.stage import stage

link = controls.link()
config = controls.sidebar()
controls.problems()
live = session.live("lab", config)
if link.play:
    live.start()
controls.publish(config)
inside.warn(config.mistake)
stage(
    "stage",
    live,
    partial(scenes.lab, scenes.without_rate(config), link.speed),
    inside.PANEL,
    below=landscape_actions.exploded,
)
inside.panel(live)
