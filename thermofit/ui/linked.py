"""The session's set-up ⇄ the address: the only place that touches the query string."""

import re
from collections.abc import Sequence

import streamlit as st

from thermofit.checks import Problem
from thermofit.config import Config
from thermofit.link import Link, read, write
from thermofit.optimizers import OPTIMIZERS
from thermofit.presets import PRESETS
from thermofit.settings import SETTINGS
from thermofit.ui.fields import exponent, show

# Keys of the session's state that are not widgets.
_LINK, _SEEN, _PROBLEMS, _WISH = "link", "query seen", "link problems", "set-up wished for"
_PAGE, _ENTERED = "page shown", "page entered"


def enter(page: str) -> None:
    """Note which page is about to be drawn: when it changes, widgets forget what they showed."""
    state = st.session_state
    state[_ENTERED] = state.get(_ENTERED, False) or state.get(_PAGE) != page
    state[_PAGE] = page


def link() -> Link:
    """This session's set-up. A query string that the session did not write itself is read first."""
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    current: Link | None = st.session_state.get(_LINK)
    wished: Config | None = st.session_state.pop(_WISH, None)
    entered = st.session_state.pop(_ENTERED, True)
    if wished and current:
        current = Link(config=wished, speed=current.speed)
        adopt(current)
    elif current is None or (query and query != st.session_state[_SEEN]):
        current, st.session_state[_PROBLEMS] = read(query)
        st.session_state[_SEEN] = query
        adopt(current)
    elif entered:
        adopt(current)
    return current


def wish(config: Config) -> None:
    """Have the next run of the page take over `config`: for buttons and pictures that are no controls."""
    st.session_state[_WISH] = config


def applied() -> Link:
    """The set-up as it was last applied."""
    shown: Link = st.session_state[_LINK]
    return shown


def adopt(new: Link) -> None:
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
    query = {key: [value] for key, value in write(new).items()}
    if query != st.session_state[_SEEN] or not st.query_params:  # another page begins with a bare address
        st.query_params.from_dict({key: value[0] for key, value in query.items()})
    if config != old.config:
        st.session_state[_PROBLEMS] = []
    st.session_state[_LINK], st.session_state[_SEEN] = new, query


def preset_of(config: Config) -> str | None:
    """The preset that `config` is, if it is one."""
    return next((key for key, preset in PRESETS.items() if preset.config == config), None)


def problems() -> None:
    """Tell which parts of the link were not applied, why, and what is allowed."""
    found: list[Problem] = st.session_state.get(_PROBLEMS, [])
    if found:
        lines = "\n".join(f"- {plain(problem.message)}" for problem in found)
        st.warning(
            f"These parts of the link were not used; everything else was.\n\n{lines}",
            icon=":material/link_off:",
        )


def plain(text: str) -> str:
    """Somebody else's text, without a meaning in Markdown."""
    return re.sub(r"([^\w\s])", r"\\\1", text, flags=re.ASCII)


def come_from_address(name: str, choices: Sequence[str]) -> None:
    """Let the state under `name` be the choice that the address says; the first one to begin with."""
    asked = st.query_params.get(name)
    if asked in choices and asked != st.session_state.get(f"{name} seen"):
        st.session_state[name] = asked
    st.session_state.setdefault(name, choices[0])


def go_to_address(name: str) -> None:
    """Write the state under `name` into the address: it links to this place."""
    value = st.session_state[name]
    if st.query_params.get(name) != value:
        st.query_params[name] = value
    st.session_state[f"{name} seen"] = value
