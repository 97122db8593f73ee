"""The lesson: eight chapters in their order."""

from thermofit.ui.chapters_first import FIRST
from thermofit.ui.chapters_second import SECOND

CHAPTERS = {chapter.key: chapter for chapter in (*FIRST, *SECOND)}
