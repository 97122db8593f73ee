"""The runs of this browser session, and the questions that its stages ask."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from thermofit import Config
from thermofit.live.lane import Lane, Lanes
from thermofit.live.live_run import LiveRun
from thermofit.live.protocol import Question
from thermofit.live.setting_change import How
from thermofit.ui.state import keys


def session_run(name: str, stage: str, config: Config, how: How = How.USUAL, epoch: int = 0) -> LiveRun:
    """This session's run called `name`, shown on `stage`; a new one is shown from `epoch` on.

    See `LiveRun.configure` for the rest.
    """
    runs: dict[str, LiveRun] = st.session_state.setdefault(keys.LIVE_RUNS, {})
    if name not in runs:
        runs[name] = LiveRun(config)
        runs[name].open_at(epoch)
    live = runs[name]
    live.hear(asked(stage))
    before = live.id
    live.configure(config, how)
    if live.id != before:
        live.open_at(epoch)
    return live


def lane(stage: str) -> Lane:
    """The lane by which this stage gets rows; it is closed when the browser leaves."""
    return _lanes().of(stage)


@st.cache_resource(scope="session", show_spinner=False, on_release=Lanes.close)
def _lanes() -> Lanes:
    return Lanes()


def asked(stage: str) -> Question | None:
    """What the browser asks; a question stays pending if the page was drawn instead of an answer."""
    raw = st.session_state.get(stage)
    question = Question.read(raw.get("ask") if isinstance(raw, Mapping) else None)
    if question:
        st.session_state[keys.question(stage)] = question
    waiting: Question | None = st.session_state.get(keys.question(stage))
    return waiting


def click_taken(stage: str, question: Question) -> None:
    """Drop what was done in the picture, so that it counts only once even if the question is repeated."""
    done = replace(question, click=None, start=None, act=None, pin=False, edit=None)
    st.session_state[keys.question(stage)] = done


def answered(stage: str) -> None:
    """The stage's question has its answer."""
    st.session_state.pop(keys.question(stage), None)
