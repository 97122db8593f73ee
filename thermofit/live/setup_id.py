"""A short name for a set-up, by which a stage knows one again that another session had."""

from functools import lru_cache
from hashlib import sha1
from urllib.parse import urlencode

from thermofit import Config
from thermofit.config.link import Link, write


@lru_cache(maxsize=256)
def setup_of(*configs: Config) -> str:
    """Equal for equal settings of one run, or of the runners of a race."""
    text = "\n".join(urlencode(write(Link(config))) for config in configs)
    return sha1(text.encode(), usedforsecurity=False).hexdigest()[:10]
