"""Problems of a link are told in the words of the page, not in those of the link."""

import pytest

from thermofit.config.labels import REST, key_label, labelled
from thermofit.config.link import KEYS, read


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_key_of_a_link_has_a_label(key: str) -> None:
    assert key_label(key) != key or key in ("momentum",)


def test_no_label_is_given_twice() -> None:
    labels = [key_label(key) for key in {*KEYS, *REST}]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"lr": "fast"}, "Learning rate = fast: not a number. Allowed: a number from 1e-06 to 10."),
        ({"optimiser": "SGD"}, "optimiser = SGD: unknown key (did you mean Optimizer?)."),
        ({"foo": "1"}, "foo = 1: unknown key."),
        ({"scaling": "tenths"}, "Input scaling = tenths: unknown name (did you mean Times 0.1?)."),
        ({"gradient": "hand"}, "Allowed: one of “Manual”, “Autograd”."),
        ({"amsgrad": "1"}, "Allowed: one of Momentum, Dampening, Weight decay, Nesterov."),
    ],
)
def test_problems_are_told_in_labels(query: dict[str, str], told: str) -> None:
    (problem,) = read(query)[1]
    assert told in labelled(problem).message
