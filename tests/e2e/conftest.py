"""A real server and a real browser, shared by all tests; each test has its own page."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from benchmarks.browser import FLAGS, installed
from benchmarks.server import Server
from tests.e2e.lab import Lab


@pytest.hookimpl(tryfirst=True)  # before pytest leaves out what -m excludes
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser tests of a file stay together, so that few processes start a server and a browser.

    Each has a second try, because a busy machine can hold up a page for longer than any wait; the report
    counts it as a rerun. What is broken fails twice. Of a test with several cases all but the first are
    marked as thorough: `make test` runs them, and `.ci/run`, which has twenty minutes, does not. Those marked
    with `everywhere` are run whole.
    """
    cases: Counter[tuple[Path, str]] = Counter()
    for item in items:
        if item.get_closest_marker("e2e"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
            item.add_marker(pytest.mark.flaky(reruns=1))
            case = item.path, item.name.partition("[")[0]
            cases[case] += 1
            if cases[case] > 1 and not item.get_closest_marker("everywhere"):
                item.add_marker(pytest.mark.thorough)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = installed()
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: the tests in the browser can't be left out here")
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, "--process-per-site"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server(environment={"THERMOFIT_PSEUDO": "1"}) as server:  # as if for translators, too
        yield server


@pytest.fixture(scope="session")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """Pages share it, and one process, so that all files are loaded and compiled once."""
    profile = browser.new_context(viewport={"width": 1400, "height": 900})
    profile.set_default_timeout(30_000)
    yield profile
    profile.close()


@pytest.fixture
def page(profile: BrowserContext, server: Server) -> Iterator[Page]:
    if not profile.pages:  # one that stays keeps the process between two tests
        profile.new_page().goto(f"{server.url}/_stcore/health")
    page = profile.new_page()
    yield page
    page.close()


@pytest.fixture
def lab(page: Page, server: Server, request: pytest.FixtureRequest) -> Iterator[Lab]:
    """The Lab, not yet opened. No test may leave an error in the page or a traceback in the log.

    Rows come by the stage's own socket, or, with "page" as parameter, through the page, as where a host lets
    no other socket through. `BOTH` has tests of a file run each way.
    """
    lab = Lab(page, server.url)
    if getattr(request, "param", "lane") == "page":
        page.route_web_socket("**/thermofit/rows", lambda socket: socket.close())
    yield lab
    assert lab.errors == []
    assert server.errors() == 0
