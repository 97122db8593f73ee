"""Back and Forward restore page, set-up and chapter, and each page makes one entry in the history."""

from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.lab import Lab
from thermofit.config.link import Link, read
from thermofit.ui.lesson.chapters import CHAPTERS
from thermofit.ui.navigation import PAGES

pytestmark = pytest.mark.e2e

SETUP = {"epochs": "700", "w0": "4"}


def go_to(page: Page, title: str) -> None:
    page.get_by_test_id("stTopNavLink").filter(has_text=title).click()
    settle(page, title)


def settle(page: Page, title: str) -> None:
    """Wait until the page of this title is drawn, and its address complete."""
    address = next(address for _, name, address, _ in PAGES if name == title)
    last = "chapter=" if title == "Lesson" else "speed="
    page.wait_for_function(
        "([path, last]) => location.pathname === path && location.search.includes(last)",
        arg=[f"/{address}", last],
    )
    page.wait_for_selector(".tf-stage .js-plotly-plot .scatterlayer")
    page.wait_for_selector("[data-test-script-state=notRunning]")


def wait_for_chapter(page: Page, chapter: str) -> None:
    page.wait_for_function(
        "chapter => location.pathname + location.search === `/lesson?chapter=${chapter}`", arg=chapter
    )


def entries(page: Page) -> int:
    count: int = page.evaluate("history.length")
    return count


def setup(page: Page) -> Link:
    link, problems = read(parse_qs(urlparse(page.url).query))
    assert problems == []
    return link


def assert_shows_setup(lab: Lab) -> None:
    lab.wait_for_field("Epochs", "700")
    lab.wait_for_field("Start weight", "4")
    expect(lab.page.get_by_test_id("stAlert")).to_have_count(0)
    config = setup(lab.page).config
    assert (config.epochs, config.w0) == (700, 4.0)


def test_back_from_the_lesson_brings_the_setup_back(lab: Lab) -> None:
    page = lab.open(**SETUP).page
    settle(page, "Lab")
    before, count = page.url, entries(page)
    go_to(page, "Lesson")
    assert entries(page) == count + 1
    lesson = page.url
    for _ in range(2):
        page.go_back()
        settle(page, "Lab")
        assert page.url == before
        assert_shows_setup(lab)
        page.go_forward()
        settle(page, "Lesson")
        assert page.url == lesson
        expect(page.get_by_test_id("stAlert")).to_have_count(0)
    assert entries(page) == count + 1


def test_each_page_enters_the_history_once(lab: Lab) -> None:
    page = lab.open(**SETUP).page
    settle(page, "Lab")
    count = entries(page)
    visited = [page.url]
    for title in ("Landscape", "Lesson", "Lab", "Landscape", "Lab"):
        go_to(page, title)
        visited.append(page.url)
        assert entries(page) == count + len(visited) - 1
    for address in reversed(visited[:-1]):
        page.go_back()
        page.wait_for_function("address => location.href === address", arg=address)
        page.wait_for_selector("[data-test-script-state=notRunning]")
        page.wait_for_timeout(200)
        assert page.url == address
    assert_shows_setup(lab)


def test_the_first_page_enters_the_history_once(lab: Lab) -> None:
    lab.page.goto("about:blank")
    page = lab.open(**SETUP).page
    settle(page, "Lab")
    page.go_back()
    assert page.url == "about:blank"


def test_a_changed_setting_comes_back_after_another_page(lab: Lab) -> None:
    page = lab.open(**SETUP).page
    lab.type("Start bias", "3")
    page.wait_for_url("**b0=3**")
    go_to(page, "Lesson")
    page.go_back()
    settle(page, "Lab")
    assert_shows_setup(lab)
    assert setup(page).config.b0 == 3
    page.go_back()  # the set-up before
    page.wait_for_function("!location.search.includes('b0=3')")
    page.wait_for_selector("[data-test-script-state=notRunning]")
    lab.wait_for_field("Start bias", "0")
    assert_shows_setup(lab)
    page.go_forward()
    lab.wait_for_field("Start bias", "3")


def test_back_and_forward_through_chapters(lab: Lab) -> None:
    page = lab.open(**SETUP).page
    settle(page, "Lab")
    go_to(page, "Lesson")
    chapters = ["model"]
    for _ in range(2):
        page.get_by_role("button", name="Next chapter").click()
        page.wait_for_function("last => !location.search.includes(last)", arg=chapters[-1])
        chapters.append(parse_qs(urlparse(page.url).query)["chapter"][0])
    titles = [page.locator(".stMarkdown h2").last.inner_text()]
    for chapter in reversed(chapters[:-1]):
        page.go_back()
        wait_for_chapter(page, chapter)
        expect(page.locator(".stMarkdown h2").last).not_to_have_text(titles[-1])
        titles.append(page.locator(".stMarkdown h2").last.inner_text())
    page.go_back()
    settle(page, "Lab")
    assert_shows_setup(lab)
    for chapter, title in zip(chapters, reversed(titles), strict=True):
        page.go_forward()
        wait_for_chapter(page, chapter)
        expect(page.locator(".stMarkdown h2").last).to_have_text(title)


