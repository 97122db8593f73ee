"""Which rows train and which only judge.

The held-out rows are drawn by a generator of their own, so the same seed gives the same split
whatever else used random numbers before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, eq=False)
class Split:
    """Row numbers (long tensors) of the two parts, in shuffled order."""

    train: Tensor
    validation: Tensor


def held_out_count(n: int, share: float) -> int:
    """How many of n rows this share holds out for validation."""
    return int(share * n)


def train_count(n: int, share: float) -> int:
    """How many of n rows are left to train on."""
    return n - held_out_count(n, share)


def order_that_holds_out(wanted: Sequence[int], n: int, share: float, seed: int) -> list[int]:
    """An order of n rows, numbered from 0 on, in which this split holds out the `wanted` ones.

    Where it holds out fewer, the last of them train; where it holds out more, the first others join, but not
    the last row. Only rows that must do so change their place, each with another one.
    """
    places = split(n, share, seed).validation.tolist()
    others = [row for row in range(n - 1) if row not in wanted]
    held = sorted(wanted)[: len(places)]
    held += others[: len(places) - len(held)]
    order = list(range(n))
    for row, place in zip(sorted(set(held) - set(places)), sorted(set(places) - set(held)), strict=True):
        order[row], order[place] = order[place], order[row]
    return order


def split(n: int, share: float, seed: int) -> Split:
    """Shuffle n row numbers; the last int(share * n) of them validate, the others train.

    `share` lies between 0 and 0.5; a share of 0 leaves the validation part empty.
    """
    shuffled = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    n_train = train_count(n, share)
    return Split(train=shuffled[:n_train], validation=shuffled[n_train:])
