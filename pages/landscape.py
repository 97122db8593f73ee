"""The landscape: the loss over (w, b), and the path of the run."""

from functools import partial

import streamlit as st

from thermofit.ui.controls import quick, sidebar
from thermofit.ui.experiments import fit_by_hand, lr_range, menu
from thermofit.ui.lab import follow_controls, pins, run_actions
from thermofit.ui.scenes import landscape, pinned
from thermofit.ui.scenes.kept import kept
from thermofit.ui.scenes.live_stage import stage
from thermofit.ui.state import address, keys

above = st.container()  # what it shows is known once the link is read
link, live = follow_controls.follow(keys.LANDSCAPE_STAGE, address.LANDSCAPE_KEYS)
with above:
    units, shape = menu.head()
by_hand = fit_by_hand.fits_by_hand()
menu.experiment(live)
stage(
    keys.LANDSCAPE_STAGE,
    live,
    lambda config, theme: kept(
        pinned.over_landscape,
        config if link.pins else landscape.as_drawn(config),
        *(link.pins, units, "fit", link.speed, theme, shape, by_hand),
    ),
    on_click=partial(run_actions.start_at, live, units),
    below=run_actions.exploded,
    on_start=partial(run_actions.start_by_hand, live),
    on_act=partial(pins.act, live),
)
fit_by_hand.by_hand()
sidebar.controls()
quick.settings()
lr_range.finish(live)
