"""The guide says in each state what is seen, and every term of it stands in the glossary."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from thermofit import Config
from thermofit.ui import navigation
from thermofit.ui.scenes import fit_and_loss, landscape
from thermofit.ui.scenes.guide import STATES, TERM, glossary, guide, meaning, sections

APP = str(Path(__file__).parents[2] / "thermofit" / "ui" / "main.py")
LONGEST = 95  # characters that fit one line beside the lesson's words


@pytest.mark.parametrize("state", STATES)
def test_each_state_has_one_line(state: str) -> None:
    told = guide()[state]
    text = "".join(part if isinstance(part, str) else part["term"] for part in told)
    assert 20 < len(text) <= LONGEST and "(#" not in text
    meanings = [term.meaning for term in glossary().values()]
    assert all(part["help"] in meanings for part in told if not isinstance(part, str))


def test_every_term_of_the_guide_is_in_the_glossary() -> None:
    used = {name for text in sections("guide", "en").values() for _, name in TERM.findall(text)}
    assert used and used <= glossary().keys()


@pytest.mark.parametrize("make", [fit_and_loss.lab, fit_and_loss.lesson])
def test_the_stage_is_told_the_guide(make) -> None:  # type: ignore[no-untyped-def]
    assert make(Config(), "100", "light").as_json()["guide"] == guide()


def test_the_landscape_and_own_readings_have_a_guide_too() -> None:
    assert landscape.scene(Config(), "trained", "fit", "100", "light").guide == guide()
    own = Config(data=replace(Config().dataset, name="own"))
    assert fit_and_loss.lab(own, "100", "light").guide["ready"][0] == "Each dot is one of your "


def test_the_glossary_shows_every_term_with_its_meaning() -> None:
    at = AppTest.from_file(APP, default_timeout=60).run()
    at.switch_page(str(navigation.GLOSSARY.file)).run()
    assert not at.exception
    assert [each.value for each in at.subheader] == [term.title for term in glossary().values()]
    assert [each.proto.anchor for each in at.subheader] == list(glossary())
    said = [each.value for each in at.markdown]
    assert all(meaning(name) in said for name in glossary())
