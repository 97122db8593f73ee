"""The table of pages. Each page is a file in `pages/`."""

from pathlib import Path
from typing import NamedTuple

from thermofit.words import mark

FOLDER = Path(__file__).parents[2] / "pages"


class Page(NamedTuple):
    """A page; the start page has the address ""."""

    file: Path
    title: str
    address: str
    icon: str


LAB = Page(FOLDER / "lab.py", mark("Lab"), "", ":material/science:")
LESSON = Page(FOLDER / "lesson.py", mark("Lesson"), "lesson", ":material/school:")
LANDSCAPE = Page(FOLDER / "landscape.py", mark("Landscape"), "landscape", ":material/landscape:")
LUCK = Page(FOLDER / "luck.py", mark("Luck"), "luck", ":material/casino:")
RACE = Page(FOLDER / "race.py", mark("Race"), "race", ":material/sports_score:")
GLOSSARY = Page(FOLDER / "glossary.py", mark("Glossary"), "glossary", ":material/menu_book:")

PAGES = (LAB, LESSON, LANDSCAPE, RACE, LUCK, GLOSSARY)
