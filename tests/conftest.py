"""Settings for all tests: the same examples in every run, and no time limit that could fail one."""

import torch
from hypothesis import HealthCheck, settings

settings.register_profile(
    "thermofit", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("thermofit")
torch.set_num_threads(1)  # the tensors are tiny; threads would only get in each other's way
