"""Every page's pictures are whole at once, on a common laptop, with and without banners."""

import pytest
from playwright.sync_api import expect

from tests.e2e.lab import Lab
from tests.e2e.layout import whole

pytestmark = pytest.mark.e2e

PAGES = {
    "Lab": "/",
    "Lab with banners": "/?lr=abc&foo=1&optimiser=Adam&mistake=no-zero-grad",
    "Landscape": "/landscape?shape=surface",
    "Race": "/race",
    "Luck": "/luck",
}


# Collects what has moved of a stage by itself; what moves together with the page around it is the page's.
SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => list.getEntries().forEach(entry => entry.sources.forEach(({ node }) => {
    const element = node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement;
    const part = element?.closest('.tf-stage :is(.tf-bar, .tf-time, .tf-readouts, .tf-says, .tf-charts)');
    if (part) shifts.push(`${part.className} at ${Math.round(entry.startTime)} ms`);
}))).observe({ type: 'layout-shift', buffered: true });
"""


@pytest.mark.everywhere
@pytest.mark.parametrize("name", PAGES)
def test_pictures_are_whole_and_nothing_of_the_stage_moves_as_it_loads(lab: Lab, name: str) -> None:
    lab.page.add_init_script(SHIFTS)
    lab.page.goto(f"{lab.url}{PAGES[name]}")
    lab.page.wait_for_selector(".tf-stage .js-plotly-plot .main-svg")
    if "banners" in name:
        expect(lab.page.get_by_text("contains a mistake")).to_be_visible()
    lab.page.wait_for_function(
        "document.querySelectorAll('.tf-plot .main-svg .plot, .gl-container').length >= 2"
    )
    assert lab.page.evaluate("shifts") == []
    whole(lab.page)
