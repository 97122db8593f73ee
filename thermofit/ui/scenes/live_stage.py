"""A run on the page: the stage, its question and the answer, in a separate fragment."""

from collections.abc import Callable, Sequence

import streamlit as st

from thermofit import Config
from thermofit.live.exchange import exchange
from thermofit.live.live_run import LiveRun
from thermofit.live.protocol import Question, Scene, theme_of
from thermofit.stage.component import component
from thermofit.ui.state import keys, session_runs, staleness, widgets


def stage(
    key: str,
    live: LiveRun,
    scene_for: Callable[[Config, str], Scene],
    follower: Sequence[str] = (),
    on_click: Callable[[float, float], None] | None = None,
    below: Callable[[LiveRun], None] | None = None,
    on_start: Callable[[float, float], None] | None = None,
) -> None:
    """Draw the stage for `live`; `scene_for` gives the scene of a set-up in a theme ("light" or "dark").

    It is a fragment, so that a question from the browser reruns only this function. `follower` names
    switches in the session's state; if one is on, a fragment (named after the first, with " fragment"
    added) is redrawn as well when the stage pauses, but not while it plays, which would cost frames.
    `on_click` gets the point of a click on a clickable figure, in the units of its axes; `below` draws what
    depends on the run's state. `on_start` gets w and b, as trained, of a line that was moved by hand.
    """
    draw = st.fragment(_stage, key=keys.fragment(key))
    draw(key, live, scene_for, follower, on_click, below, on_start)


def _stage(
    key: str,
    live: LiveRun,
    scene_for: Callable[[Config, str], Scene],
    follower: Sequence[str],
    on_click: Callable[[float, float], None] | None,
    below: Callable[[LiveRun], None] | None,
    on_start: Callable[[float, float], None] | None,
) -> None:
    question = session_runs.asked(key)
    if staleness.is_stale():
        st.rerun()
    if on_click and question and question.click:
        session_runs.click_taken(key, question)
        on_click(*question.click)
    if on_start and question and question.start:
        session_runs.click_taken(key, question)
        on_start(*question.start)
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
