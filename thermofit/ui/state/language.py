"""In which language this session reads: as its menu or its link says (`lang=`), else as the browser does."""

import orjson
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from thermofit.errors import Problem, shorten
from thermofit.ui.locale import catalogues
from thermofit.ui.state import keys, widgets
from thermofit.words import ENGLISH, Language, learn_from, mark, speak

KEY = "lang"
MENU = keys.LANGUAGE_MENU  # like a setting: `widgets.key`

# Screen readers and the browser's own translator ask for the page's language. The address names a language
# that was chosen; Streamlit drops it when another page is opened.
TELL = """<script>
{
  const [tag, named] = PARTS;
  document.documentElement.lang = tag;
  const url = new URL(location.href);
  if (named && url.searchParams.get("lang") !== named) {
    url.searchParams.set("lang", named);
    History.prototype.replaceState.call(history, history.state, "", url);
  }
}
</script>"""


def begin() -> None:
    """Speak this session's language from now on. A link that names another one is news."""
    state, named = st.session_state, st.query_params.get(KEY)
    if named and named != state.get(keys.LANGUAGE_READ):
        found = catalogues.nearest(named)
        state[keys.LANGUAGE_CHOSEN] = found or state.get(keys.LANGUAGE_CHOSEN)
    state[keys.LANGUAGE_READ] = named
    tag = state.get(keys.LANGUAGE_CHOSEN) or catalogues.nearest(st.context.locale or "") or ENGLISH.tag
    before, state[keys.LANGUAGE] = state.get(keys.LANGUAGE, tag), tag
    speak(catalogues.read(tag))
    if before != tag:
        widgets.carry_over(before, tag)
    widgets.show(MENU, tag)


def choose() -> None:
    """Take what the menu says; the address says it, too."""
    tag = st.session_state[widgets.key(MENU)]
    st.session_state[keys.LANGUAGE_CHOSEN] = st.session_state[keys.LANGUAGE_READ] = tag
    st.query_params[KEY] = tag


def in_address() -> dict[str, list[str]]:
    """The part of the address that names a chosen language."""
    chosen = st.session_state.get(keys.LANGUAGE_CHOSEN)
    return {KEY: [chosen]} if chosen else {}


def tell() -> None:
    """Have the browser know the language of the page."""
    tag, chosen = st.session_state[keys.LANGUAGE], st.session_state.get(keys.LANGUAGE_CHOSEN)
    st.html(TELL.replace("PARTS", orjson.dumps([tag, chosen]).decode()), unsafe_allow_javascript=True)


def problem() -> list[Problem]:
    """What is wrong with the language that the address names."""
    named = st.query_params.get(KEY)
    if not named or catalogues.nearest(named):
        return []
    return [Problem(KEY, shorten(named), mark("unknown language"), choices=catalogues.tags())]


def _of_session() -> Language | None:
    """The language of the session whose script this thread runs."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    tag: str | None = st.session_state.get(keys.LANGUAGE)
    return catalogues.read(tag) if tag else None


learn_from(_of_session)
