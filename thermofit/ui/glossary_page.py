"""The page on which every term is explained, in the words that also explain it beside the pictures."""

import streamlit as st

from thermofit.ui.navigation import LESSON
from thermofit.ui.scenes.guide import anchor, glossary
from thermofit.ui.state import address


def page() -> None:
    """The terms, each with a title that can be linked to, and the way to the lesson."""
    address.write_own({}, ())
    st.markdown("# Glossary")
    st.page_link(LESSON.file, label="New? Start with the lesson", icon=LESSON.icon)
    for term, words in glossary().items():
        st.subheader(term, anchor=anchor(term))
        st.markdown(words)
