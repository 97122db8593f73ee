"""The frame of every page: the page table, the page set-up and what happens once per server."""

from functools import cache

import streamlit as st
import torch

from thermofit.stage import assets
from thermofit.ui.controls import quick
from thermofit.ui.locale import catalogues
from thermofit.ui.navigation import PAGES
from thermofit.ui.state import address, embed, keys, language, staleness, widgets
from thermofit.words import tr

STYLE = """<style>
.stMainBlockContainer { padding: 4rem 2rem 2rem; max-width: 1680px; }
@media (max-width: 640px) { .stMainBlockContainer { padding: 4rem .9rem 2rem; } }
.streamlit-embedded .stMainBlockContainer { padding: .5rem 1rem; }
.streamlit-embedded:has([data-testid="stTopNav"]) .stMainBlockContainer { padding-top: 4rem; }
/* In a frame the pictures come first, and what is read about them beneath. */
.streamlit-embedded .stMainBlockContainer > .stVerticalBlock > :has(.tf-stage:not(.tf-bare)) { order: -1; }
.streamlit-embedded [data-testid="stColumn"]:has(.st-key-lesson-run) { order: -1; }
.streamlit-embedded .stMainBlockContainer > .stVerticalBlock > :has(.st-key-lab-tabs),
.streamlit-embedded .stMainBlockContainer > .stVerticalBlock > .st-key-lab-tabs { order: -2; }
/* A stage has its room before its files are there, so that nothing beneath it moves. */
@media screen and (min-width: 641px) {
  :is(.st-key-stage, .st-key-landscape-stage, .st-key-race-stage, .st-key-lesson-run) {
    min-height: calc(100vh - 130px);
  }
}
/* The typed rate counts; the slider's nearest mark is shown only while the slider is used. */
[class*="st-key-set-exponent"]:not(:hover, :focus-within) [data-testid="stSliderThumbValue"] {
  visibility: hidden;
}
/* Headings are one level below the other, as screen readers list them; their sizes are our own. */
.stMain .stMarkdown :is(h1, h2, h3) { font-size: 1.5rem; }
.st-key-language-menu { /* in the header, left of Streamlit's own menu */
  position: fixed; top: .7rem; right: 4.5rem; width: 8.5rem; z-index: 999991;
}
@media (max-width: 640px) { .st-key-language-menu { width: 6.5rem; right: 3.5rem; } }
@media print { .st-key-language-menu { display: none; } }
.tf-unseen { /* for screen readers */
  position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
@media (forced-colors: active) { /* Streamlit tells what is chosen by its colour alone */
  [data-testid="stButtonGroup"] button[data-selected="true"] {
    forced-color-adjust: none; background: Highlight; color: HighlightText;
  }
}
/* A long formula is broken between its parts, instead of being scrolled. */
.stMain .katex-display > .katex { white-space: normal; }
</style>"""


@cache
def _once() -> None:
    """Once per server: publish the browser's files, and use one thread, as the tensors are tiny."""
    torch.set_num_threads(1)
    assets.publish()


def run() -> None:
    """Set up the page and run the one that the address names."""
    staleness.begin_drawing()
    language.begin()
    st.set_page_config(page_title="thermofit", page_icon="🌡️", layout="wide")
    _once()
    pages = [
        st.Page(
            page.file,
            title=tr(page.title),
            icon=page.icon,
            url_path=page.address or None,
            default=not page.address,
        )
        for page in PAGES
    ]
    page = st.navigation(pages, position="hidden" if embed.is_bare() else "top")
    st.set_page_config(page_title=f"{page.title} · thermofit")
    st.html(STYLE + quick.STYLE)
    address.enter(page.url_path)
    page.run()
    address.complete_address()
    language.tell()
    if not embed.is_bare():
        _languages()
    staleness.mark_drawn()


def _languages() -> None:
    """The menu of languages, in the page's header."""
    names = catalogues.names()
    with st.container(key=keys.LANGUAGE_MENU):
        st.selectbox(
            tr("Language"),
            names,
            format_func=names.__getitem__,
            key=widgets.key(language.MENU),
            on_change=language.choose,
            label_visibility="collapsed",
        )
