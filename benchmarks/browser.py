"""A headless Chromium for benchmarks and tests of what people see."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
READY = ".tf-stage .js-plotly-plot .scatterlayer"


def installed() -> str | None:
    """The path of the system's own Chromium; nothing is downloaded."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def chromium() -> Iterator[Page]:
    """One page, 1400 × 900 pixels. RuntimeError if no Chromium is installed."""
    path = installed()
    if path is None:
        raise RuntimeError("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(180_000)
        yield page
        browser.close()


def stage(page: Page, script: str) -> Any:
    """The value of an expression in the page, in which `stage` is the running stage."""
    find = "document.querySelector('.tf-stage').parentElement.stage"
    return page.evaluate(f"(() => {{ const stage = {find}; return {script}; }})()")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def open_lab(page: Page, url: str) -> None:
    """Wait until the pictures are drawn and the server knows which epoch the stage shows."""
    page.goto(url)
    page.wait_for_selector(READY)
    page.wait_for_timeout(1500)
