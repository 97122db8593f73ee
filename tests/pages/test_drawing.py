"""In which order a page is drawn, and where its stage stands."""

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from tests.pages.test_lab import APP, control, header, lab
from thermofit.ui import navigation
from thermofit.ui.controls import sidebar

PAGES = {page.address or "lab": page.file for page in navigation.PAGES}


def opened(page: str, **query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    at.query_params.update(query)
    at.run()
    return at if page == "lab" else at.switch_page(str(PAGES[page])).run()


def places(block: Block, path: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Where the components stand in the page: the indices from the outermost block to the innermost."""
    for index, child in block.children.items():
        if isinstance(child, Block):
            yield from places(child, (*path, index))
        elif child.type == "bidi_component":
            yield (*path, index)


@pytest.mark.parametrize("page", ["lab", "landscape"])
def test_the_stage_does_not_wait_for_the_controls(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sidebar, "controls", st.stop)
    at = opened(page)
    assert len(at.get("bidi_component")) == 1
    assert not at.sidebar.selectbox and at.sidebar.markdown  # the sidebar has its room already


@pytest.mark.parametrize("page", ["lab", "landscape"])
def test_the_stage_stands_at_one_place_with_and_without_warnings(page: str) -> None:
    plain = opened(page)
    warned = opened(page, mistake="no-zero-grad", gradient="autograd", lr="much", colour="red")
    assert not plain.warning and warned.warning
    assert next(places(plain.main)) == next(places(warned.main))


def test_the_lesson_s_stage_stands_at_one_place_with_and_without_a_warning() -> None:
    plain, warned = opened("lesson"), AppTest.from_file(APP, default_timeout=60)
    warned.run()
    warned.query_params["colour"] = "red"
    warned.switch_page(str(PAGES["lesson"])).run()
    assert not plain.warning and warned.warning
    assert next(places(plain.main)) == next(places(warned.main))


def test_a_control_takes_effect_in_the_run_in_which_it_was_changed() -> None:
    at = lab()
    control(at, "optimizer").set_value("Adam").run()
    assert header(at)["sceneId"]
    assert at.session_state["live runs"]["lab"].config.optimizer == "Adam"
    control(at, "Adam beta1").set_value(0.5).run()
    assert at.session_state["live runs"]["lab"].config.hyper["beta1"] == 0.5
    control(at, "epochs").set_value(77.0).run()
    assert header(at)["scene"]["epochs"] == 77


def test_what_a_change_does_is_remembered_across_pages() -> None:
    at = lab()
    control(at, "change").set_value(sidebar.ON).run()
    at.switch_page(str(PAGES["lesson"])).run()
    at.switch_page(str(PAGES["lab"])).run()
    assert control(at, "change").value == sidebar.ON
