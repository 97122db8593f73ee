"""The landscape: the loss over (w, b), and the run walking in it."""

from functools import partial

from thermofit.ui import landscape, landscape_actions, landscape_sections, workbench
from thermofit.ui.stage import stage

shape, units = landscape_sections.head()
link, live = workbench.follow("landscape stage")
by_hand = landscape_sections.fits_by_hand()
stage(
    "landscape stage",
    live,
    lambda config, theme: landscape.scene(config, units, "fit", link.speed, theme, shape, by_hand),
    on_click=partial(landscape_actions.start_at, live, units),
    below=landscape_actions.exploded,
)
landscape_sections.more(live)
