"""The lesson: eight short chapters, each with a run to play with."""

from thermofit.ui import lesson

lesson.show(lesson.choose())
