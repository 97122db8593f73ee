"""The data sets that come with thermofit, by the name that a link gives them."""

import torch

from thermofit.data.dataset import Dataset

THERMOMETER = Dataset(
    name="thermometer",
    t_u=torch.tensor([35.7, 55.9, 58.2, 81.9, 56.3, 48.9, 33.9, 21.8, 48.4, 60.4, 68.4]),
    t_c=torch.tensor([0.5, 14.0, 15.0, 28.0, 11.0, 8.0, 3.0, -4.0, 6.0, 13.0, 21.0]),
    label="Thermometer",
    help="Eleven readings of an old thermometer in an unknown unit, beside the temperature in °C.",
    source="Eleven noisy readings in °F beside °C, from “Deep Learning with PyTorch”, chapter 5",
)

DATASETS = {dataset.name: dataset for dataset in (THERMOMETER,)}
