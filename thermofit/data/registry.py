"""The data sets that come with thermofit, by the name that a link gives them."""

from thermofit.data.dataset import Dataset
from thermofit.data.gallery.anscombe import ANSCOMBE_1, ANSCOMBE_2, ANSCOMBE_3, ANSCOMBE_4
from thermofit.data.gallery.countries import GAPMINDER
from thermofit.data.gallery.earth_and_sky import FAITHFUL, HUBBLE
from thermofit.data.gallery.instruments import FORBES, NORRIS
from thermofit.data.gallery.living_things import GALTON, IRIS
from thermofit.data.gallery.people import PHONES, TIPS
from thermofit.data.gallery.vehicles import CARS, MTCARS
from thermofit.data.thermometer import THERMOMETER

DATASETS: dict[str, Dataset] = {
    dataset.name: dataset
    for dataset in (
        THERMOMETER,
        ANSCOMBE_1,
        ANSCOMBE_2,
        ANSCOMBE_3,
        ANSCOMBE_4,
        FAITHFUL,
        HUBBLE,
        MTCARS,
        CARS,
        IRIS,
        GALTON,
        TIPS,
        PHONES,
        GAPMINDER,
        FORBES,
        NORRIS,
    )
}


def readings(data: str | Dataset) -> Dataset:
    """The data set of this name; readings of one's own are their own data set."""
    return DATASETS[data] if isinstance(data, str) else data


def named(dataset: Dataset) -> str | Dataset:
    """The name of a set that comes with thermofit, so that it is told in one way only; others as they are."""
    return dataset.name if DATASETS.get(dataset.name) == dataset else dataset
