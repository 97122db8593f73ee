"""Somebody's own readings as a data set."""

import os
from collections.abc import Sequence
from pathlib import Path

import torch

from thermofit.data.dataset import OWN, Dataset
from thermofit.data.table.choices import TableChoices
from thermofit.data.table.columns import clean, name_and_unit
from thermofit.data.table.content import refuse_size
from thermofit.data.table.limits import LARGEST_FILE, refuse
from thermofit.data.table.readings import Readings, rows
from thermofit.data.table.table import read_table
from thermofit.words import mark, tr

LABEL = mark("Your own readings")


def own_dataset(
    inputs: Sequence[float],
    targets: Sequence[float],
    input_label: str,
    target_label: str,
    label: str = LABEL,
    source: str = "",
    rounded_to: int | None = None,
) -> Dataset:
    """The one place where own readings become a Dataset; ValueError as there.

    A label may end in a unit in brackets: "weight (kg)", "length [cm]".
    """
    # 0.0 is added so that there is only one zero: a link does not keep the sign of another.
    t_u, t_c = (torch.tensor(column, dtype=torch.float64) + 0.0 for column in (inputs, targets))
    (input_name, input_unit), (target_name, target_unit) = map(name_and_unit, (input_label, target_label))
    return Dataset(
        name=OWN,
        t_u=t_u,
        t_c=t_c,
        input_name=input_name,
        input_unit=input_unit,
        target_name=target_name,
        target_unit=target_unit,
        label=clean(label) or LABEL,
        source=clean(source),
        rounded_to=rounded_to,
    )


def dataset_of(readings: Readings, label: str = LABEL, source: str = "") -> Dataset:
    """The good rows as a Dataset; ConfigError if they are too few or too many."""
    good = readings.checked()
    return own_dataset(good.inputs, good.targets, good.input_label, good.target_label, label, source)


def read_csv(
    path: str | Path,
    input: str | int | None = None,
    target: str | int | None = None,
    choices: TableChoices | None = None,
) -> Dataset:
    """The readings in a CSV file, as a Dataset labelled by the file's name and the header's.

    Encoding, delimiter, decimal mark, header and columns are found out, except for what is given. A column
    is given by its name or its place, from 0 on. Rows that can't be used are left out; `read_table` and
    `rows` of `thermofit.data.table` say which, and why. ConfigError, a ValueError, if the file can't be read
    or has fewer than 2 or more than 10,000 good rows.
    """
    path = Path(path)
    table = read_table(_bytes(path), choices)
    places = (table.place(column) for column in (input, target))
    return dataset_of(rows(table, *places), path.stem, path.name)


def _bytes(path: Path) -> bytes:
    """What is in the file. No more than is allowed is read of it, since some files never end."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
            size = os.fstat(file.fileno()).st_size
    except (OSError, ValueError) as error:  # ValueError: a path that holds a NUL byte
        reason = getattr(error, "strerror", None) or tr("no such path")
        told = tr("the file can't be read ({reason})", reason=reason)
        refuse(told, tr("the path of a CSV file"), clean(path.name))
    if len(content) > LARGEST_FILE:
        refuse_size(max(size, len(content)))
    return content
