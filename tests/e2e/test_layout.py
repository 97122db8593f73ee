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


@pytest.mark.parametrize("name", PAGES)
def test_pictures_are_whole(lab: Lab, name: str) -> None:
    lab.page.goto(f"{lab.url}{PAGES[name]}")
    lab.page.wait_for_selector(".tf-stage .js-plotly-plot .main-svg")
    if "banners" in name:
        expect(lab.page.get_by_text("contains a mistake")).to_be_visible()
    whole(lab.page)
