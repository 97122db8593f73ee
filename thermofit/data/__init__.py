"""What is learned from: the readings, how they are split and scaled.

May import torch, `errors` and `numbers`.
"""

from thermofit.data.dataset import Dataset
from thermofit.data.own import read_csv
from thermofit.data.registry import DATASETS
from thermofit.data.written import write_csv

__all__ = ["DATASETS", "Dataset", "read_csv", "write_csv"]
