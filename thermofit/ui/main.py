"""The frame of every page: the page table, the page set-up and what must happen once per server.

The pages live in `views/`, not in `pages/`: Streamlit runs the files of a folder with that name by
itself when a server is entered through a deep link, without app.py and so without this frame.
"""

from functools import cache
from pathlib import Path

import streamlit as st
import torch

from thermofit.ui import assets, drawn, linked

VIEWS = Path(__file__).parents[2] / "views"

# file, title, address ("" is the start page), icon
PAGES = (
    ("lab.py", "Lab", "", ":material/science:"),
    ("lesson.py", "Lesson", "lesson", ":material/school:"),
    ("landscape.py", "Landscape", "landscape", ":material/landscape:"),
)

STYLE = """<style>
.stMainBlockContainer { padding: 4rem 2rem 2rem; max-width: 1680px; }
@media (max-width: 640px) { .stMainBlockContainer { padding: 4rem .9rem 2rem; } }
/* The rate that counts is the typed one; the slider's nearest mark is shown only while it is used. */
[class*="st-key-set-exponent"]:not(:hover, :focus-within) [data-testid="stSliderThumbValue"] {
  visibility: hidden;
}
</style>"""


@cache
def _once() -> None:
    """Once per server: the browser's files, and one thread for tensors this small."""
    torch.set_num_threads(1)
    assets.publish()


def run() -> None:
    """Set the page up and run the one that the address names."""
    drawn.begin()
    st.set_page_config(page_title="thermofit", page_icon="🌡️", layout="wide")
    _once()
    pages = [
        st.Page(VIEWS / file, title=title, icon=icon, url_path=address or None, default=not address)
        for file, title, address, icon in PAGES
    ]
    page = st.navigation(pages, position="hidden" if len(pages) == 1 else "top")
    st.html(STYLE)
    linked.enter(page.url_path)
    page.run()
    linked.complete_address()
    drawn.done()
