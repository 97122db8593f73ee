import copy
import dataclasses
import pickle

import pytest
import torch

from thermofit.data.dataset import COLUMNS, Dataset, KnownLine
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


COLUMN = torch.tensor([0.1, 0.2, 0.7], dtype=torch.float64)


def test_all_digits_stay_beside_those_that_train():
    data = Dataset("mine", COLUMN, 2 * COLUMN)
    assert data.t_u.dtype == data.t_c.dtype == torch.float32
    assert torch.equal(data.exact_u, COLUMN) and torch.equal(data.exact_c, 2 * COLUMN)


def test_columns_given_cannot_be_changed_from_outside():
    given = COLUMN.clone()
    data = Dataset("mine", given, given)
    given += 1
    assert torch.equal(data.exact_u, COLUMN) and data == Dataset("mine", COLUMN, COLUMN)


@pytest.mark.parametrize(
    "again", [copy.deepcopy, lambda data: pickle.loads(pickle.dumps(data)), dataclasses.replace]
)
def test_equal_contents_are_equal(again):
    assert again(THERMOMETER) == THERMOMETER and hash(again(THERMOMETER)) == hash(THERMOMETER)


OTHER = {"t_u": COLUMN + 1e-12, "t_c": COLUMN + 1e-12, "truth": KnownLine(1.0, 0.0, "known")}


@pytest.mark.parametrize("field", [each.name for each in dataclasses.fields(Dataset) if each.init])
def test_anything_else_is_another_set(field):
    data = Dataset("mine", COLUMN, COLUMN)
    # The copies of replace() hold the float32 columns, so both sides are made anew.
    given = {name: getattr(data, name) for name in ("name", "input_name")} | dict.fromkeys(COLUMNS, COLUMN)
    assert Dataset(**given) == data
    assert Dataset(**(given | {field: OTHER.get(field, "other")})) != data


def test_units_stand_in_the_labels_where_there_are_any():
    plain = Dataset("plain", COLUMN, COLUMN)
    assert (plain.input_label, plain.target_label) == ("Reading t_u", "Target t_c")
    assert (plain.slope_unit, plain.scaled_slope_unit) == ("per unit of t_u", "per scaled unit")
    car = Dataset("car", COLUMN, COLUMN, "Weight", "1000 lb", "Range", "mpg")
    assert (car.input_label, car.target_label) == ("Weight (1000 lb)", "Range (mpg)")
    assert (car.slope_unit, car.scaled_slope_unit) == ("mpg per 1000 lb", "mpg per scaled unit")
    assert THERMOMETER.input_label == "Reading t_u (unknown unit)"
    assert THERMOMETER.slope_unit == "°C per unit of t_u"
