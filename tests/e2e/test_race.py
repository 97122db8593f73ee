"""The race in a real browser: played to its end, controlled while it plays, opened again from its link."""

import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlparse

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.lab import Lab
from thermofit import Config, experiments

pytestmark = pytest.mark.e2e

ENDED = """(() => { const stage = document.querySelector('.tf-stage')?.parentElement.stage;
    return stage?.end && stage.epoch === stage.end.epoch && !stage.playing; })()"""
BASE = Config(epochs=600)
RUNNERS = {
    "SGD, rate 0.03": BASE.replace(lr=0.03),
    "SGD, rate 0.09": BASE.replace(lr=0.09),
    "Adam": BASE.replace(optimizer="Adam", lr=2.0),
    "Rprop": BASE.replace(optimizer="Rprop", lr=1.0),
    "LBFGS": BASE.replace(optimizer="LBFGS", lr=0.05),
    "Adagrad": BASE.replace(optimizer="Adagrad"),
}
LINK = (
    "lr_0.03~~lr_0.09~~optimizer_Adam~lr_2~~optimizer_Rprop~lr_1~~optimizer_LBFGS~lr_0.05~~optimizer_Adagrad"
)


def visit(lab: Lab, page: Page | None = None, **query: Any) -> Page:
    page = page or lab.page
    page.goto(f"{lab.url}/race?{urlencode({'runners': LINK, 'epochs': 600, 'speed': 'max'} | query)}")
    page.wait_for_function("document.querySelector('.tf-stage')?.parentElement.stage?.shown >= 0")
    return page


def play(lab: Lab) -> None:
    lab.press("Play")
    lab.page.wait_for_function(ENDED, timeout=60_000)
    lab.wait_until_quiet()


def board(page: Page) -> dict[str, list[str]]:
    """What the board says of each runner, in the order of its rows."""
    rows = page.locator(".tf-board tbody tr").all()
    return {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in rows}


def row_of(page: Page, name: str) -> Locator:
    return page.locator(".tf-board tbody tr", has=page.get_by_text(name, exact=True))


def wait_for(page: Page, condition: str) -> None:
    """Wait for this of the running stage."""
    page.wait_for_function(f"(stage => {condition})(document.querySelector('.tf-stage').parentElement.stage)")


def ranks(table: pd.DataFrame) -> dict[str, str]:
    """What the board has to say of the same race in the library, in the order of the ranks."""
    return {row["name"]: rank(row) for row in table.sort_values("rank").to_dict("records")}


def rank(row: Any) -> str:
    if pd.notna(row["diverged_at"]):
        return f"out at {row['diverged_at']}"
    return "–" if pd.isna(row["epochs_to_1_percent"]) else str(row["rank"])


def test_the_board_ends_with_the_ranks_of_the_library(lab: Lab) -> None:
    page = visit(lab)
    play(lab)
    expected = ranks(experiments.race(RUNNERS))
    assert {name: cells[0] for name, cells in board(page).items()} == expected
    assert list(board(page)) == list(expected)
    assert expected["SGD, rate 0.09"].startswith("out at") and expected["Adagrad"] == "–"

    page.locator("[class*=st-key-set-rank]").get_by_role("radio", name="Evaluations").click()
    by_evaluations = ranks(experiments.race(RUNNERS, "evaluations"))
    assert by_evaluations != expected
    page.wait_for_function("new URL(location).searchParams.get('rank_by') === 'evaluations'")
    for name, place in by_evaluations.items():
        expect(row_of(page, name).locator("td").first).to_have_text(place)
    expect(page.locator(".tf-status")).to_contain_text("gradient evaluations")


def test_the_bet_is_a_secret_until_the_end_and_may_be_placed_while_it_plays(lab: Lab) -> None:
    page = visit(lab, speed="10")
    lab.press("Play")
    page.get_by_role("combobox", name=re.compile("Who is within")).click()
    page.get_by_role("option", name="Rprop", exact=True).click()
    expect(page.locator(".tf-status")).to_contain_text("Training")
    before = lab.probe("stage.epoch")
    wait_for(page, f"stage.epoch > {before}")
    assert "You bet" not in lab.status
    lab.speed("Max")
    page.wait_for_function(ENDED, timeout=60_000)
    lab.wait_for_status("You bet on Rprop and lost: it came")
    assert "LBFGS was" in lab.status


def test_it_is_paused_stepped_and_dragged_and_who_explodes_is_out_at_its_epoch(lab: Lab) -> None:
    page = visit(lab, speed="100")
    out = int(experiments.race(RUNNERS).set_index("name")["diverged_at"]["SGD, rate 0.09"])
    place = row_of(page, "SGD, rate 0.09").locator("td").first
    lab.press("Play")
    wait_for(page, "stage.epoch > 5")
    lab.press("Pause")
    lab.wait_until_quiet()
    at = lab.probe("stage.epoch")
    lab.press("Step")
    lab.press("Step")
    wait_for(page, f"stage.epoch === {at + 2}")
    lab.press("Back")
    wait_for(page, f"stage.epoch === {at + 1}")
    lab.drag_timeline(out - 2)  # its newest row is the epoch before it explodes
    expect(place).to_have_text("–")
    lab.press("Step")
    expect(place).to_have_text(f"out at {out}")
    lab.press("Back")
    expect(place).to_have_text("–")
    ends = lab.probe("stage.tracks.all.get('runner 2').last")
    assert ends == out - 1


def test_reload_and_another_tab_show_the_same_race(lab: Lab) -> None:
    page = visit(lab, units="original", rank_by="evaluations")
    play(lab)
    told, before = lab.status, board(page)
    page.wait_for_function("new URL(location).searchParams.get('lr') !== null")
    query = parse_qs(urlparse(page.url).query)
    assert query["runners"] == [LINK] and query["rank_by"] == ["evaluations"]
    page.reload()
    page.wait_for_function("document.querySelector('.tf-stage')?.parentElement.stage?.shown === 600")
    lab.wait_for_status(told)
    assert board(page) == before

    other = page.context.new_page()
    try:
        tab = Lab(other, lab.url)
        other.goto(page.url)
        other.wait_for_function("document.querySelector('.tf-stage')?.parentElement.stage?.shown >= 0")
        play(tab)
        assert board(other) == before and tab.status == told and tab.errors == []
    finally:
        other.close()


def test_the_search_for_good_rates_is_cancelled_and_the_race_stays(lab: Lab) -> None:
    page = visit(lab, runners="base~~optimizer_RAdam~~optimizer_Adadelta", epochs=3000)
    page.get_by_text("Who runs, and at which rate").click()
    page.get_by_role("button", name="Find each one's own good rate").click()
    expect(page.get_by_role("progressbar").first).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0, timeout=30_000)
    assert board(page).keys() == {"SGD", "RAdam", "Adadelta"}
    assert {cells[4] for cells in board(page).values()} == {"0.01"}
    lab.press("Step")
    wait_for(page, "stage.epoch === 1")


def test_phone(page: Page, lab: Lab) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(lab)
    play(lab)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    top = page.locator(".tf-chart").first.bounding_box()
    assert top and top["y"] < 680  # transport and picture are on screen together
