"""A sentence with places reaches the stage as texts and columns."""

import pytest

from thermofit.charts.bindings import column, sentence


def test_places_become_columns_and_names_become_text() -> None:
    loss = column("train_loss", digits=7)
    assert sentence(
        "At epoch {epoch} the loss over {w} is {loss}.", epoch=column("epoch"), w="w", loss=loss
    ) == [
        "At epoch ",
        {"column": "epoch"},
        " the loss over w is ",
        {"column": "train_loss", "digits": 7},
        ".",
    ]


def test_a_sentence_may_begin_and_end_with_a_place() -> None:
    assert sentence("{b}", b=column("b", digits=5, sign=True)) == [{"column": "b", "digits": 5, "sign": True}]
    assert sentence("No place.") == ["No place."]


def test_a_place_without_a_value_is_refused() -> None:
    with pytest.raises(KeyError):
        sentence("At epoch {epoch}.")
