"""The lanes on which stages get their rows: which token gives access to which run.

Streamlit's own messages reach a stage by a run of the page's script. A lane is the shorter way, for rows
only: the session hands its stage a token, and whoever knows the token may ask for rows of that stage's run.
"""

import secrets
from collections.abc import Callable
from threading import Lock
from weakref import WeakValueDictionary

from thermofit import Config
from thermofit.live.exchange import Live, exchange
from thermofit.live.protocol import Question, Scene, theme_of
from thermofit.words import Language, language, speaking

SceneFor = Callable[[Config, str], Scene]  # the scene of a set-up in a theme, "light" or "dark"

_open: WeakValueDictionary[str, "Lane"] = WeakValueDictionary()  # by token


class Lane:
    """What one stage of one session may ask for."""

    def __init__(self, stage: str) -> None:
        self.stage, self.token = stage, secrets.token_urlsafe(24)
        self._shown: tuple[Live, SceneFor, Language] | None = None

    def show(self, live: Live, scene_for: SceneFor) -> None:
        """From now on the stage shows this run, in these scenes and in the present language."""
        self._shown = live, scene_for, language()

    def answer(self, question: Question) -> bytes:
        """The packed answer; trains the run as far as the question needs. LookupError before `show`."""
        if self._shown is None:
            raise LookupError("nothing is shown on this lane yet")
        live, scene_for, read = self._shown
        with speaking(read):
            return exchange(
                live, lambda config: scene_for(config, theme_of(question)), question, self.stage
            ).pack()


class Lanes:
    """The lanes of one session, by stage."""

    def __init__(self) -> None:
        self._lanes: dict[str, Lane] = {}
        self._lock = Lock()

    def of(self, stage: str) -> Lane:
        """The lane of this stage; opens it if there is none."""
        with self._lock:
            if stage not in self._lanes:
                lane = self._lanes[stage] = Lane(stage)
                _open[lane.token] = lane
            return self._lanes[stage]

    def close(self) -> None:
        """The session has ended: its tokens are worthless from now on."""
        with self._lock:
            for lane in self._lanes.values():
                _open.pop(lane.token, None)
            self._lanes.clear()


def find(token: str) -> Lane | None:
    """The open lane of this token."""
    return _open.get(token)
