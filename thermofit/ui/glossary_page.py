"""The page on which every term is explained, in the words that also explain it beside the pictures."""

import streamlit as st

from thermofit.ui.navigation import LESSON
from thermofit.ui.scenes.guide import glossary
from thermofit.ui.state import address
from thermofit.words import tr


def page() -> None:
    """The terms, each with a title that can be linked to, and the way to the lesson."""
    address.write_own({}, ())
    title = tr("Glossary")
    st.markdown(f"# {title}")
    st.page_link(LESSON.file, label=tr("New? Start with the lesson"), icon=LESSON.icon)
    for name, term in glossary().items():
        st.subheader(term.title, anchor=name)
        st.markdown(term.meaning)
