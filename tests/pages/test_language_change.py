"""A change of the language changes no setting, although the browser keeps choices by their labels."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.fake_language import spoken
from tests.pages.test_lab import assert_calm, control, header, lab, param
from thermofit.ui.locale import catalogues
from thermofit.words import ENGLISH

TEXTS = {
    "Times 0.1": "Mal 0,1",
    "Min-max": "Von 0 bis 1",
    "Input scaling": "Skalierung",
    "Learning rate": "Lernrate",
    "Manual": "Von Hand",
    "Preset": "Vorlage",
    "Why not?": "Warum nicht?",
    "not a number": "keine Zahl",
}


GERMAN = spoken(TEXTS, "de")


@pytest.fixture(autouse=True)
def two_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a German of a few words."""
    monkeypatch.setattr(catalogues, "tags", lambda: ("en", "de"))
    monkeypatch.setattr(catalogues, "read", lambda tag: GERMAN if tag == "de" else ENGLISH)
    monkeypatch.setattr(catalogues, "names", lambda: {"en": "English", "de": "Deutsch"})


def speak(at: AppTest, tag: str) -> AppTest:
    """What the menu of languages does."""
    return control(at, "language-menu").set_value(tag).run()


def test_the_controls_are_called_otherwise_and_say_the_same() -> None:
    at = lab(scaling="min-max", gradient="manual", lr="0.03", epochs="40")
    speak(at, "de")
    assert_calm(at)
    scaling = control(at, "scaling")
    assert (scaling.label, scaling.value) == ("Skalierung", "min-max") and "Mal 0,1" in scaling.options
    assert control(at, "lr").value == "0.03"
    assert (param(at, "scaling"), param(at, "lr"), param(at, "gradient")) == ("min-max", "0.03", "manual")
    speak(at, "en")
    assert (control(at, "scaling").label, control(at, "scaling").value) == ("Input scaling", "min-max")


def test_the_run_goes_on() -> None:
    at = lab(lr="0.03", epochs="40")
    before = header(at)["run"]
    assert header(speak(at, "de"))["run"] == before


@pytest.mark.parametrize("name", ["scaling", "gradient", "optimizer", "exponent", "preset"])
def test_the_browser_is_told_the_new_label_of_what_is_chosen(name: str) -> None:
    at = speak(lab(lr="0.03", epochs="40", gradient="manual"), "de")
    proto = control(at, name).proto
    assert proto.set_value
    told = proto.raw_value if hasattr(proto, "raw_value") else proto.raw_values
    told = [told] if isinstance(told, str) else list(told)
    assert told and set(told) <= {getattr(each, "content", each) for each in proto.options}


def test_what_is_wrong_with_a_link_is_told_in_the_new_language() -> None:
    at = lab(lr="fast", epochs="40")
    speak(at, "de")
    assert any("Lernrate" in warning.value for warning in at.warning)
    assert any("keine Zahl" in text.value.replace("\\", "") for text in at.markdown)
