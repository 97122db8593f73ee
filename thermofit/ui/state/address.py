"""The session's set-up ⇄ the address: the only place that touches the query string."""

import re
from collections.abc import Collection, Sequence

import orjson
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from thermofit.config.config import Config
from thermofit.config.link import KEYS, Link, read, unknown_key, write
from thermofit.config.presets import PRESETS
from thermofit.config.settings import SETTINGS
from thermofit.errors import ConfigError, Problem, check_choice
from thermofit.optim.registry import OPTIMIZERS
from thermofit.ui.state.widgets import exponent, key, show

# Keys of the session's state that are not widgets.
_LINK, _PROBLEMS, _WISH = "link", "link problems", "set-up wished for"
_PAGE, _ENTERED, _NEWS = "page shown", "page entered", "query not yet read"
_RECEIVED, _WRITTEN = "query received", "query written"

Query = dict[str, list[str]]

CHAPTER = "chapter"  # the lesson's key
PAGE_KEYS = KEYS | {CHAPTER}  # of all pages; each reads its own and leaves the others alone

# Streamlit makes a history entry of every query string that the server writes. A page that is entered must
# not get a second one: there the browser completes the address, if it still is what the server was asked for.
COMPLETE = """<script>
{
  const [page, received, complete] = PARTS;
  const url = new URL(location.href);
  const own = [...url.searchParams].filter(([key]) => !key.startsWith("embed"));
  if (url.pathname.endsWith(`/${page}`) && String(own.sort()) === String(received.sort())) {
    own.forEach(([key]) => url.searchParams.delete(key));
    complete.forEach(([key, value]) => url.searchParams.append(key, value));
    history.replaceState(history.state, "", url);
  }
}
</script>"""


def enter(page: str) -> None:
    """Note which page is about to be drawn, and with which query string.

    A query string is news if somebody went back or forward, or if the session did not write it itself.
    Widgets of another page forget what they showed.
    """
    state, query, context = st.session_state, _query(), get_script_run_ctx()
    known = query in (state.get(_RECEIVED), state.get(_WRITTEN))
    if query and (not known or (context and context.is_history_navigation)):
        state[_NEWS] = query
    state[_RECEIVED] = query
    state[_ENTERED] = state.get(_ENTERED, False) or state.get(_PAGE) != page
    state[_PAGE] = page


def link() -> Link:
    """This session's set-up. A query string that the session did not write itself is read first."""
    current: Link | None = st.session_state.get(_LINK)
    wished: Config | None = st.session_state.pop(_WISH, None)
    entered = st.session_state.pop(_ENTERED, True)
    news = _own(KEYS)
    if wished and current:
        current = Link(config=wished, speed=current.speed)
        apply(current)
    elif current is None or news:
        current, st.session_state[_PROBLEMS] = read(news)
        apply(current)
    elif entered:
        apply(current)
    st.session_state[_ENTERED] = entered or bool(news)  # for `publish`
    return current


def request(config: Config) -> None:
    """Have the next run of the page take over `config`: for buttons and pictures that are not controls."""
    st.session_state[_WISH] = config


def current() -> Link:
    """The set-up as it was last applied."""
    shown: Link = st.session_state[_LINK]
    return shown


def apply(new: Link) -> None:
    """Make `new` the set-up, and every widget show it."""
    st.session_state[_LINK], config = new, new.config
    values = {name: getattr(config, name) for name in SETTINGS}
    values["lr"] = f"{config.lr:g}" if float(f"{config.lr:g}") == config.lr else repr(config.lr)
    values |= {"exponent": exponent(config.lr), "val": round(100 * config.val, 10)}
    for hyper in OPTIMIZERS[config.optimizer].hyper:
        values[f"{config.optimizer} {hyper.name}"] = config.hyper.get(hyper.name, hyper.default)
    for name, value in values.items():
        show(name, value)


def publish(config: Config) -> None:
    """Write the set-up into the address bar: the address is the link."""
    old: Link = st.session_state[_LINK]
    new = Link(config=config, preset=preset_of(config), speed=old.speed)
    if config != old.config:
        st.session_state[_PROBLEMS] = []
    st.session_state[_LINK] = new
    _write({key: [value] for key, value in write(new).items()}, KEYS)


def _query() -> Query:
    return {key: st.query_params.get_all(key) for key in st.query_params}


def _own(keys: Collection[str]) -> Query:
    """What a new query string says to this page: its own keys, and those that no page knows."""
    news: Query = st.session_state.pop(_NEWS, {})
    return {key: values for key, values in news.items() if key in keys or key not in PAGE_KEYS}


def _write(own: Query, keys: Collection[str]) -> None:
    """Make `own` the page's part of the address, of which these are the `keys`; the rest stays as it is.

    A change is an entry of the browser's history. A page that was just entered has its entry: see COMPLETE.
    """
    state, received = st.session_state, st.session_state[_RECEIVED]
    others = {key: values for key, values in received.items() if key in PAGE_KEYS and key not in keys}
    query = own | others
    if not state.pop(_ENTERED) and query != state.get(_WRITTEN):
        st.query_params.from_dict(query)
    state[_WRITTEN] = query


def complete_address() -> None:
    """Have the browser complete the address of a page that was entered; call this once the page is drawn."""
    state = st.session_state
    received, written = state[_RECEIVED], state.get(_WRITTEN, {})
    if written and received != written:
        parts = orjson.dumps([state[_PAGE], _pairs(received), _pairs(written)]).decode()
        script = COMPLETE.replace("PARTS", parts.replace("<", "\\u003c"))
        st.html(script, unsafe_allow_javascript=True)


def _pairs(query: Query) -> list[tuple[str, str]]:
    return [(key, value) for key, values in query.items() for value in values]


def preset_of(config: Config) -> str | None:
    """The preset that `config` is, if it is one."""
    return next((key for key, preset in PRESETS.items() if preset.config == config), None)


def problems() -> None:
    """Show which parts of the link were not applied, why, and what is allowed."""
    found: list[Problem] = st.session_state.get(_PROBLEMS, [])
    if found:
        lines = "\n".join(f"- {plain(problem.message)}" for problem in found)
        st.warning(
            f"These parts of the link were not used; everything else was.\n\n{lines}",
            icon=":material/link_off:",
        )


def plain(text: str) -> str:
    """Text from outside, with the characters escaped that Markdown would interpret."""
    return re.sub(r"([^\w\s])", r"\\\1", text, flags=re.ASCII)


def chapter(choices: Sequence[str]) -> None:
    """Show the chapter that the address says; the first one to begin with."""
    state = st.session_state
    news = _own((CHAPTER,))
    state[_ENTERED] = state.get(_ENTERED, True) or bool(news)
    if state[_ENTERED]:
        asked = news.pop(CHAPTER, [])
        state[_PROBLEMS] = [unknown_key(key, values[0], (CHAPTER,)) for key, values in news.items()]
        state[_PROBLEMS] += _take(CHAPTER, asked[-1], choices) if asked else []
    if key(CHAPTER) not in state:
        show(CHAPTER, choices[0])


def _take(name: str, text: str, choices: Sequence[str]) -> Sequence[Problem]:
    """Show this choice, if it is one; returns what is wrong with it."""
    try:
        show(name, check_choice(name, text, tuple(choices)))
    except ConfigError as error:
        return error.problems
    return ()


def publish_chapter() -> None:
    """Write the chapter into the address: it links to this place."""
    _write({CHAPTER: [st.session_state[key(CHAPTER)]]}, (CHAPTER,))
