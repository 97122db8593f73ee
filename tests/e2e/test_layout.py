"""Every page's pictures are whole at once, on a common laptop, with and without banners."""

import pytest

from tests.e2e.lab import Lab
from tests.e2e.layout import whole

pytestmark = pytest.mark.e2e

PAGES = {
    "Lab": "/",
    "Landscape": "/landscape?shape=surface",
    "Race": "/race",
    "Luck": "/luck",
}


@pytest.mark.parametrize("name", PAGES)
def test_pictures_are_whole(lab: Lab, name: str) -> None:
    lab.page.goto(f"{lab.url}{PAGES[name]}")
    lab.page.wait_for_selector(".tf-stage .js-plotly-plot .main-svg")
    whole(lab.page)
