"""A short name for a set-up, by which a stage knows one again that another session had."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha1
from urllib.parse import urlencode

from thermofit import Config
from thermofit.config.link import Link, write


@lru_cache(maxsize=256)
def setup_of(*configs: Config) -> str:
    """Equal for equal settings of one run, or of the runners of a race."""
    links = [urlencode(write(Link(config))) for config in configs]
    own = [config.dataset.fingerprint for config in configs if not isinstance(config.data, str)]
    return _digest("\n".join([*links, *own]))


def recording_of(segments: Sequence[tuple[int, Config]], epoch: int) -> str:
    """Equal for runs that were recorded up to the same epoch with the same settings; see `training.plan`."""
    firsts = " ".join(str(first) for first, _ in segments)
    return _digest(f"{setup_of(*(config for _, config in segments))} {firsts} {epoch}")


def _digest(text: str) -> str:
    return sha1(text.encode(), usedforsecurity=False).hexdigest()[:10]
