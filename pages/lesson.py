"""The lesson: eight short chapters, each with a run to play with."""

from thermofit.ui.lesson import page

page.show(page.choose())
