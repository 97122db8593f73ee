"""How a page is opened for the first time."""

from collections import Counter

import pytest

from tests.e2e.lab import Lab
from thermofit.stage import assets

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("path", ["", "/landscape", "/lesson"])
def test_every_file_is_of_the_stage_is_fetched_once(lab: Lab, path: str) -> None:
    lab.page.add_init_script("performance.setResourceTimingBufferSize(2000)")
    lab.page.goto(f"{lab.url}{path}")
    lab.page.wait_for_selector(".tf-stage .js-plotly-plot")
    fetched = lab.page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    ours = Counter(address.rpartition("/")[2] for address in fetched if "/app/static/stage-" in address)
    assert ours == Counter(file.name for file in assets.SOURCES)


def test_the_sidebar_has_its_room_when_the_stage_is_mounted(lab: Lab) -> None:
    lab.page.add_init_script(
        """new MutationObserver(() => {
            const box = document.querySelector(".tf-stage");
            if (box && window.firstWidth === undefined) window.firstWidth = box.getBoundingClientRect().width;
        }).observe(document, { childList: true, subtree: true });"""
    )
    lab.open()
    width = lab.page.locator(".tf-stage").evaluate("box => box.getBoundingClientRect().width")
    assert abs(lab.page.evaluate("firstWidth") - width) < 2
