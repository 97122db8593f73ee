"""The lesson: eight chapters in their order."""

from thermofit.ui.lesson.by_hand import FIRST
from thermofit.ui.lesson.with_torch import SECOND

CHAPTERS = {chapter.key: chapter for chapter in (*FIRST, *SECOND)}
