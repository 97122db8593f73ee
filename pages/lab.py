"""The Lab: settings at the side, the stage in the middle."""

from functools import partial

from thermofit.ui import inside, landscape_actions, landscape_switch, workbench
from thermofit.ui.stage import stage

link, live = workbench.follow("stage")
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
