"""Scenes drawn lately, kept for all sessions: equal set-ups look the same."""

from collections.abc import Callable, Hashable
from functools import lru_cache

from thermofit.stage.scene import PackedScene, Scene

KEPT = 64  # a class of sixty, each with a set-up of their own


@lru_cache(maxsize=KEPT)
def kept(make: Callable[..., Scene], *arguments: Hashable) -> PackedScene:
    """The scene that `make` draws from these arguments, drawn anew only if it was not wanted lately."""
    return make(*arguments).packed()
