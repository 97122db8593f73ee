"""Settings for all tests: the same examples in every run, and no time limit that could fail one."""

import pytest
import torch
from hypothesis import HealthCheck, settings

from thermofit.live import trainer

settings.register_profile(
    "thermofit", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("thermofit")
torch.set_num_threads(1)  # the tensors are tiny; threads would only get in each other's way


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slice of training brings what was asked for, however slow the machine is just then."""
    monkeypatch.setattr(trainer, "SLICE", 10 * trainer.SLICE)
    monkeypatch.setattr(trainer, "ROUND", 60 * trainer.SLICE)
