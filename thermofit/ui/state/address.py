"""The session's set-up ⇄ the address: the only place that touches the query string."""

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any

import orjson
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from thermofit.config.config import Config
from thermofit.config.labels import labelled
from thermofit.config.link import KEYS, Link, read, write
from thermofit.config.pin import Pin
from thermofit.config.presets import preset_of
from thermofit.config.settings import SETTINGS, settings_for
from thermofit.config.view import VIEW, View
from thermofit.data.dataset import Dataset
from thermofit.errors import Problem, shorten
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.ui.state import keys, language
from thermofit.ui.state.banner import banner
from thermofit.ui.state.widgets import exponent, key, show
from thermofit.words import listed, mark, tr

Query = dict[str, list[str]]

LUCK_KEYS = KEYS - set(VIEW)  # the luck of a split shows no run
RACE_KEYS = frozenset(("lineup", "runners", "rank_by"))  # see race_address
# Of all pages; each reads its own and leaves the others alone.
PAGE_KEYS = KEYS | {keys.CHAPTER} | RACE_KEYS
LARGE = "large"  # the browser's own, see frontend/projector.js
KEPT = (LARGE, language.KEY)  # these say how the page looks, whatever it shows
LANDSCAPE_KEYS = KEYS - {"chart", "axis"}  # the Lab's tabs and its chart of the loss are no part of this page

# Streamlit makes a history entry of every query string that the server writes. A page that is entered must
# not get a second one: there the browser completes the address, if it still is what the server was asked for.
COMPLETE = """<script>
{
  const [page, names, received, complete] = PARTS;
  const url = new URL(location.href);
  const kept = (key) => key.startsWith("embed") || ["large", "lang"].includes(key);
  const all = [...url.searchParams].filter(([key]) => !kept(key));
  const own = (pairs) => String(pairs.filter(([key]) => names.includes(key)).sort());
  if (url.pathname.endsWith(`/${page}`) && own(all) === own(received)) {
    all.forEach(([key]) => url.searchParams.delete(key));
    complete.forEach(([key, value]) => url.searchParams.append(key, value));
    History.prototype.replaceState.call(history, history.state, "", url);
  }
}
</script>"""


def enter(page: str) -> None:
    """Note which page is about to be drawn, and with which query string.

    A query string is news if somebody went back or forward, or if the session did not write it itself.
    Widgets of another page forget what they showed.
    """
    state, query, context = st.session_state, _query(), get_script_run_ctx()
    known = query in (state.get(keys.RECEIVED), state.get(keys.WRITTEN)) or _is_on_its_way(query)
    if query and (not known or (context and context.is_history_navigation)):
        state[keys.NEWS] = query
    elif query != state.get(keys.RECEIVED) or state.get(keys.PAGE) != page:
        state.pop(keys.NEWS, None)  # else a run that was cut short has left it for this one
    state[keys.RECEIVED] = query
    state[keys.ENTERED] = state.get(keys.ENTERED, False) or state.get(keys.PAGE) != page
    state[keys.PAGE] = page


def _is_on_its_way(query: Query) -> bool:
    """Whether the session wrote this query string lately: the browser may be some changes behind."""
    sent: list[Query] = st.session_state.get(keys.SENT, [])
    if query not in sent:
        return False
    del sent[: sent.index(query)]  # the browser never goes back to an older one by itself
    return True


def link(names: Collection[str] = KEYS) -> Link:
    """This session's set-up. A query string that the session did not write itself is read first.

    `names` are the keys that the page reads.
    """
    current: Link | None = st.session_state.get(keys.LINK)
    wished: Config | None = st.session_state.pop(keys.REQUESTED, None)
    entered = st.session_state.pop(keys.ENTERED, True)
    news = own(names)
    if wished and current:
        current = of(wished)
        apply(current)
    elif current is None or set(names) & news.keys():
        current, st.session_state[keys.PROBLEMS] = _read(news, names, current)
        apply(current)
    elif entered or news:  # no setting is named: the set-up stays, and the run where it stands
        st.session_state[keys.PROBLEMS] = read(news, st.session_state.get(keys.OWN_READINGS))[1]
        current = replace(current, epoch=0)
        apply(current)
    st.session_state[keys.ENTERED] = entered or bool(news)  # for `publish`
    return current


def _read(news: Query, names: Collection[str], before: Link | None) -> tuple[Link, list[Problem]]:
    """What the query string means; what this page does not read stays as it was."""
    new, problems = read(news, st.session_state.get(keys.OWN_READINGS))
    if isinstance(new.config.data, Dataset):
        st.session_state[keys.OWN_READINGS] = new.config.data
    kept = {name: getattr(before.view, name) for name in VIEW if before and name not in names}
    pins = before.pins if before and "pins" not in names else new.pins
    return replace(new, view=replace(new.view, **kept), pins=pins), problems


def of(config: Config) -> Link:
    """The link to the start of another set-up, in the view that the page shows, with the same pins."""
    return Link(config, preset_of(config), current().speed, view=view(), pins=current().pins)


def view() -> View:
    """The view as the page's tabs and switches say."""
    said: dict[str, Any] = {name: st.session_state.get(key(name)) for name in VIEW}
    return View(**{name: value for name, value in said.items() if value in VIEW[name]})


