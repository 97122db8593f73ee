import pytest
import torch

from thermofit.data.dataset import Dataset
from thermofit.data.registry import DATASETS, THERMOMETER


def test_the_thermometer_has_eleven_rows():
    assert len(THERMOMETER) == 11
    assert THERMOMETER.t_u.dtype == THERMOMETER.t_c.dtype == torch.float32
    assert DATASETS["thermometer"] is THERMOMETER


@pytest.mark.parametrize(
    "t_u, t_c",
    [
        ([], []),
        ([1.0, 2.0], [1.0]),
        ([[1.0, 2.0]], [[1.0, 2.0]]),
        ([1.0, float("nan")], [1.0, 2.0]),
        ([1.0, 2.0], [1.0, float("inf")]),
        ([1.0, 2e6], [1.0, 2.0]),
    ],
)
def test_data_that_cannot_be_trained_on_are_refused(t_u, t_c):
    with pytest.raises(ValueError):
        Dataset("bad", torch.tensor(t_u), torch.tensor(t_c))


def test_a_dataset_is_frozen():
    with pytest.raises(AttributeError):
        THERMOMETER.name = "other"
