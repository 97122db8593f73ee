"""The widgets for single settings, with labels, ranges and helps from the settings' own tables."""

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from thermofit.config.labels import REGISTRIES
from thermofit.config.settings import SETTINGS, Setting, settings_for
from thermofit.data.dataset import Dataset
from thermofit.numbers import formatted, rounded
from thermofit.optim.hyperparameters import Hyper
from thermofit.optim.registry import UNUSABLE
from thermofit.ui.controls import chosen, own_readings
from thermofit.ui.state import address, keys, memory
from thermofit.ui.state.widgets import STEPS, exponent, key, show
from thermofit.words import together, tr

DECIDE_RATE = ("data", "scaling")  # which learning rates are allowed, and which is the usual one


def choice(name: str) -> Any:
    """A setting that is one of a few; returns which."""
    setting, entries = SETTINGS[name], REGISTRIES[name]
    labels = {key: tr(entry.label) for key, entry in entries.items()}
    options: dict[str, Any] = {
        "label": tr(setting.label),
        "options": [*setting.choices, *_own(name)],
        "format_func": partial(_called, labels),
        "key": key(name),
        "help": "\n".join([tr(setting.help), "", *_details(name)]),
    }
    if name in DECIDE_RATE:
        options |= {"on_change": _rate_follows, "args": (name, key(name))}
    if len(entries) > 2:
        return st.selectbox(**options)
    return st.segmented_control(**options, required=True, width="stretch")


def _details(name: str) -> list[str]:
    """A line for each choice of a setting, and for each optimizer that can't be chosen."""
    entries = REGISTRIES[name].values()
    lines = [tr("- **{label}**: {text}", label=tr(each.label), text=tr(each.help)) for each in entries]
    if name == "optimizer":
        lines += [
            tr("- *{name}* is not offered: {reason}", name=left, reason=tr(why))
            for left, why in UNUSABLE.items()
        ]
    return lines


def _own(name: str) -> list[Dataset]:
    """The readings of one's own, among the data sets."""
    return own_readings.known(memory.recall(key(name))) if name == "data" else []


def _called(labels: Mapping[str, str], entry: str | Dataset) -> str:
    """What the widget of a setting calls one of its choices."""
    return own_readings.called(entry) if isinstance(entry, Dataset) else labels[entry]


def _rate_follows(name: str, widget: str) -> None:
    """After a change of the readings or of their scaling, have the rate's widgets show the rate.

    The rate itself changes only if it was the usual one: it becomes the new usual one.
    """
    if widget != key(name):  # a widget that has been replaced no longer counts
        return
    config = address.current().config
    before = settings_for(config.data, config.scaling)["lr"]
    now = settings_for(*(memory.recall(key(each)) for each in DECIDE_RATE))["lr"]
    rate = float(now.default) if config.lr == before.default else config.lr
    if rate != config.lr:
        show(keys.LEARNING_RATE, f"{rate:g}")
    show(keys.RATE_SLIDER, max(0, exponent(rate, now.minimum)))


def ranged(name: str) -> Setting:
    """A setting with the range that it has for the present readings and scaling."""
    config = address.current().config
    return settings_for(config.data, config.scaling)[name]


def rate_at(position: int, slowest: float) -> float:
    """The rate at this position of a slider that begins at the slowest one."""
    return rounded(slowest * 10 ** (position / STEPS), 3)


def help_of(item: Setting | Hyper) -> str:
    """What a number does, and which ones are allowed."""
    return together(tr(item.help), tr("Allowed: {allowed}.", allowed=item.allowed))


def rate() -> None:
    """A field to type in and a slider on a log scale, which follow each other."""
    setting = ranged("lr")
    st.text_input(
        tr(setting.label),
        key=key(keys.LEARNING_RATE),
        on_change=_slider_follows,
        args=(key(keys.LEARNING_RATE),),
        help=help_of(setting),
    )
    rate_slider(tr("Rate slider"), keys.RATE_SLIDER, setting, _field_follows, hidden=True)


def rate_slider(
    label: str, name: str, allowed: Setting, take: Callable[[str], None], hidden: bool = False
) -> None:
    """A slider over the allowed rates on a log scale; `take` is called with its key when it was moved."""
    st.select_slider(
        label,
        range(exponent(allowed.maximum, allowed.minimum) + 1),
        format_func=lambda position: formatted(rate_at(position, allowed.minimum)),
        key=key(name),
        on_change=take,
        args=(key(name),),
        label_visibility="collapsed" if hidden else "visible",
    )


def _slider_follows(field: str) -> None:
    if field != key(keys.LEARNING_RATE):  # a widget that has been replaced no longer counts
        return
    try:
        rate = ranged("lr").check(chosen.rate(memory.recall(field)))
    except ValueError:  # reported beside the controls
        return
    show(keys.RATE_SLIDER, exponent(float(rate), ranged("lr").minimum))


def _field_follows(slider: str) -> None:
    if slider == key(keys.RATE_SLIDER):
        show(keys.LEARNING_RATE, f"{rate_at(memory.recall(slider), ranged('lr').minimum):g}")


def share() -> None:
    """The validation share, in percent to choose."""
    setting = SETTINGS["val"]
    st.slider(
        tr(setting.label),
        100 * setting.minimum,
        100 * setting.maximum,
        step=1.0,
        format="%.0f %%",
        key=key(keys.VALIDATION_SHARE),
        help=tr(setting.help),
    )


def number(name: str) -> None:
    """A setting that is a number."""
    setting = ranged(name)
    memory.remembered(key(name), setting.default)
    _number(setting, key(name), step_in(setting))


def step_in(setting: Setting) -> float:
    """Its own step, or one that fits the range: about a ten-thousandth of its largest number."""
    return setting.step or rounded(10.0 ** (math.floor(math.log10(setting.maximum)) - 4), 1)


def switch(name: str) -> None:
    """A setting that is yes or no."""
    setting = SETTINGS[name]
    memory.remembered(key(name), setting.default)
    st.toggle(tr(setting.label), key=key(name), help=tr(setting.help))


def hyper(owner: str, item: Hyper) -> None:
    """A hyperparameter of an optimizer or a schedule."""
    name = key(f"{owner} {item.name}")
    memory.remembered(name, item.default)
    if item.kind == "bool":
        st.toggle(tr(item.label), key=name, help=tr(item.help))
    else:
        _number(item, name, step=0.01)


def _number(item: Setting | Hyper, name: str, step: float) -> None:
    """A number's field. Whole numbers go in steps of one.

    Streamlit's own limits and whole numbers would change 2.5 to 2 and an empty field to the minimum
    without a word: `Config` checks what was really typed.
    """
    if isinstance(present := memory.recall(name), int):
        memory.remember(name, float(present))  # the widget is made for both
    st.number_input(
        tr(item.label),
        value=None,
        step=1.0 if item.kind == "int" else step,
        format="%g",
        key=name,
        help=help_of(item),
    )
