"""The learning rate that suits a runner: the best of a range test, remembered for all visitors."""

import threading
from collections import OrderedDict
from collections.abc import Iterator

from thermofit import Config
from thermofit.experiments.lr_range import rate_range

EPOCHS = 100  # for each rate that is tried
KEPT = 512  # rates, a line each

_lock = threading.Lock()
_found: OrderedDict[Config, float] = OrderedDict()


def _alike(config: Config) -> Config:
    """One set-up for all that have the same good rate."""
    return config.replace(lr=Config().lr, epochs=EPOCHS, tolerance=0.0)


def known(config: Config) -> float | None:
    """The good rate of a set-up, if it was found lately."""
    with _lock:
        return _found.get(_alike(config))


def search(config: Config) -> Iterator[float]:
    """Find the rate with the lowest training loss, and remember it; the share of the work that is done.

    Where every rate diverges, the set-up keeps its own.
    """
    for progress in rate_range(config, epochs=EPOCHS):
        yield progress.done
    finished = [trial for trial in progress.trials if trial.loss is not None]
    best = min(finished, key=lambda trial: trial.loss or 0.0, default=None)
    with _lock:
        _found[_alike(config)] = best.lr if best else config.lr
        while len(_found) > KEPT:
            _found.popitem(last=False)
