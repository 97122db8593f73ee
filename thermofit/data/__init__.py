"""What is learned from: the readings, how they are split and scaled.

May import torch, `errors` and `numbers`.
"""

from thermofit.data.dataset import Dataset
from thermofit.data.registry import DATASETS

__all__ = ["DATASETS", "Dataset"]
