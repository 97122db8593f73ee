"""No barrier of our own on any page, in any state, in both themes and at both widths (axe-core)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.server import Server
from tests.e2e import axe
from tests.e2e.axe import Violation
from tests.e2e.lab import Lab
from thermofit.ui.lesson.chapters import CHAPTERS

pytestmark = pytest.mark.e2e

# Streamlit's own, as rule and widget: each is found in the minimal app, too, so nothing of ours is to blame.
# What is found there but not listed is not forgiven: the colours of our theme, for one, are our own.
STREAMLITS = {
    ("color-contrast", "stCode"),  # the colours of its highlighter
    ("presentation-role-conflict", "stFileUploaderDropzone"),
}
MINIMAL = Path(__file__).with_name("minimal_app.py")


@pytest.fixture(scope="module")
def streamlits(browser: Browser) -> set[tuple[str, str]]:
    """What Streamlit does by itself, and does still: rule and widget of violations in a minimal app."""
    with Server(app=MINIMAL, cwd=MINIMAL.parent) as server:  # without our theme
        page = browser.new_page()
        page.goto(server.url)
        page.get_by_role("button", name="Dialog").wait_for()
        seen = axe.everywhere(page)
        page.get_by_role("button", name="Dialog").click()
        page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).first.wait_for()
        seen += axe.everywhere(page)
        page.close()
    names = {violation.name for violation in seen}
    assert names >= STREAMLITS  # else a new version has mended some, and nothing is to be forgiven
    return STREAMLITS


class Places:
    """Collects what is found in each place, by its name."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seen: dict[str, list[Violation]] = {}

    def look(self, name: str) -> None:
        self.seen[name] = axe.everywhere(self.page)

    def ours(self, streamlits: set[tuple[str, str]]) -> dict[str, list[Violation]]:
        """What is found here and not in the minimal app, by place."""
        kept = {
            name: [each for each in every if each.name not in streamlits] for name, every in self.seen.items()
        }
        return {name: violations for name, violations in kept.items() if violations}


@pytest.fixture
def places(lab: Lab) -> Iterator[Places]:
    yield Places(lab.page)


def test_the_lab(lab: Lab, places: Places, streamlits: set[tuple[str, str]]) -> None:
    page = lab.open(epochs=40, speed=1, inside=1).page
    lab.wait_for_status("Ready")
    places.look("ready")
    lab.press("Play")
    lab.wait_past(0)
    places.look("playing")
    lab.speed("Max")
    lab.wait_for_status("Finished")
    lab.press("Pin")
    expect(page.locator(".tf-board tbody tr")).to_have_count(2, timeout=30_000)
    page.get_by_text("Look inside this step").click()
    page.get_by_text("Show the code").click()
    expect(page.get_by_text("Largest difference")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("import torch").first).to_be_visible(timeout=30_000)
    places.look("finished, with a pin, the step and the code")
    page.get_by_role("button", name="Bring your own readings").click()
    expect(page.get_by_role("dialog").locator("textarea")).to_be_visible(timeout=30_000)
    places.look("own readings")
    page.keyboard.press("Escape")
    page.locator("[class*=st-key-set-chart]").get_by_text("Landscape").click()
    page.get_by_text("3-D surface").wait_for()
    places.look("landscape tab")
    assert places.ours(streamlits) == {}


def test_an_explosion(lab: Lab, places: Places, streamlits: set[tuple[str, str]]) -> None:
    lab.open(lr=0.1, scaling="none", play=1)
    lab.wait_for_status("Diverged")
    places.look("exploded")
    assert places.ours(streamlits) == {}


def test_the_other_pages(lab: Lab, places: Places, streamlits: set[tuple[str, str]]) -> None:
    for address in ("landscape", "luck", "race"):
        lab.page.goto(f"{lab.url}/{address}")
        lab.page.wait_for_function("document.querySelector('.tf-stage .main-svg')")
        places.look(address)
    lab.press("Play")
    lab.page.wait_for_function("document.querySelector('.tf-stage').parentElement.stage.epoch > 0")
    places.look("race, started")
    assert places.ours(streamlits) == {}


@pytest.mark.thorough
def test_the_chapters(lab: Lab, places: Places, streamlits: set[tuple[str, str]]) -> None:
    lab.page.goto(f"{lab.url}/lesson")
    for number, (key, chapter) in enumerate(CHAPTERS.items(), 1):
        expect(lab.page.get_by_role("heading", name=f"{number}. {chapter.title}")).to_be_visible()
        lab.wait_for_status("Ready")
        drawn = lab.page.locator("[data-testid=stApp]")  # an answer may be computed for seconds
        expect(drawn).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
        lab.page.get_by_text("Show the answer").click()
        answer = lab.page.locator("[data-testid=stExpander]", has_text="Show the answer")
        expect(answer.get_by_test_id("stExpanderDetails")).to_be_visible(timeout=30_000)
        places.look(key)
        if number < len(CHAPTERS):
            lab.press("Next chapter")
    assert places.ours(streamlits) == {}
