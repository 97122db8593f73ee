"""The data sets that come with thermofit, by the name that a link gives them."""

from thermofit.data.thermometer import THERMOMETER

DATASETS = {dataset.name: dataset for dataset in (THERMOMETER,)}
