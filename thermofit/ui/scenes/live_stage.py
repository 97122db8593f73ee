"""A run on the page: the stage, its question and the answer, in a separate fragment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from thermofit import Config
from thermofit.live.exchange import Live, exchange
from thermofit.live.protocol import Act, PointEdit, Question, Scene, theme_of
from thermofit.stage.component import component
from thermofit.ui.state import keys, session_runs, staleness, widgets

Shown = TypeVar("Shown", bound=Live)


@dataclass(frozen=True)
class _Callbacks:
    """What is called when somebody does something in the picture."""

    click: Callable[[float, float], None] | None
    start: Callable[[float, float], None] | None
    act: Callable[[Act], None] | None
    pin: Callable[[Question], None] | None
    edit: Callable[[PointEdit, int], None] | None

    def call(self, key: str, question: Question) -> None:
        """Do what the question asks for, once; the page may be run anew from there."""
        if not (question.click or question.start or question.act or question.pin or question.edit):
            return
        session_runs.click_taken(key, question)
        if self.click and question.click:
            self.click(*question.click)
        if self.start and question.start:
            self.start(*question.start)
        if self.act and question.act:
            self.act(question.act)
        if self.pin and question.pin:
            self.pin(question)
        if self.edit and question.edit:
            self.edit(question.edit, question.at)


def stage(
    key: str,
    live: Shown,
    scene_for: Callable[[Config, str], Scene],
    follower: Sequence[str] = (),
    on_click: Callable[[float, float], None] | None = None,
    below: Callable[[Shown], None] | None = None,
    on_start: Callable[[float, float], None] | None = None,
    on_act: Callable[[Act], None] | None = None,
    on_pin: Callable[[Question], None] | None = None,
    on_edit: Callable[[PointEdit, int], None] | None = None,
) -> None:
    """Draw the stage for `live`; `scene_for` gives the scene of a set-up in a theme ("light" or "dark").

    It is a fragment, so that a question from the browser reruns only this function. `follower` names
    switches in the session's state; if one is on, a fragment (named after the first, with " fragment"
    added) is redrawn as well when the stage pauses, but not while it plays, which would cost frames.
    `on_click` gets the point of a click on a clickable figure, in the units of its axes; `below` draws what
    depends on the run's state. `on_start` gets w and b, as trained, of a line that was moved by hand.
    `on_act` gets what was done with a row of the board, `on_pin` the question, which
    names the run and the epoch to be pinned, `on_edit` what was done with a point of the fit, and the
    epoch shown; each is called once, before the answer.
    """
    draw = st.fragment(_stage, key=keys.fragment(key))
    draw(key, live, scene_for, follower, below, _Callbacks(on_click, on_start, on_act, on_pin, on_edit))


def _stage(
    key: str,
    live: Shown,
    scene_for: Callable[[Config, str], Scene],
    follower: Sequence[str],
    below: Callable[[Shown], None] | None,
    callbacks: _Callbacks,
) -> None:
    question = session_runs.asked(key)
    if staleness.is_stale():
        st.rerun()
    if question:
        callbacks.call(key, question)
    theme = theme_of(question or Question(theme=st.context.theme.type or ""))
    lane = session_runs.lane(key)
    lane.show(live, scene_for)
    answer = exchange(live, lambda config: scene_for(config, theme), question, key, lane.token)
    component(key, answer.pack(), lambda: _take_along(key, follower))
    session_runs.answered(key)
    if below:
        below(live)


def _take_along(key: str, follower: Sequence[str]) -> None:
    """Have the follower redrawn after the stage if this question says that the picture has stopped."""
    question = session_runs.asked(key)
    settled = question and (question.paused or question.change or question.restart)
    if settled and any(widgets.is_on(name) for name in follower):
        first = follower[0]
        st.rerun([keys.fragment(key), keys.fragment(first)])
