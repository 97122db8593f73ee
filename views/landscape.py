"""The landscape: the loss over (w, b), and the run walking in it."""

from functools import partial

from thermofit.ui import controls, landscape, landscape_actions, landscape_sections, linked, session
from thermofit.ui.stage import stage

link = linked.link()
shape, units = landscape_sections.head()
config = controls.sidebar()
linked.problems()
live = session.live("lab", config, controls.goes_on())
if link.play:
    live.start()
linked.publish(config)
by_hand = landscape_sections.fits_by_hand()
stage(
    "landscape stage",
    live,
    lambda config, theme: landscape.scene(config, units, "fit", link.speed, theme, shape, by_hand),
    on_click=partial(landscape_actions.start_at, live, units),
    below=landscape_actions.exploded,
)
landscape_sections.more(live)
