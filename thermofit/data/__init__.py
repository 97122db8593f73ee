"""What is learned from: the readings, how they are split and scaled.

May import torch, `errors`, `numbers` and `words`.
"""

from thermofit.data.dataset import Dataset
from thermofit.data.own import dataset_of, read_csv
from thermofit.data.registry import DATASETS
from thermofit.data.table import TableChoices, read_table, rows
from thermofit.data.written import write_csv

__all__ = ["DATASETS", "Dataset", "TableChoices", "dataset_of", "read_csv", "read_table", "rows", "write_csv"]
