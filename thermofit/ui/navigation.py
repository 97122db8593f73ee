"""The table of pages. Each page is a file in `pages/`."""

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[2] / "pages"


class Page(NamedTuple):
    """A page; the start page has the address ""."""

    file: Path
    title: str
    address: str
    icon: str


LAB = Page(FOLDER / "lab.py", "Lab", "", ":material/science:")
LESSON = Page(FOLDER / "lesson.py", "Lesson", "lesson", ":material/school:")
LANDSCAPE = Page(FOLDER / "landscape.py", "Landscape", "landscape", ":material/landscape:")
LUCK = Page(FOLDER / "luck.py", "Luck", "luck", ":material/casino:")
RACE = Page(FOLDER / "race.py", "Race", "race", ":material/sports_score:")
GLOSSARY = Page(FOLDER / "glossary.py", "Glossary", "glossary", ":material/menu_book:")

PAGES = (LAB, LESSON, LANDSCAPE, RACE, LUCK, GLOSSARY)
