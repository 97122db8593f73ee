"""One reading moved, added or removed: the others keep every digit, and what can't be is refused."""

import math

import pytest
import torch

from thermofit import Config
from thermofit.data.dataset import Dataset
from thermofit.data.edit import MOST_POINTS, Edit, edited, rows, values
from thermofit.data.own import own_dataset
from thermofit.data.registry import DATASETS, THERMOMETER
from thermofit.data.split import held_out_count, split
from thermofit.errors import ConfigError

ALL = pytest.mark.parametrize("name", DATASETS)


@ALL
def test_a_moved_point_leaves_the_others_as_they_were(name: str) -> None:
    before = DATASETS[name]
    after = edited(before, Edit("move", len(before) - 1, 1.5, -2.5))
    assert torch.equal(after.t_u[:-1], before.t_u[:-1]) and torch.equal(after.t_c[:-1], before.t_c[:-1])
    assert (after.t_u[-1].item(), after.t_c[-1].item()) == (1.5, -2.5)
    assert (after.name, after.label) == ("own", f"{before.label}, changed")
    assert (after.input_label, after.target_label) == (before.input_label, before.target_label)
    assert edited(after, Edit("move", 0, 0.0, 0.0)).label == after.label


@ALL
def test_numbers_are_as_short_as_they_were_given(name: str) -> None:
    dataset = DATASETS[name]
    for exact, single in ((dataset.exact_u, dataset.t_u), (dataset.exact_c, dataset.t_c)):
        assert torch.equal(torch.tensor(values(exact), dtype=torch.float64).float(), single)
    assert values(THERMOMETER.exact_u)[0] == 35.7


def test_added_points_come_last_and_removed_ones_are_gone() -> None:
    longer = edited(THERMOMETER, Edit("add", x=50.0, y=10.0))
    assert values(longer.exact_u) == [*values(THERMOMETER.exact_u), 50.0]
    shorter = edited(longer, Edit("remove", 2))
    assert values(shorter.exact_c) == [*values(longer.exact_c)[:2], *values(longer.exact_c)[3:]]
    assert Config(data=shorter).dataset == shorter


@pytest.mark.parametrize(
    ("dataset", "edit"),
    [
        (THERMOMETER, Edit("move", 11, 0.0, 0.0)),
        (THERMOMETER, Edit("move", -1, 0.0, 0.0)),
        (THERMOMETER, Edit("remove", 11)),
        (THERMOMETER, Edit("move", 0, math.nan, 0.0)),
        (THERMOMETER, Edit("add", 0, 0.0, 1e7)),
        (own_dataset([1.0, 2.0], [1.0, 2.0], "x", "y"), Edit("remove", 0)),
        (own_dataset([*map(float, range(MOST_POINTS))], [0.0] * MOST_POINTS, "x", "y"), Edit("add")),
    ],
)
def test_what_can_not_be_is_refused(dataset: object, edit: Edit) -> None:
    with pytest.raises(ConfigError) as caught:
        edited(dataset, edit)  # type: ignore[arg-type]
    (problem,) = caught.value.problems
    assert problem.field == "readings" and problem.reason and problem.allowed


SPLITS = pytest.mark.parametrize(("share", "seed"), [(0.0, 1), (0.2, 58), (0.25, 3), (0.5, 7)])


def held_out(dataset: Dataset, share: float, seed: int) -> list[tuple[float, float]]:
    found = rows(dataset)
    return [found[row] for row in split(len(dataset), share, seed).validation.tolist()]


def lacks(all_of: list[tuple[float, float]], some: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """What is left of a list without the others, each of which is in it."""
    left = list(all_of)
    for each in some:
        left.remove(each)
    return left


@SPLITS
@pytest.mark.parametrize("name", [name for name, data in DATASETS.items() if len(data) < MOST_POINTS])
def test_the_same_readings_are_held_out_and_an_added_one_trains(name: str, share: float, seed: int) -> None:
    before, new = DATASETS[name], (1234.5, -4321.0)
    held = held_out(before, share, seed)
    after = edited(before, Edit("add", 0, *new), share, seed)
    assert sorted(rows(after)) == sorted([*rows(before), new])
    more = lacks(held_out(after, share, seed), held)
    assert len(more) == held_out_count(len(after), share) - len(held) and new not in more
    moved = sum(one != other for one, other in zip([*rows(before), new], rows(after), strict=True))
    assert moved <= 2 * (len(held) + 1)


@SPLITS
@pytest.mark.parametrize("name", ["thermometer", "forbes", "norris"])
def test_removing_a_reading_changes_the_split_only_where_it_must(name: str, share: float, seed: int) -> None:
    before = DATASETS[name]
    held = held_out(before, share, seed)
    for row, gone in enumerate(rows(before)):
        after = edited(before, Edit("remove", row), share, seed)
        assert sorted(rows(after)) == sorted(lacks(rows(before), [gone]))
        kept = held_out(after, share, seed)
        remaining = lacks(held, [gone]) if row in split(len(before), share, seed).validation else held
        assert len(kept) == held_out_count(len(after), share)
        fewer, more = (remaining, kept) if len(kept) > len(remaining) else (kept, remaining)
        assert lacks(more, fewer) is not None and len(more) - len(fewer) <= 1
