"""The outcomes of all splits, trained once for the whole server."""

import threading
from collections import OrderedDict

import streamlit as st

from thermofit import Config
from thermofit.experiments.split_luck import Outcome, luck
from thermofit.experiments.together import can_train_together
from thermofit.experiments.validation_sets import possible
from thermofit.ui.experiments.progress import last_report

KEPT = 32  # set-ups, up to 60 kB each
AT_ONCE = 2_000_000  # epochs of all splits together that a batch trains without being asked: about a second

_known: OrderedDict[Config, tuple[Outcome, ...]] = OrderedDict()
_change = threading.Lock()


def outcomes_of(config: Config) -> tuple[Outcome, ...] | None:
    """The outcomes of a set-up's splits; None while nobody has asked for a long measurement."""
    found = known(config)
    if found is None:
        splits = possible(len(config.dataset), config.val)
        quick = can_train_together(config) and splits * config.epochs <= AT_ONCE
        if not quick and not st.button(f"Train all {splits} splits", type="primary"):
            return None
        found = last_report(luck(config), "Training on every split").outcomes
        keep(config, found)
    return found


def known(config: Config) -> tuple[Outcome, ...] | None:
    """What is remembered of a set-up."""
    with _change:
        if config in _known:
            _known.move_to_end(config)
        return _known.get(config)


def keep(config: Config, outcomes: tuple[Outcome, ...]) -> None:
    """Remember these outcomes, and forget those that were not asked for longest."""
    with _change:
        _known[config] = outcomes
        while len(_known) > KEPT:
            _known.popitem(last=False)
