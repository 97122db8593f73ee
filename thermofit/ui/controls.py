"""Widgets ⇄ `Config`, and the link: the only place that touches the query string."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from thermofit.checks import Problem
from thermofit.config import Config, ConfigError
from thermofit.gradients import GRADIENTS
from thermofit.hyper import Hyper
from thermofit.link import Link, read, write
from thermofit.mistakes import MISTAKES
from thermofit.model import LOSSES
from thermofit.optimizers import OPTIMIZERS, UNUSABLE
from thermofit.presets import PRESETS
from thermofit.scaling import SCALINGS
from thermofit.settings import SETTINGS
from thermofit.ui.landscape_outlook import told

REGISTRIES: Mapping[str, Mapping[str, Any]] = {
    "gradient": GRADIENTS,
    "optimizer": OPTIMIZERS,
    "scaling": SCALINGS,
    "loss": LOSSES,
    "mistake": MISTAKES,
}
OWN = "own"  # stands in the preset menu for a set-up that is none of them
STEPS = 20  # of the log slider, per decade

# Keys of the session's state that are not widgets.
_LINK, _SEEN, _PROBLEMS, _WISH = "link", "query seen", "link problems", "set-up wished for"
_PAGE, _ENTERED = "page shown", "page entered"


def _key(name: str) -> str:
    return f"set {name}"


# ---- the link ----


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
        _adopt(current)
    elif current is None or (query and query != st.session_state[_SEEN]):
        current, st.session_state[_PROBLEMS] = read(query)
        st.session_state[_SEEN] = query
        _adopt(current)
    elif entered:
        _adopt(current)
    return current


def wish(config: Config) -> None:
    """Have the next run of the page take over `config`: for buttons and pictures that are no controls."""
    st.session_state[_WISH] = config


def _adopt(new: Link) -> None:
    """Make `new` the set-up, and every widget show it."""
    state, config = st.session_state, new.config
    state[_LINK] = new
    for name in SETTINGS:
        state[_key(name)] = getattr(config, name)
    state[_key("lr")] = f"{config.lr:g}" if float(f"{config.lr:g}") == config.lr else repr(config.lr)
    state[_key("exponent")] = _exponent(config.lr)
    state[_key("val")] = round(100 * config.val, 10)
    for hyper in OPTIMIZERS[config.optimizer].hyper:
        state[_key(f"{config.optimizer} {hyper.name}")] = config.hyper.get(hyper.name, hyper.default)


def publish(config: Config) -> None:
    """Write the set-up into the address bar: the address is the link."""
    old: Link = st.session_state[_LINK]
    new = Link(config=config, preset=_preset_of(config), speed=old.speed)
    query = {key: [value] for key, value in write(new).items()}
    if query != st.session_state[_SEEN] or not st.query_params:  # another page begins with a bare address
        st.query_params.from_dict({key: value[0] for key, value in query.items()})
    if config != old.config:
        st.session_state[_PROBLEMS] = []
    st.session_state[_LINK], st.session_state[_SEEN] = new, query


def _preset_of(config: Config) -> str | None:
    return next((key for key, preset in PRESETS.items() if preset.config == config), None)


def problems() -> None:
    """Tell which parts of the link were not applied, why, and what is allowed."""
    found: list[Problem] = st.session_state.get(_PROBLEMS, [])
    if found:
        lines = "\n".join(f"- {_plain(problem.message)}" for problem in found)
        st.warning(
            f"These parts of the link were not used; everything else was.\n\n{lines}",
            icon=":material/link_off:",
        )


def _plain(text: str) -> str:
    """Somebody else's text, without a meaning in Markdown."""
    return re.sub(r"([^\w\s])", r"\\\1", text, flags=re.ASCII)


# ---- the chapter of the lesson ----


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


# ---- widgets ----


def sidebar() -> Config:
    """Draw the controls and return the set-up they show; the last valid one where they contradict."""
    with st.sidebar:
        st.markdown("# thermofit\nEleven readings, one line: press Play and watch it being found.")
        _preset()
        values: dict[str, Any] = {"gradient": _choice("gradient"), "optimizer": _choice("optimizer")}
        _caveat(OPTIMIZERS[values["optimizer"]].caveat)
        values["lr"] = _rate()
        limit = st.empty()  # known when all controls are
        values |= {name: _choice(name) for name in ("scaling", "loss")}
        values["val"] = _share()
        values |= {name: _number(name) for name in ("split_seed", "epochs")}
        columns = st.columns(2)
        for column, name in zip(columns, ("w0", "b0"), strict=True):
            with column:
                values[name] = _number(name)
        values |= _advanced(values["optimizer"])
        config = _checked(values)
        with limit:
            _caveat(told(config))
        return config


def _checked(values: dict[str, Any]) -> Config:
    last: Link = st.session_state[_LINK]
    try:
        return Config(**values)
    except ConfigError as error:
        for problem in error.problems:
            label = SETTINGS[problem.field].label if problem.field in SETTINGS else problem.field
            st.error(f"**{label}**: {_plain(problem.reason)}. Allowed: {_plain(problem.allowed)}.")
        st.caption("The run keeps its last valid settings until this is mended.")
        return last.config


