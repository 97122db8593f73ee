"""The outcomes of all splits, trained once for the whole server."""

import threading
from collections import OrderedDict

import streamlit as st

from thermofit import Config
from thermofit.experiments.split_luck import Outcome, luck
from thermofit.experiments.together import can_train_together
from thermofit.experiments.validation_sets import MOST, possible
from thermofit.ui.experiments.progress import last_report
from thermofit.words import tr, trn

KEPT = 32  # set-ups, up to 60 kB each
NUMBERS = 200_000  # of rows that are held back, in all of them together: 7 MB
AT_ONCE = 22_000_000  # epochs × readings of all splits of a batch that starts without being asked: about 1 s

_known: OrderedDict[Config, tuple[Outcome, ...]] = OrderedDict()
_change = threading.Lock()


def outcomes_of(config: Config) -> tuple[Outcome, ...] | None:
    """The outcomes of a set-up's splits; None while nobody has asked for a long measurement."""
    found = known(config)
    if found is None:
        every = possible(len(config.dataset), config.val)
        splits = min(MOST, every)
        quick = can_train_together(config) and splits * config.epochs * len(config.dataset) <= AT_ONCE
        if not quick and not st.button(_offer(splits, every <= MOST), type="primary"):
            return None
        found = last_report(luck(config), tr("Training on every split")).outcomes
        keep(config, found)
    return found


def _offer(splits: int, all_of_them: bool) -> str:
    if all_of_them:
        return trn("Train the only split", "Train all {n} splits", splits, n=splits)
    return tr("Train {splits} splits, drawn at random", splits=splits)


def known(config: Config) -> tuple[Outcome, ...] | None:
    """What is remembered of a set-up."""
    with _change:
        if config in _known:
            _known.move_to_end(config)
        return _known.get(config)


def _numbers(outcomes: tuple[Outcome, ...]) -> int:
    return sum(len(outcome.held_out) for outcome in outcomes)


def keep(config: Config, outcomes: tuple[Outcome, ...]) -> None:
    """Remember these outcomes, and forget those that were not asked for longest."""
    with _change:
        _known[config] = outcomes
        while len(_known) > KEPT or (len(_known) > 1 and sum(map(_numbers, _known.values())) > NUMBERS):
            _known.popitem(last=False)
