"""Ranges of learning rate and start: those of the thermometer stay, others follow the readings."""

import pytest
import torch

from thermofit import Config, Run
from thermofit.data.dataset import Dataset
from thermofit.data.ranges import ranges
from thermofit.data.registry import DATASETS
from thermofit.data.scaling import SCALINGS
from thermofit.errors import ConfigError
from thermofit.theory.curvature import curvature


@pytest.mark.parametrize("scaling", SCALINGS)
def test_the_thermometer_keeps_its_ranges(scaling: str) -> None:
    found = ranges(DATASETS["thermometer"], SCALINGS[scaling])
    assert found.lr == (1e-6, 10.0)
    assert found.w0 == found.b0 == (-1000.0, 1000.0)


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3, 1e5])
def test_a_stable_rate_and_a_good_start_are_allowed(scaling: str, size: float) -> None:
    data = Dataset("some", size * torch.linspace(1, 2, 7), size * torch.linspace(-3, 5, 7))
    found = ranges(data, SCALINGS[scaling])
    scaled = SCALINGS[scaling].fit(data.t_u).apply(data.t_u)
    assert found.lr[0] < curvature(scaled).largest_rate
    assert found.b0[1] >= float(data.t_c.abs().max())


def test_the_data_set_is_a_setting() -> None:
    config = Config()
    assert config.data == "thermometer"
    assert Run(config).dataset is DATASETS[config.data]
    with pytest.raises(ConfigError, match=r"data = thermometre: unknown name \(did you mean thermometer"):
        Config(data="thermometre")


def test_ranges_follow_the_data_set() -> None:
    """A data set with large readings allows the small rates that it needs."""
    large = Dataset("large", 1e4 * DATASETS["thermometer"].t_u, DATASETS["thermometer"].t_c)
    assert Config(data=large, scaling="none", lr=1e-12).lr == 1e-12
    with pytest.raises(ConfigError, match="too small"):
        Config(data=large, scaling="standardize", lr=1e-12)
