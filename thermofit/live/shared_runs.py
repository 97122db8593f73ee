"""Runs that sessions share: equal settings give equal numbers, so a class with one link trains one run.

Nobody may change a shared run except by training it further (`trainer`); who goes on with other settings
takes a run of its own (`branch`).
"""

import threading
from weakref import WeakValueDictionary

from thermofit import Config, Run

_lock = threading.Lock()
_known: WeakValueDictionary[Config, Run] = WeakValueDictionary()  # as long as a session has them


def shared(config: Config) -> Run:
    """The run of `config`, from epoch 0 to wherever anybody has trained it."""
    with _lock:
        run = _known.get(config)
        if run is None:
            run = _known[config] = Run(config)
        return run


def forget() -> None:
    """Share none of the runs that exist with sessions to come."""
    with _lock:
        _known.clear()
