"""Languages in the browser: its own wish, the menu in mid-run, and room for texts that are 40 % longer."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.server import Server
from tests.e2e.lab import Lab
from tests.e2e.layout import whole
from tests.e2e.test_phone import CUT_OFF, WIDER

pytestmark = pytest.mark.e2e

MENU = ".st-key-language-menu"
PAGES = ("", "lesson", "landscape", "race", "luck", "glossary")
# Texts of at least two words without the pseudo-language's brackets or its longer end: nobody marked them.
UNMARKED = """() => {
    const texts = document.createTreeWalker(document.querySelector('.stApp'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
        const text = texts.currentNode, box = text.parentElement;
        if (!/[A-Za-z]{3,} [a-z]{2,}/.test(text.data) || !box.getClientRects().length) continue;
        if (box.closest('style, script, code, pre, .katex, a[href^="http"]')) continue;
        const whole = box.closest('p, li, button, label, div, td, th, summary, h1, h2, h3, text');
        if (!/\\[| lor?/.test(whole?.textContent)) found.push(text.data.trim());
    }
    return found;
}"""


# The stage in the language of the page; none while one takes the place of the other.
STANDS = """() => {
    const stage = document.querySelector('.tf-stage')?.parentElement?.stage;
    return stage?.tag === document.documentElement.lang ? stage : null;
}"""


def choose(page: Page, name: str) -> None:
    page.locator(f"{MENU} input").click()
    page.get_by_role("option", name=name).click()


def test_the_browser_asks_and_the_menu_changes_the_language_in_mid_run(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="fr-CA")
    lab = Lab(context.new_page(), server.url)
    page, told = lab.page, lab.page.locator("html")
    lab.open(epochs=100_000, speed=10)
    expect(told).to_have_attribute("lang", "fr")
    assert "lang=" not in page.url
    play = page.locator("[data-part=play]")
    french = play.inner_text()
    play.click()
    expect(lab.cell("Époque")).to_have_text(re.compile(r"^[1-9]"))
    before = lab.probe("stage.run")
    choose(page, "Deutsch")
    expect(told).to_have_attribute("lang", "de")
    expect(page).to_have_url(re.compile("lang=de"))
    page.wait_for_function(
        f"({STANDS})()?.playing && ({STANDS})().run === '{before}' && ({STANDS})().epoch >= 1"
    )
    play.click()
    page.wait_for_function(f"({STANDS})()?.playing === false")
    epoch = lab.probe("stage.epoch")
    assert play.inner_text() not in (french, "Play")
    choose(page, "简体中文")
    expect(page).to_have_url(re.compile("lang=zh"))
    expect(told).to_have_attribute("lang", "zh")
    page.wait_for_function(f"({STANDS})()?.run === '{before}' && ({STANDS})().epoch === {epoch}")
    page.go_back()
    expect(told).to_have_attribute("lang", "de")
    assert lab.errors == []
    context.close()


@pytest.mark.everywhere
@pytest.mark.parametrize("path", PAGES)
def test_longer_texts_have_room_and_none_is_left_in_english(lab: Lab, path: str) -> None:
    lab.page.set_viewport_size({"width": 1280, "height": 800})
    lab.page.goto(f"{lab.url}/{path}?lang=qps")
    shown = ".stMain h3" if path == "glossary" else ".tf-stage .js-plotly-plot .main-svg"
    lab.page.wait_for_selector(shown, state="attached")
    lab.page.wait_for_load_state("networkidle")
    assert lab.page.evaluate(UNMARKED) == []
    if path not in ("glossary", "lesson"):
        whole(lab.page, [(1280, 800)])
    for width, height in ((1280, 800), (390, 844)):
        lab.page.set_viewport_size({"width": width, "height": height})
        lab.page.wait_for_function(f"!({WIDER})")  # the pictures follow the window
        assert lab.page.evaluate(CUT_OFF) == [], width
