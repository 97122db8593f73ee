"""The dialog for own readings without a browser: nothing is handed over but what is good and chosen."""

from typing import Any

import pandas as pd
import pytest
import torch
from streamlit.testing.v1 import AppTest

from thermofit.config.readings_text import Packed
from thermofit.data.dataset import Dataset
from thermofit.data.registry import THERMOMETER
from thermofit.errors import Problem
from thermofit.ui.readings.outcome import in_a_link
from thermofit.ui.readings.typed import Typed
from thermofit.ui.state import keys

GOOD = "load (kg)\tlength (cm)\n0,5\t20,1\n1\t20,9\n1,5\tabout 22\n2\t22,4\n"


def page() -> None:
    import streamlit as st

    from thermofit.data.registry import THERMOMETER
    from thermofit.ui.readings.dialog import panel

    panel(THERMOMETER, lambda dataset: st.session_state.__setitem__("used", dataset))


def opened() -> AppTest:
    return AppTest.from_function(page, default_timeout=60).run()


def pasted(text: str) -> AppTest:
    at = opened()
    at.text_area[0].set_value(text).run()
    assert not at.exception
    return at


def used(at: AppTest) -> Dataset:
    at.button[-1].click().run()
    assert not at.exception
    return at.session_state["used"]


def told(at: AppTest) -> str:
    return " ".join(text.value for text in [*at.error, *at.warning, *at.success]).replace("\\", "")


def choose(at: AppTest, label: str, value: Any) -> AppTest:
    next(box for box in at.selectbox if box.label == label).set_value(value).run()
    assert not at.exception
    return at


def test_nothing_given_is_no_mistake() -> None:
    at = opened()
    assert not at.exception and not at.error and not at.button


def test_pasted_readings_are_used_and_the_bad_row_is_named() -> None:
    at = pasted(GOOD)
    assert "Rows that can be used: 3. Left out: 1" in told(at)
    (refused,) = at.dataframe
    assert refused.value.iloc[0].tolist() == [
        4,
        "length (cm)",
        "about 22",
        "not a number",
        "a number such as 12,5",
    ]
    data = used(at)
    assert data.t_u.tolist() == [0.5, 1.0, 2.0]
    assert (data.input_label, data.target_label) == ("load (kg)", "length (cm)")


@pytest.mark.parametrize("text", ["<html>", "no numbers", "a,b\n1,x", "1,2", '{"a": 1}', "x" * 30_000])
def test_what_can_not_be_read_is_told_and_stays_in_the_field(text: str) -> None:
    at = pasted(text)
    assert at.error and "Allowed: " in told(at)
    assert at.text_area[0].value == text and not at.button


def test_what_was_found_is_shown_and_can_be_corrected() -> None:
    at = pasted("1,234\t2,5\n2,345\t3,5\n")
    decimal = next(box for box in at.selectbox if box.label == "Decimal mark")
    assert "found: comma" in decimal.options
    assert used(at).t_u.tolist() == pytest.approx([1.234, 2.345])
    at = choose(at, "Decimal mark", ".")
    assert "only one column of numbers" in told(at)
    assert "Rows that can be used: 2" in told(choose(at, "Decimal mark", None))


def test_a_doubt_is_resolved_by_a_choice() -> None:
    at = pasted("1,234\t2,345\n2,345\t3,456\n")
    assert at.error and not at.button
    at = choose(at, "Decimal mark", ".")
    assert used(at).t_u.tolist() == [1234.0, 2345.0]


def test_other_columns_and_names_can_be_chosen() -> None:
    at = pasted("a;b;c\n1;2;3\n4;5;6\n")
    choose(at, "Input (across)", 2)
    at.text_input[0].set_value("depth (m)").run()
    data = used(at)
    assert (data.t_u.tolist(), data.t_c.tolist()) == ([3.0, 6.0], [2.0, 5.0])
    assert data.input_label == "depth (m)"


