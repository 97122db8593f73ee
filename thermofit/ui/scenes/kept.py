"""Scenes drawn lately, kept for all sessions: equal set-ups look the same."""

from collections.abc import Callable, Hashable
from functools import lru_cache

from thermofit.stage.scene import PackedScene, Scene
from thermofit.words import Language, language

KEPT = 64  # a class of sixty, each with a set-up of their own


def kept(make: Callable[..., Scene], *arguments: Hashable) -> PackedScene:
    """The scene that `make` draws from these arguments, drawn anew only if it was not wanted lately."""
    return _kept(language(), make, *arguments)


@lru_cache(maxsize=KEPT)
def _kept(read: Language, make: Callable[..., Scene], *arguments: Hashable) -> PackedScene:
    """The scene in this language, which is the present one."""
    return make(*arguments).packed()
