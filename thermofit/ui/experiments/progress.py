"""Long work on the page: a progress bar, and a way to cancel."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol, TypeVar

import streamlit as st

from thermofit.live.trainer import TRAINER
from thermofit.ui.state import keys, memory
from thermofit.words import tr


class Report(Protocol):
    """How far the work is."""

    @property
    def done(self) -> float:
        """The share of the work done, 0 to 1."""


Reported = TypeVar("Reported", bound=Report)


def asks_for(work: str) -> Callable[[], None]:
    """What a button calls to have this work done at the end of the page; see `wanted`."""
    return partial(memory.remember, keys.work_wanted(work), True)


def place_of(work: str) -> None:
    """Keep room here for the progress of this work."""
    memory.remember(keys.work_place(work), st.empty())


def wanted(work: str, steps: Callable[[], Iterator[Reported]], text: str) -> Reported | None:
    """The last report of this work if it was asked for and has a place; else None.

    The page calls this last, when everything else is drawn, and not from a fragment: the rerun of a fragment
    waits for the end of its own work, so Cancel would come too late.
    """
    place = memory.take(keys.work_place(work))
    if not memory.take(keys.work_wanted(work), False) or place is None:
        return None
    with place.container():
        return last_report(steps(), text)


def last_report(steps: Iterator[Reported], text: str) -> Reported:
    """Work to the end; Cancel reruns the page, and so ends the work."""
    place = st.empty()
    report = _next(steps)
    with place.container():
        if report.done < 1.0:
            bar = st.progress(report.done, text)
            st.button(tr("Cancel"))
        while report.done < 1.0:
            report = _next(steps)
            bar.progress(report.done, text)
    place.empty()
    return report


def _next(steps: Iterator[Reported]) -> Reported:
    """The next report; one session computes at a time."""
    with TRAINER.exclusive():
        return next(steps)