def request(config: Config) -> None:
    """Have the next run of the page take over `config`: for buttons and pictures that are not controls."""
    st.session_state[keys.REQUESTED] = config


def current() -> Link:
    """The set-up as it was last applied."""
    shown: Link = st.session_state[keys.LINK]
    return shown


def keep_pins(pins: tuple[Pin, ...]) -> None:
    """Make these the pinned runs; the next run of the page writes them into the address."""
    st.session_state[keys.LINK] = replace(current(), pins=pins)


def apply(new: Link) -> None:
    """Make `new` the set-up, and every widget show it."""
    st.session_state[keys.LINK], config = new, new.config
    slowest = settings_for(config.data, config.scaling)["lr"].minimum
    values = {name: getattr(config, name) for name in SETTINGS} | vars(new.view)
    values["lr"] = f"{config.lr:g}" if float(f"{config.lr:g}") == config.lr else repr(config.lr)
    values |= {"exponent": exponent(config.lr, slowest), "val": round(100 * config.val, 10)}
    for hyper in OPTIMIZERS[config.optimizer].hyper:
        values[f"{config.optimizer} {hyper.name}"] = config.hyper.get(hyper.name, hyper.default)
    for hyper in SCHEDULES[config.schedule].hyper_for(OPTIMIZERS[config.optimizer]):
        values[f"{config.schedule} {hyper.name}"] = config.schedule_hyper.get(hyper.name, hyper.default)
    for name, value in values.items():
        show(name, value)


def publish(config: Config, names: Collection[str] = KEYS, more: Query | None = None) -> None:
    """Write the set-up and the view into the address bar: the address is the link.

    Another set-up has left the epoch that the link named. `more` holds what else the page writes, under some
    of the `names`.
    """
    old: Link = st.session_state[keys.LINK]
    new = replace(of(config), epoch=old.epoch if config == old.config else 0)
    st.session_state[keys.LINK] = new
    own_part = {key: [value] for key, value in write(new).items() if key in names}
    write_own(own_part | (more or {}), names)


def _query() -> Query:
    return {key: st.query_params.get_all(key) for key in st.query_params if key not in KEPT}


def own(names: Collection[str]) -> Query:
    """What a new query string says to this page: its own keys, and those that no page knows."""
    news: Query = st.session_state.get(keys.NEWS, {})
    return {key: values for key, values in news.items() if key in names or key not in PAGE_KEYS}


def write_own(part: Query, names: Collection[str]) -> None:
    """Make `part` the page's part of the address, of which these are the `names`; the rest stays as it is.

    A change is an entry of the browser's history. A page that was just entered has its entry: see COMPLETE.
    """
    state, received = st.session_state, st.session_state[keys.RECEIVED]
    others = {key: values for key, values in received.items() if key in PAGE_KEYS and key not in names}
    query = part | others
    if state.pop(keys.ENTERED):
        state[keys.INCOMPLETE] = True
    elif query != state.get(keys.WRITTEN):
        state[keys.INCOMPLETE] = False
        large = "1" in st.query_params.get_all(LARGE)
        st.query_params.from_dict(query | ({LARGE: ["1"]} if large else {}) | language.in_address())
        state.setdefault(keys.SENT, []).append(query)
        state[keys.PROBLEMS] = []
    state.pop(keys.NEWS, None)
    state[keys.WRITTEN], state[keys.OWN_NAMES] = query, sorted(names)


def complete_address() -> None:
    """Have the browser complete the address of a page that was entered; call this once the page is drawn."""
    state = st.session_state
    received, written = state[keys.RECEIVED], state.get(keys.WRITTEN, {})
    if state.get(keys.INCOMPLETE) and written and received != written:
        parts = (state[keys.PAGE], state[keys.OWN_NAMES], _pairs(received), _pairs(written))
        script = COMPLETE.replace("PARTS", orjson.dumps(parts).decode().replace("<", "\\u003c"))
        st.html(script, unsafe_allow_javascript=True)


def _pairs(query: Query) -> list[tuple[str, str]]:
    return [(key, value) for key, values in query.items() for value in values]


def problems() -> None:
    """Show which parts of the link were not applied; why, and what is allowed, opens beside it."""
    found = [
        labelled(problem)
        for problem in (*st.session_state.get(keys.PROBLEMS, []), *_large_problem(), *language.problem())
    ]
    if found:
        named = listed(plain(problem.field) for problem in found)
        lines = "\n".join(f"- {plain(problem.message)}" for problem in found)
        text = tr("These parts of the link were not used: **{named}**. Everything else was.", named=named)
        banner("link", text, tr("Why not?"), lines, ":material/link_off:")


def _large_problem() -> list[Problem]:
    """What is wrong with the key that says how large everything is."""
    wrong = [text for text in st.query_params.get_all(LARGE) if text != "1"]
    return [Problem(LARGE, shorten(text), mark("unknown value"), "1") for text in wrong[:1]]


def plain(text: str) -> str:
    """Text from outside, with the characters escaped that Markdown would interpret."""
    return re.sub(r"([!-/:-@\[-^`{-~])", r"\\\1", text)