def _preset() -> None:
    labels = {OWN: "Your own set-up"} | {key: preset.label for key, preset in PRESETS.items()}
    current: Link = st.session_state[_LINK]
    st.session_state[_key("preset")] = _preset_of(current.config) or OWN
    key = st.selectbox(
        "Preset",
        list(labels),
        format_func=labels.__getitem__,
        key=_key("preset"),
        on_change=_take_preset,
        help="Runs worth seeing. Choosing one sets all controls below.",
    )
    if key != OWN:
        st.caption(PRESETS[key].description)


def _take_preset() -> None:
    key = st.session_state[_key("preset")]
    if key != OWN:
        old: Link = st.session_state[_LINK]
        _adopt(Link(config=PRESETS[key].config, preset=key, speed=old.speed))


def _choice(name: str) -> Any:
    setting, entries = SETTINGS[name], REGISTRIES[name]
    details = "\n".join(f"- **{entry.label}**: {entry.help}" for entry in entries.values())
    more = "".join(f"\n- *{left}* is not offered: {why}" for left, why in UNUSABLE.items())
    options: dict[str, Any] = {
        "label": setting.label,
        "options": list(setting.choices),
        "format_func": lambda key: entries[key].label,
        "key": _key(name),
        "help": f"{setting.help}\n\n{details}{more if name == 'optimizer' else ''}",
    }
    if len(entries) > 2:
        return st.selectbox(**options)
    return st.segmented_control(**options, required=True, width="stretch")


def _caveat(text: str) -> None:
    if text:
        st.caption(text)


def _exponent(lr: float) -> int:
    """The log slider's position for a rate: twentieths of a decade above its minimum."""
    return round(STEPS * math.log10(lr / SETTINGS["lr"].minimum))


def _rate_at(position: int) -> float:
    return float(f"{SETTINGS['lr'].minimum * 10 ** (position / STEPS):.3g}")


def _rate() -> object:
    """A field to type in and a slider on a log scale, which follow each other."""
    setting = SETTINGS["lr"]
    typed = st.text_input(
        setting.label,
        key=_key("lr"),
        on_change=_slider_follows,
        help=f"{setting.help} Allowed: {setting.allowed}.",
    )
    st.select_slider(
        "Rate slider",
        range(_exponent(setting.maximum) + 1),
        format_func=lambda position: f"{_rate_at(position):g}",
        key=_key("exponent"),
        on_change=_field_follows,
        label_visibility="collapsed",
    )
    try:
        return float(typed.strip().replace(",", "."))
    except ValueError:
        return typed


def _slider_follows() -> None:
    try:
        rate = SETTINGS["lr"].check(float(st.session_state[_key("lr")].strip().replace(",", ".")))
    except ValueError:  # told beside the controls
        return
    st.session_state[_key("exponent")] = _exponent(float(rate))


def _field_follows() -> None:
    st.session_state[_key("lr")] = f"{_rate_at(st.session_state[_key('exponent')]):g}"


def _share() -> float:
    setting = SETTINGS["val"]
    percent = st.slider(
        setting.label,
        100 * setting.minimum,
        100 * setting.maximum,
        step=1.0,
        format="%.0f %%",
        key=_key("val"),
        help=setting.help,
    )
    return round(percent / 100, 12)  # 29 % is 0.29, not 0.28999…


def _number(name: str) -> float | int:
    setting = SETTINGS[name]
    kind = int if setting.kind == "int" else float
    return st.number_input(
        setting.label,
        min_value=kind(setting.minimum),
        max_value=kind(setting.maximum),
        step=1 if kind is int else 0.1,
        format=None if kind is int else "%g",
        key=_key(name),
        help=f"{setting.help} Allowed: {setting.allowed}.",
    )


def _advanced(optimizer: str) -> dict[str, Any]:
    with st.expander("Advanced"):
        values: dict[str, Any] = {"tolerance": _number("tolerance"), "mistake": _choice("mistake")}
        hypers = OPTIMIZERS[optimizer].hyper
        values["hyper"] = {hyper.name: _hyper(optimizer, hyper) for hyper in hypers}
        if not hypers:
            st.caption("This optimizer has no settings of its own.")
    return values


def _hyper(optimizer: str, hyper: Hyper) -> float | int | bool:
    key = _key(f"{optimizer} {hyper.name}")
    if key not in st.session_state:
        st.session_state[key] = hyper.default
    if hyper.kind == "bool":
        return st.toggle(hyper.label, key=key, help=hyper.help)
    kind = int if hyper.kind == "int" else float
    return st.number_input(
        hyper.label,
        min_value=kind(hyper.minimum),
        max_value=kind(hyper.maximum),
        step=1 if kind is int else 0.01,
        format=None if kind is int else "%g",
        key=key,
        help=hyper.help,
    )
