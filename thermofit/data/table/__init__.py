"""A table of somebody's own: from the bytes of a file, or pasted text, to two columns of readings.

The file that is named like this folder has the whole way; each of the others answers one question of it.

May import `errors`, `numbers`, `words` and, for the largest reading, `data/dataset.py`.
"""

from thermofit.data.table.choices import DECIMALS, DELIMITERS, ENCODINGS, TableChoices
from thermofit.data.table.readings import Readings, Refused, rows
from thermofit.data.table.table import Table, read_table

__all__ = [
    "DECIMALS",
    "DELIMITERS",
    "ENCODINGS",
    "Readings",
    "Refused",
    "Table",
    "TableChoices",
    "read_table",
    "rows",
]