@pytest.mark.parametrize(
    ("address", "shows"),
    [("/lesson?chapter=model&epochs=700&w0=4", "Lesson"), ("/?epochs=700&w0=4&chapter=model", "Lab")],
)
def test_keys_of_other_pages_are_left_alone(lab: Lab, address: str, shows: str) -> None:
    page = lab.page
    page.goto(lab.url + address)
    settle(page, shows)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    assert {"chapter=model", "epochs=700"} <= set(urlparse(page.url).query.split("&"))


def test_a_wrong_chapter_is_told(lab: Lab) -> None:
    lab.page.goto(f"{lab.url}/lesson?chapter=modle&colour=red")
    expect(lab.page.get_by_test_id("stAlert")).to_contain_text("Chapter")
    lab.page.get_by_role("button", name="Why not?").click()
    for part in ("Chapter = modle", "did you mean model", "colour = red", "Allowed"):
        expect(lab.page.get_by_test_id("stPopoverBody")).to_contain_text(part)


@pytest.mark.parametrize("title", ["Lab", "Lesson", "Landscape"])
def test_reload_after_back(lab: Lab, title: str) -> None:
    page = lab.open(**SETUP).page
    settle(page, "Lab")
    other = "Lesson" if title != "Lesson" else "Landscape"
    if title != "Lab":
        go_to(page, title)
    address = page.url
    go_to(page, other)
    page.go_back()
    settle(page, title)
    page.reload()
    settle(page, title)
    assert page.url == address
    if title != "Lesson":
        assert_shows_setup(lab)


FAR = 400  # ms that each message of the server takes longer
ONLY_ON = {"Lab": ".st-key-lab-tabs", "Landscape": ".st-key-experiment", "Lesson": ".st-key-lesson-run"}

# Goes back (-1) or forward (1) as soon as the browser is ready for it, whatever the server does.
TRAVEL = """async steps => {
    for (const step of steps) {
        const arrived = new Promise(done => addEventListener("popstate", done, {once: true}));
        history.go(step);
        await arrived;
    }
}"""


def arrive(page: Page, title: str, address: str) -> None:
    """Wait until this page is drawn, and no other, and nothing is on its way any more."""
    page.wait_for_timeout(4 * FAR)
    page.wait_for_selector("[data-test-script-state=notRunning]")
    for name, selector in ONLY_ON.items():
        expect(page.locator(selector)).to_have_count(1 if name == title else 0)
    assert page.url == address


@pytest.mark.thorough
def test_going_back_faster_than_the_server_answers_loses_nothing(lab: Lab) -> None:
    lab.far_away(FAR)
    page = lab.open(**SETUP).page
    settle(page, "Lab")
    visited = {"Lab": page.url}
    for title in ("Landscape", "Lesson"):
        go_to(page, title)
        visited[title] = page.url
    count = entries(page)
    travels = [
        ([-1, -1], "Lab"),
        ([1, 1], "Lesson"),
        ([-1, 1], "Lesson"),
        ([-1, -1, 1], "Landscape"),
        ([1], "Lesson"),
    ]
    for steps, title in travels:
        page.evaluate(TRAVEL, steps)
        arrive(page, title, visited[title])
        assert entries(page) == count
    page.go_back()
    arrive(page, "Landscape", visited["Landscape"])
    go_to(page, "Lab")  # a press makes an entry again
    arrive(page, "Lab", visited["Lab"])
    page.go_back()
    arrive(page, "Landscape", visited["Landscape"])


@pytest.mark.parametrize("pause", [0, 300, 3000])
def test_back_from_try_in_the_lab_is_the_chapter_again(lab: Lab, pause: int) -> None:
    """However soon it is pressed, Back leads to the chapter that one came from, and Forward to the Lab."""
    page = lab.page
    page.goto(f"{lab.url}/lesson?chapter=loop")
    settle(page, "Lesson")
    count = entries(page)
    page.get_by_role("link", name="Try in the Lab").click()
    page.wait_for_url("**/?*")
    page.wait_for_timeout(pause)
    page.go_back()
    wait_for_chapter(page, "loop")
    expect(page.get_by_role("heading", name="4. The loop")).to_be_visible()
    settle(page, "Lesson")
    assert entries(page) == count + 1
    page.go_forward()
    settle(page, "Lab")
    assert setup(page).config == CHAPTERS["loop"].config
