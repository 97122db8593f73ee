"""The short name of a set-up: equal for equal settings only."""

import torch

from thermofit import Config
from thermofit.data.dataset import Dataset
from thermofit.live.setup_id import setup_of


def own(last: float) -> Config:
    return Config(data=Dataset("own", torch.tensor([1.0, 2.0, last]), torch.tensor([3.0, 5.0, 9.0])))


def test_other_readings_are_another_set_up() -> None:
    assert setup_of(own(4.0)) == setup_of(own(4.0))
    assert len({setup_of(Config()), setup_of(own(4.0)), setup_of(own(5.0)), setup_of(Config(lr=0.02))}) == 4