def test_choices_hold_for_the_text_for_which_they_were_made() -> None:
    at = choose(pasted("a;b\n1;2\n3;4\n"), "Header", False)
    assert "Left out: 1" in told(at)
    at.text_area[0].set_value("a;b\n1;2\n3;5\n").run()
    assert "Rows that can be used: 2, all of them" in told(at)


def test_a_file_is_read_and_gives_its_name() -> None:
    at = opened()
    at.segmented_control[0].set_value("Upload a file").run()
    at.file_uploader[0].upload(
        "Our rods.csv", "load;length\n1,5;2\n2,5;3\n".encode("cp1252"), "text/csv"
    ).run()
    assert not at.exception
    data = used(at)
    assert (data.label, data.source, data.t_u.tolist()) == ("Our rods", "Our rods.csv", [1.5, 2.5])


def test_the_table_begins_with_the_readings_in_use() -> None:
    at = opened()
    at.segmented_control[0].set_value("Type into a table").run()
    data = used(at)
    assert torch.equal(data.t_u, THERMOMETER.t_u) and torch.equal(data.t_c, THERMOMETER.t_c)
    assert at.session_state[keys.OWN_TYPED].now["input"].tolist()[:2] == [35.7, 55.9]
    assert (data.input_label, data.target_label) == (THERMOMETER.input_label, THERMOMETER.target_label)


def test_a_row_without_a_number_is_named_by_its_place_in_the_table() -> None:
    from thermofit.data.table import read_table, rows
    from thermofit.ui.readings.given import IN_A_TABLE, _text

    frame = pd.DataFrame({"input": [1.0, 2.0, None, None], "target": [3.0, 4.0, 5.0, None]})
    found = rows(read_table(_text(frame, THERMOMETER), IN_A_TABLE))
    assert (found.inputs, [(each.line - 1, each.reason) for each in found.refused]) == (
        (1.0, 2.0),
        [(3, "a number is missing")],
    )


TABLES = [pd.DataFrame({"input": [1.0, 2.0], "target": [3.0, target]}) for target in (4.0, 5.0, 6.0)]


def test_each_edit_can_be_taken_back_and_so_can_the_way_back() -> None:
    typed = Typed.of("", TABLES[0])
    for frame in TABLES[1:]:
        typed = typed.edited(frame).edited(frame.copy())
    there = typed.back()
    assert there.now.equals(TABLES[0]) and there.begun == 1
    for expected in (TABLES[2], TABLES[1], TABLES[0], TABLES[0]):
        there = there.undone()
        assert there.now.equals(expected) and there.base is there.now
    grown = typed.edited(pd.DataFrame({"input": [1.0, None], "target": [3.0, None]}, index=[0, 7]))
    assert grown.undone().now.equals(TABLES[2]) and grown.edited(grown.now) is grown


def test_undo_shows_the_table_before() -> None:
    at = opened()
    at.segmented_control[0].set_value("Type into a table").run()

    def button(label: str) -> Any:
        return next(each for each in at.button if each.label == label)

    assert button("Undo").disabled and button("Back to the readings in use").disabled
    at.session_state[keys.OWN_TYPED] = Typed.of(THERMOMETER.fingerprint, TABLES[0]).edited(TABLES[1]).back()
    at.run()
    button("Undo").click().run()
    assert used(at).t_c.tolist() == [3.0, 5.0]
    button("Undo").click().run()
    assert used(at).t_c.tolist() == [3.0, 4.0] and button("Undo").disabled


LINKS = [
    (Packed("1x"), "with all their digits"),
    (
        Packed("1x", 5, (0.005, 0.5)),
        "5 digits: an input changes by at most 0.005, a target by at most 0.5",
    ),
    (Packed("", problem=Problem("readings", "900", "too many", "")), "Hand them out as a CSV file"),
]


@pytest.mark.parametrize(("packed", "words"), LINKS)
def test_what_a_link_will_hold_is_told(packed: Packed, words: str) -> None:
    assert words in in_a_link(packed)
