"""Own readings in a real browser: pasted, looked at, used, trained on, and opened from the link."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e

PASTED = "load (kg)\tlength (cm)\n0,5\t20,1\n1\t20,9\n1,5\tabout 22\n2\t22,4\n3\t24\n"


def test_pasted_readings_become_a_run_and_a_link(lab: Lab, page: Page) -> None:
    lab.open()
    page.get_by_role("button", name="Your own readings").click()
    dialog = page.get_by_role("dialog")
    field = dialog.locator("textarea")
    field.fill(PASTED)
    field.press("Control+Enter")
    expect(dialog.get_by_text("Rows that can be used: 4. Left out: 1")).to_be_visible()
    dialog.get_by_test_id("stDataFrame").hover()  # its own way to a CSV would let formulas through
    expect(dialog.get_by_test_id("stElementToolbar")).to_be_hidden()
    dialog.get_by_role("button", name="Use these readings").click()
    expect(dialog).to_be_hidden()
    page.wait_for_url("**readings=1*")
    expect(page.locator(".tf-stage").get_by_text("load (kg)").first).to_be_visible()
