"""The batches are those of torch's DataLoader, epoch after epoch, also after a way back."""

from itertools import product

import pytest
import torch
from torch.utils.data import DataLoader, TensorDataset

from thermofit.data.batches import BLOCK, Batches, Batching, batches_per_epoch


def loader(rows, size, seed, drop_last):
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(
        TensorDataset(torch.arange(rows)), size, shuffle=True, drop_last=drop_last, generator=generator
    )


@pytest.mark.parametrize(("rows", "drop_last"), list(product((1, 2, 9, 11, 30), (False, True))))
def test_they_are_those_of_the_dataloader(rows, drop_last):
    for size, seed in product(sorted({1, 2, 4, rows // 2 + 1, rows} & set(range(1, rows + 1))), (0, 7)):
        theirs = loader(rows, size, seed, drop_last)
        ours = Batches(Batching(rows, size, seed, drop_last), torch.arange(rows))
        for _ in range(4):
            expected = [batch.tolist() for (batch,) in theirs]
            assert len(expected) == batches_per_epoch(rows, size, drop_last) == ours.batching.per_epoch
            assert [ours.take()[0].tolist() for _ in expected] == expected


@pytest.mark.parametrize("place", [0, 1, 2, 3, BLOCK - 1, BLOCK, 5 * BLOCK + 1])
def test_a_place_is_found_again(place):
    batches = Batches(Batching(9, 4, 0, False), torch.arange(9))
    for _ in range(place):
        batches.take()
    saved = batches.save()
    after = [batches.take()[0].tolist() for _ in range(3 * BLOCK)]
    batches.restore(saved)
    assert [batches.take()[0].tolist() for _ in after] == after


def test_columns_are_cut_alike():
    t, t_c = torch.arange(9.0), torch.arange(9.0) * 2
    batches = Batches(Batching(9, 4, 0, False), t, t_c)
    assert all(torch.equal(2 * a, b) for a, b in (batches.take() for _ in range(20)))


def test_all_rows_are_one_batch():
    assert batches_per_epoch(9, 0, False) == batches_per_epoch(9, 9, True) == 1
