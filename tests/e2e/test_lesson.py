"""The lesson in a browser: from the first chapter to the last, to the Lab and back; and inside a step."""

import re
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.lab import Lab
from tests.e2e.layout import bottom, whole
from thermofit import Config, Run, train
from thermofit.config.link import read
from thermofit.inspection.step import inspect_step
from thermofit.ui.inspector.step_tables import number, pair
from thermofit.ui.lesson.chapters import CHAPTERS

pytestmark = pytest.mark.e2e

TITLES = [f"{number}. {chapter.title}" for number, chapter in enumerate(CHAPTERS.values(), start=1)]

# Visible text of the main column below 16 px; formulas and the graph are left out, they scale as pictures do.
SMALL = """() => {
    const main = document.querySelector('.stMainBlockContainer'), small = [];
    const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const element = walk.currentNode.parentElement, size = parseFloat(getComputedStyle(element).fontSize);
        const shown = walk.currentNode.textContent.trim() && element.getBoundingClientRect().width;
        const exempt = element.closest('.katex, .stGraphVizChart, style, script');
        if (shown && !exempt && size < 16) small.push(element.outerHTML.slice(0, 120));
    }
    return small;
}"""


def open_lesson(lab: Lab, chapter: str = "model") -> Page:
    lab.page.goto(f"{lab.url}/lesson?chapter={chapter}")
    settled(lab, list(CHAPTERS).index(chapter))
    return lab.page


def settled(lab: Lab, place: int) -> None:
    expect(lab.page.get_by_role("heading", name=TITLES[place])).to_be_visible(timeout=30_000)
    lab.page.wait_for_selector(".tf-stage .js-plotly-plot .scatterlayer")
    lab.wait_for_status("Ready")


def wait_for_loss(page: Page, value: float) -> None:
    """Wait until the chapter's own stage, and no other, shows this loss."""
    expect(page.locator(".tf-cell.tf-train .tf-value")).to_have_text([f"{value:#.7g}"], timeout=30_000)


def answer(page: Page) -> None:
    page.get_by_text("Show the answer").click()
    expect(page.locator("[data-testid=stExpanderDetails]:not([inert])")).to_be_visible()


def test_from_the_first_chapter_to_the_last(lab: Lab) -> None:
    page = open_lesson(lab)
    for place, key in enumerate(CHAPTERS):
        wait_for_loss(page, Run(CHAPTERS[key].config).history.row(0)["train_loss"])
        settled(lab, place)
        assert page.evaluate(SMALL) == []
        whole(page)
        page.set_viewport_size({"width": 1400, "height": 900})
        assert bottom(page, "[data-testid=stColumn] .st-key-settings") < 900  # text and controls beside them
        answer(page)
        button = page.get_by_role("button", name="Next chapter")
        if place < len(CHAPTERS) - 1:
            button.click()
    expect(button).to_be_disabled()


def test_a_control_a_run_the_lab_and_back(lab: Lab) -> None:
    page = open_lesson(lab, "autograd")
    page.get_by_role("radio", name="Forget zero_grad").click()
    expect(page.get_by_text("This run contains a mistake")).to_be_visible()
    to_the_lab = page.get_by_role("link", name="Try in the Lab")
    expect(to_the_lab).to_have_attribute("href", re.compile("mistake=no-zero-grad"))  # it follows the banner
    to_the_lab.click()
    expect(page.get_by_text("Validation share")).to_be_visible()
    expect(page.get_by_text("This run contains a mistake")).to_be_visible()
    link, problems = read(parse_qs(urlparse(page.url).query))
    assert link.config == CHAPTERS["autograd"].config.replace(mistake="no-zero-grad")
    assert problems == []
    lab.wait_for_status("Ready")
    lab.press("Step")
    lab.wait_for_epoch(1)
    assert lab.number("Weight w") == pytest.approx(train(link.config.replace(epochs=1)).row(1)["w"], rel=1e-5)
    page.get_by_role("link", name="Lesson").click()
    expect(page.get_by_role("heading", name="6. Autograd")).to_be_visible()
    expect(page.get_by_role("radio", name="Forget zero_grad")).to_be_checked()


def test_a_run_in_the_lesson(lab: Lab) -> None:
    open_lesson(lab, "loop")
    lab.press("Play")
    lab.wait_for_status("Finished: 100 epochs")
    expected = train(CHAPTERS["loop"].config).row(100)["train_loss"]
    assert lab.number("Training loss") == pytest.approx(expected, rel=1e-6)


def test_printed_figures(lab: Lab) -> None:
    page = open_lesson(lab, "validation")
    page.get_by_role("button", name="Reproduce the printed figures").click()
    expect(page.get_by_text("are the same.")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("differs")).to_have_count(0)


@pytest.mark.thorough
def test_a_phone(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 390, "height": 844})
    for key in CHAPTERS:
        page = open_lesson(lab, key)
        assert page.evaluate(SMALL) == []
        assert page.evaluate("document.querySelector('.stMainBlockContainer').scrollWidth") <= 390


def test_inside_a_step_follows_where_the_stage_stands(lab: Lab) -> None:
    lab.open(optimizer="Adam", epochs=300)
    page = lab.page
    page.get_by_text("Look inside this step").click()
    expect(page.get_by_text("From epoch 0 to 1")).to_be_visible()
    for _ in range(3):
        lab.press("Step")
    expect(page.get_by_text("From epoch 3 to 4")).to_be_visible()
    run = Run(Config(optimizer="Adam", epochs=300))
    run.advance(epochs=3)
    report = inspect_step(run, 3)
    for values in (report.grad_autograd, report.update_by_hand, report.update_optimizer):
        expect(page.get_by_text(pair(values)).first).to_be_visible()
    expect(page.get_by_text(number(report.grad_by_hand[0])).first).to_be_visible()
    expect(page.locator(".stGraphVizChart svg .node")).to_have_count(5)
    lab.press("Back")
    expect(page.get_by_text("From epoch 2 to 3")).to_be_visible()


def test_playing_does_not_wait_for_the_panel(lab: Lab) -> None:
    """While a run plays the panel does not change; it follows when the run stops."""
    lab.open(epochs=20_000, speed="max")
    page = lab.page
    page.get_by_text("Look inside this step").click()
    heading = page.get_by_role("heading", name="From epoch 0 to 1")
    expect(heading).to_be_visible()
    lab.press("Play")
    lab.wait_past(500)
    expect(heading).to_be_visible()
    lab.press("Pause")
    expect(page.get_by_role("heading", name=f"From epoch {lab.epoch} to {lab.epoch + 1}")).to_be_visible()


def test_code_to_take_home(lab: Lab) -> None:
    lab.open(epochs=50)
    page = lab.page
    page.get_by_text("Show the code").click()
    for label, name in (("Download .py", "thermofit_run.py"), ("Download notebook", "thermofit_run.ipynb")):
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        assert download.value.suggested_filename == name


def test_a_refused_step_is_told(lab: Lab) -> None:
    lab.open(optimizer="by-hand", mistake="no-no_grad", epochs=50)
    expect(lab.page.get_by_text("This run contains a mistake")).to_be_visible()
    lab.press("Play")
    lab.wait_for_status("torch refused the step")
    lab.page.get_by_text("Look inside this step").click()
    expect(lab.page.get_by_text("leaf Variable").first).to_be_visible()
