"""What the server keeps for later visitors is bounded, in entries and in bytes."""

import importlib
import itertools
import pickle
import pkgutil
from collections.abc import Callable
from functools import _lru_cache_wrapper
from types import ModuleType
from typing import Any

import torch

import thermofit
from thermofit import Config
from thermofit.charts.theme import THEMES
from thermofit.config import settings
from thermofit.config.readings_text import pack_readings
from thermofit.data.dataset import Dataset
from thermofit.data.registry import DATASETS
from thermofit.data.scaling import SCALINGS
from thermofit.experiments import validation_sets
from thermofit.landscape.axes import Units
from thermofit.live import setup_id
from thermofit.optim.registry import OPTIMIZERS
from thermofit.stage.scene import Scene
from thermofit.ui.controls.stability_hint import forecast_of
from thermofit.ui.lesson.chapter import last_row
from thermofit.ui.lesson.chapters import CHAPTERS, autograd, batches, gradient, validation
from thermofit.ui.locale.catalogues import tags
from thermofit.ui.scenes import fit_and_loss, landscape
from thermofit.ui.scenes.kept import _kept, kept

ALL, EACH = 20e6, 12e6  # bytes that all caches together, and each of them, may take

# Caches without a limit, because there is one entry for each of these.
FEW: dict[str, int] = {
    "thermofit.ui.locale.catalogues.read": len(tags()) + 1,
    "thermofit.charts.theme.template": len(THEMES),
    "thermofit.config.settings._of_named": len(DATASETS) * len(SCALINGS),
    "thermofit.ui.lesson.chapters.optimizers._outcome": len(OPTIMIZERS),
    "thermofit.ui.lesson.wording.words_of": len(CHAPTERS) * (len(tags()) + 1),
    "thermofit.ui.scenes.guide.sections": 2 * (len(tags()) + 1),
    "thermofit.ui.scenes.guide._terms": len(tags()) + 1,
}


def modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(thermofit.__path__, "thermofit.")
    return [importlib.import_module(module.name) for module in found if not module.name.endswith(".main")]


def caches() -> dict[str, Any]:
    """Every cache of the package, by name."""
    found = (value for module in modules() for value in vars(module).values())
    known = (value for value in found if isinstance(value, _lru_cache_wrapper))
    return {f"{cache.__module__}.{cache.__wrapped__.__qualname__}": cache for cache in known}


def scenes() -> list[Any]:
    """A scene of every kind, of a run as long as is allowed."""
    config = Config(epochs=1_000_000)
    flat = [kept(make, config, "100", "light") for make in (landscape.lab, fit_and_loss.lesson)]
    units: tuple[Units, ...] = ("trained", "original")
    kinds = itertools.product(units, landscape.SHAPES)
    return flat + [kept(landscape.scene, config, unit, "fit", "100", "light", shape) for unit, shape in kinds]


def own_settings() -> list[Any]:
    """Readings of one's own, as many as are allowed, and the settings that belong to them."""
    own = Dataset("own", torch.linspace(0, 1, 10_000), torch.linspace(0, 1, 10_000))
    return [(own, settings._of_own(own, "none"))]


OWN = Dataset("own", torch.linspace(0, 1, 10_000), torch.linspace(0, 1, 10_000))  # as large as is allowed

EXAMPLES: dict[str, Callable[[], list[Any]]] = {
    "thermofit.config.settings._of_own": own_settings,
    "thermofit.config.readings_text.pack_readings": lambda: [(OWN, pack_readings(OWN))],
    "thermofit.live.setup_id.setup_of": lambda: [setup_id.setup_of(Config())],
    "thermofit.experiments.validation_sets._drawn": lambda: [validation_sets._drawn(11, 0.46, 462)],
    "thermofit.ui.scenes.kept._kept": scenes,
    "thermofit.ui.scenes.landscape.marks": lambda: [landscape.marks(Config(), "trained")],
    "thermofit.ui.scenes.landscape.heights": lambda: [landscape.heights(Config(), "trained")],
    "thermofit.ui.controls.stability_hint.forecast_of": lambda: [forecast_of(Config())],
    "thermofit.ui.lesson.chapter.last_row": lambda: [last_row(Config(epochs=10))],
    "thermofit.ui.lesson.chapters.autograd._accumulated": lambda: [autograd._accumulated(Config())],
    "thermofit.ui.lesson.chapters.batches.averaged": lambda: [batches.averaged()],
    "thermofit.ui.lesson.chapters.batches._outcome": lambda: [batches._outcome(batches.SINGLE)],
    "thermofit.ui.lesson.chapters.gradient._sizes": lambda: [gradient._sizes(Config())],
    "thermofit.ui.lesson.chapters.validation._lucky": lambda: [validation._lucky(0.2)],
}


def needs(cache: Any) -> bool:
    """Whether the result depends on arguments; a result without any is computed once."""
    return bool(cache.__wrapped__.__code__.co_argcount)


def test_every_cache_has_a_limit_or_few_entries() -> None:
    unlimited = {name for name, cache in caches().items() if cache.cache_info().maxsize is None}
    assert {name for name in unlimited if needs(caches()[name])} == set(FEW)


def test_all_caches_that_can_fill_are_measured_here() -> None:
    limited = {name for name, cache in caches().items() if cache.cache_info().maxsize is not None}
    assert limited == set(EXAMPLES)


def test_full_caches_take_little_memory() -> None:
    sizes = {
        name: caches()[name].cache_info().maxsize * max(len(pickle.dumps(value)) for value in make())
        for name, make in EXAMPLES.items()
    }
    assert max(sizes.values()) < EACH, sizes
    assert sum(sizes.values()) < ALL, sizes


def test_many_set_ups_leave_no_more_than_the_limit() -> None:
    limit = _kept.cache_info().maxsize
    assert limit is not None
    for number in range(limit + 5):
        kept(_bare, number)
    assert _kept.cache_info().currsize == limit


def _bare(number: int) -> Scene:
    return Scene([], [], {}, epochs=number, speeds=[], speed="1", theme="light", bare=True)
