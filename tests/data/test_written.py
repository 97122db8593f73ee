"""Readings as a CSV read back as the same numbers, and no text of it starts a formula in a spreadsheet."""

import csv
import io
import string

import pandas as pd
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from thermofit.data import DATASETS, read_csv, write_csv
from thermofit.data.dataset import LARGEST_READING, Dataset
from thermofit.data.own import dataset_of, own_dataset
from thermofit.data.table import read_table, rows
from thermofit.data.written import digits, plain_cell

NUMBERS = st.floats(-LARGEST_READING, LARGEST_READING, width=32, allow_subnormal=False)
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_reads_back(name, tmp_path):
    data = DATASETS[name]
    file = tmp_path / f"{name}.csv"
    file.write_text(write_csv(data), encoding="utf-8", newline="")
    found = read_csv(file)
    assert torch.equal(found.t_u, data.t_u) and torch.equal(found.t_c, data.t_c)
    assert (found.input_label, found.target_label, found.label) == (data.input_label, data.target_label, name)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=50))
def test_any_readings_read_back(pairs):
    data = own_dataset(*zip(*pairs, strict=True), "in (a)", "out, (b)")
    text = write_csv(data)
    found = dataset_of(rows(read_table(text)))
    assert torch.equal(found.t_u, data.t_u) and torch.equal(found.t_c, data.t_c)
    assert (found.input_label, found.target_label) == ("in (a)", "out, (b)")
    frame = pd.read_csv(io.StringIO(text), dtype="float32")  # another reader of CSV agrees
    assert frame.iloc[:, 0].tolist() == data.t_u.tolist()


@given(st.lists(NUMBERS, min_size=1, max_size=20))
def test_digits_are_the_fewest_that_read_back(values):
    column = torch.tensor(values)
    texts = digits(column)
    assert torch.tensor([float(text) for text in texts]).equal(column)
    assert all(len(text) <= len(repr(value)) for text, value in zip(texts, column.tolist(), strict=True))


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_is_written_as_it_was_typed(name):
    cells = [cell for row in list(csv.reader(io.StringIO(write_csv(DATASETS[name]))))[1:] for cell in row]
    assert max(map(len, cells)) <= 12


def test_readings_are_written_as_they_were_typed():
    assert digits(torch.tensor([35.7, -4.0, 0.5, 98765.25, 1e-5])) == [
        "35.7",
        "-4",
        "0.5",
        "98765.25",
        "1e-05",
    ]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\u200b", '"'])
def test_a_text_never_starts_a_formula(start, before):
    cell = plain_cell(f"{before}{start}cmd|' /C calc'!A0")
    assert cell.startswith("'")


@given(st.text(st.sampled_from("=+-@\t\r\n ab'\",;")))
def test_any_label_is_a_plain_cell(label):
    data = Dataset("own", torch.tensor([1.0, -2.0]), torch.tensor([-3.0, 4.0]), label, label)
    header, *numbers = csv.reader(io.StringIO(write_csv(data), newline=""))
    assert not any(cell.startswith(STARTS) for cell in header)
    assert numbers == [["1", "-3"], ["-2", "4"]]  # a number may begin with a minus


@pytest.mark.parametrize("label", ["Temperature (°C)", "t_u", "", *string.ascii_letters])
def test_a_usual_label_stays_as_it_is(label):
    assert plain_cell(label) == label
