import pytest
import torch

from thermofit.data.split import split


@pytest.mark.parametrize("n", [1, 2, 11, 1000])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.2, 1 / 3, 0.5])
def test_every_row_is_in_exactly_one_part(n, share):
    parts = split(n, share, seed=3)
    assert len(parts.validation) == int(share * n)
    assert torch.cat([parts.train, parts.validation]).sort().values.tolist() == list(range(n))


def test_the_last_shuffled_rows_validate():
    shuffled = torch.randperm(11, generator=torch.Generator().manual_seed(58))
    parts = split(11, 0.2, seed=58)
    assert torch.equal(torch.cat([parts.train, parts.validation]), shuffled)
    assert sorted(parts.validation.tolist()) == [1, 2]


def test_the_seed_decides_and_nothing_else():
    first = split(11, 0.3, seed=1)
    torch.manual_seed(99)
    assert torch.equal(first.validation, split(11, 0.3, seed=1).validation)
    assert any(not torch.equal(first.validation, split(11, 0.3, seed=s).validation) for s in range(2, 6))
