"""Long work on the page: a progress bar, and a way to cancel."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

import streamlit as st

from thermofit.live.trainer import TRAINER


class Report(Protocol):
    """How far the work is."""

    @property
    def done(self) -> float:
        """The share of the work done, 0 to 1."""


Reported = TypeVar("Reported", bound=Report)


def last_report(steps: Iterator[Reported], text: str) -> Reported:
    """Work to the end; Cancel reruns the fragment or the page, and so ends the work."""
    place = st.empty()
    report = _next(steps)
    with place.container():
        if report.done < 1.0:
            bar = st.progress(report.done, text)
            st.button("Cancel")
        while report.done < 1.0:
            report = _next(steps)
            bar.progress(report.done, text)
    place.empty()
    return report


def _next(steps: Iterator[Reported]) -> Reported:
    """The next report; one session computes at a time."""
    with TRAINER.exclusive():
        return next(steps)
