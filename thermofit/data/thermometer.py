"""The thermometer that everybody meets first: eleven readings in an unknown unit beside the temperature."""

import torch

from thermofit.data.dataset import Dataset, KnownLine
from thermofit.words import mark

THERMOMETER = Dataset(
    name="thermometer",
    t_u=torch.tensor([35.7, 55.9, 58.2, 81.9, 56.3, 48.9, 33.9, 21.8, 48.4, 60.4, 68.4]),
    t_c=torch.tensor([0.5, 14.0, 15.0, 28.0, 11.0, 8.0, 3.0, -4.0, 6.0, 13.0, 21.0]),
    input_name=mark("Reading t_u (unknown unit)"),
    target_name=mark("Temperature"),
    target_unit="°C",
    source=mark("Eleven noisy readings in °F beside °C, from “Deep Learning with PyTorch”, chapter 5"),
    licence=mark("Numbers as published; facts carry no copyright"),
    label=mark("Thermometer"),
    help=mark("Eleven readings of an old thermometer in an unknown unit, beside the temperature in °C."),
    question=mark("Which unit does the old thermometer show?"),
    answer=mark(
        "Degrees Fahrenheit: the best line has a slope of 0.537, close to 5/9, and reaches 0 °C at 32. "
        "Noise in the readings explains the rest."
    ),
    truth=KnownLine(5 / 9, -32 * 5 / 9, mark("True °F→°C line")),  # t_c = (t_u - 32) · 5/9
)
