"""A stage for figures in which nothing moves."""

from collections.abc import Callable

import plotly.graph_objects as go

from thermofit import Config
from thermofit.live.protocol import Scene as AnyScene
from thermofit.stage.scene import Scene
from thermofit.ui.scenes.live_stage import stage
from thermofit.ui.state import keys, session_runs


def pictures(
    key: str, scene_for: Callable[[str], AnyScene], click: Callable[[float, float], None] | None
) -> None:
    """Draw figures in which nothing moves on a separate stage; `click` gets the point of a click."""
    stage(
        key,
        session_runs.session_run(keys.STILL_RUN, key, Config(epochs=1)),
        lambda _, theme: scene_for(theme),
        on_click=click,
    )


def still_scene(figures: list[go.Figure], theme: str) -> Scene:
    """A scene of these figures and nothing else."""
    return Scene(figures, [], {}, epochs=1, speeds=[], speed="1", theme=theme, bare=True)
