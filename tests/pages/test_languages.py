"""Every page in every language, without a browser: as the link or the menu says, and nothing is lost."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_lab import APP, assert_calm, control, header, lab
from thermofit.ui.locale import catalogues
from thermofit.ui.navigation import PAGES
from thermofit.ui.state import keys

TAGS = catalogues.tags()


def menu(at: AppTest) -> str:
    return str(at.selectbox(key=_present(at)).value)


def named(at: AppTest) -> str:
    """The language that the address names."""
    value = at.query_params["lang"]
    return value if isinstance(value, str) else value[0]


def _present(at: AppTest) -> str:
    (key,) = [box.key for box in at.selectbox if (box.key or "").startswith(f"set {keys.LANGUAGE_MENU}")]
    return str(key)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address or "lab")
def test_every_page_opens_in_every_language(page: object, tag: str) -> None:
    at = AppTest.from_file(APP, default_timeout=60)
    at.query_params["lang"] = tag
    at.run()
    at.query_params["lang"] = tag
    at.switch_page(str(page.file)).run()  # type: ignore[attr-defined]
    assert not at.exception and not at.error
    assert menu(at) == tag


@pytest.mark.parametrize("tag", TAGS)
def test_the_link_names_the_language_and_the_stage_is_told(tag: str) -> None:
    at = lab(lang=tag, lr="0.02")
    assert_calm(at)
    told = header(at)["language"]
    assert told["tag"] == tag and told["decimal"] == ("." if tag in ("en", "zh") else ",")
    assert bool(told["file"]) == (tag != "en")
    assert control(at, "lr").value == "0.02"  # what is typed keeps the point


def test_the_menu_changes_the_language_and_keeps_run_and_settings() -> None:
    at = lab(lr="0.02", epochs="700", epoch="300")
    before = header(at)
    at.selectbox(key=_present(at)).set_value("de").run()
    after = header(at)
    assert_calm(at)
    assert named(at) == "de" and menu(at) == "de"
    assert [after[name] for name in ("run", "setup", "at")] == [
        before[name] for name in ("run", "setup", "at")
    ]
    labels = [readout["label"] for readout in after["scene"]["readouts"]]
    assert labels != [readout["label"] for readout in before["scene"]["readouts"]]
    control(at, "w0").set_value(3.0).run()
    assert named(at) == "de" and header(at)["language"]["tag"] == "de"
    at.query_params.clear()  # as the navigation does
    at.switch_page(str(PAGES[2].file)).run()
    assert header(at)["language"]["tag"] == "de"


@pytest.mark.parametrize("wrong", ["xx", "<b>", "klingon", "0"])
def test_an_unknown_language_is_named_and_the_page_stays_as_it_was(wrong: str) -> None:
    at = lab(lang=wrong)
    assert_calm(at)
    assert any("Language" in text.value for text in [*at.warning, *at.markdown])
    assert header(at)["language"]["tag"] == "en"


def test_sessions_do_not_share_a_language() -> None:
    german, english = lab(lang="de"), lab()
    assert header(german)["scene"]["id"] != header(english)["scene"]["id"]
    control(german, "w0").set_value(2.0).run()
    control(english, "w0").set_value(2.0).run()
    assert header(german)["language"]["tag"] == "de" and header(english)["language"]["tag"] == "en"
    assert header(german)["note"] != header(english)["note"] or not header(english)["note"]
