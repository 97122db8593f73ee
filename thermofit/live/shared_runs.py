"""Runs that sessions share: equal settings give equal numbers, so a class with one link trains one run.

A shared run may only be trained further (`trainer`). A session that changes the settings gets a run of its
own (`branch`).
"""

import threading
from weakref import WeakValueDictionary

from thermofit import Config, Run

_lock = threading.Lock()
_known: WeakValueDictionary[Config, Run] = WeakValueDictionary()  # only while a session holds them


def shared(config: Config) -> Run:
    """The run of `config`, from epoch 0 to the epoch that any session has trained it to."""
    with _lock:
        run = _known.get(config)
        if run is None:
            run = _known[config] = Run(config)
        return run


def forget() -> None:
    """Share no existing run with future sessions."""
    with _lock:
        _known.clear()
