"""The Lab: settings in the sidebar, the stage in the middle."""

from functools import partial

from thermofit.ui.controls import quick, sidebar
from thermofit.ui.inspector import step_panel
from thermofit.ui.lab import chart_tabs, edits, follow_controls, pin_files, pins, run_actions
from thermofit.ui.scenes.live_stage import stage
from thermofit.ui.state import keys

link, live = follow_controls.follow(keys.LAB_STAGE)
shown = chart_tabs.lab_tabs()
stage(
    keys.LAB_STAGE,
    live,
    lambda config, theme: chart_tabs.lab_scene(config, shown, link.speed, theme, link.pins),
    step_panel.SWITCHES,
    on_click=partial(run_actions.start_at, live, shown.units),
    below=run_actions.exploded,
    on_start=partial(run_actions.start_by_hand, live),
    on_act=partial(pins.act, live),
    on_pin=partial(pins.pin, live),
    on_edit=partial(edits.edit, live),
)
pin_files.offer(live, link.pins)
sidebar.controls()
step_panel.panel(live)
quick.settings()
