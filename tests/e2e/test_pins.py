"""Pinned runs as people use them: pin while it plays, compare, rename, remove, take, reload, hand on."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.server import Server
from tests.e2e.lab import BOTH, Lab
from thermofit import Config, train
from thermofit.config.link import Link, write
from thermofit.config.pin import Pin

pytestmark = pytest.mark.e2e

NUMBER = re.compile(r"\d")
BASE = Config(epochs=300)
ADAM = Pin("Adam", ((0, BASE.replace(optimizer="Adam", lr=0.1)),), 300, style=1)
SLOW = Pin("Slow", ((0, BASE.replace(lr=0.001)),), 250)


def rows(page: Page) -> Locator:
    return page.locator(".tf-board tbody tr")


def cell(page: Page, row: int, column: str) -> Locator:
    return rows(page).nth(row).locator(f"td[data-column={column}]")


def curves(lab: Lab) -> dict[str, list[Any]]:
    """How the pins' curves end in the loss chart, by name."""
    return dict(
        lab.probe(
            "stage.figures[1].standing.filter(({label, trace}) => label && trace.visible)"
            ".map(({label, trace}) => [label, [trace.x.at(-1), trace.y.at(-1)]])"
        )
    )


def loss_at(config: Config, epoch: int) -> float:
    return train(config.replace(epochs=epoch)).row(epoch)["train_loss"]


@BOTH
def test_a_run_is_pinned_while_it_plays_and_the_next_one_plays_over_it(lab: Lab) -> None:
    page = lab.open(**write(Link(BASE, speed="100"))).page
    expect(page.locator(".tf-board")).to_contain_text("Nothing is pinned yet")
    lab.press("Play")
    lab.wait_past(20)
    lab.press("Pin")
    expect(rows(page)).to_have_count(2)
    expect(cell(page, 1, "epochs")).to_have_text(NUMBER)
    first = int(cell(page, 1, "epochs").inner_text())
    assert first > 20 and lab.probe("stage.playing")
    lab.wait_for_epoch(300)
    assert curves(lab)["SGD, rate 0.01"] == pytest.approx([first, loss_at(BASE, first)], rel=1e-5)
    lab.type("Learning rate", "0.03")
    lab.wait_for_epoch(0)
    lab.speed("Max")
    lab.press("Play")
    lab.wait_for_epoch(300)
    lab.press("Pin")
    expect(rows(page)).to_have_count(3)
    expect(cell(page, 1, "lr")).to_have_text("0.01")
    expect(cell(page, 2, "lr")).to_have_text("0.03")
    expect(cell(page, 2, "epochs")).to_have_text("300")
    told = curves(lab)
    assert told["SGD, rate 0.01"][0] == first
    assert told["SGD, rate 0.03"] == pytest.approx([300, loss_at(BASE.replace(lr=0.03), 300)], rel=1e-5)
    assert lab.readout("Epoch") == "300"


def test_a_link_with_pins_shows_them_and_they_are_hidden_renamed_removed(lab: Lab) -> None:
    page = lab.open(**write(Link(BASE, pins=(SLOW, ADAM)))).page
    expect(cell(page, 2, "final_train_loss")).to_have_text(NUMBER)
    for place, pin in ((1, SLOW), (2, ADAM)):
        expected = loss_at(pin.config, pin.epoch)
        assert float(cell(page, place, "final_train_loss").inner_text()) == pytest.approx(expected, rel=1e-4)
    assert set(curves(lab)) == {"Slow", "Adam"}
    page.get_by_label("Show Slow", exact=True).uncheck()
    expect(page.locator(".tf-labels span", has_text="Slow")).to_have_count(0)
    assert set(curves(lab)) == {"Adam"}
    page.get_by_label("Name of Adam", exact=True).fill("The <b>best</b>")
    page.get_by_label("Name of Adam", exact=True).press("Enter")
    expect(page.get_by_label("Name of The <b>best</b>")).to_have_count(1)
    expect(page.locator(".tf-labels span").last).to_have_text("The <b>best</b>")
    page.reload()
    page.wait_for_selector(".tf-stage .js-plotly-plot .scatterlayer")
    expect(page.get_by_label("Name of The <b>best</b>")).to_have_count(1)
    expect(page.get_by_label("Show Slow", exact=True)).not_to_be_checked()
    page.get_by_role("button", name="Remove this run: Slow").click()
    expect(rows(page)).to_have_count(2)
    page.go_back()
    expect(rows(page)).to_have_count(3)


def test_settings_are_taken_and_a_baseline_tells_differences(lab: Lab) -> None:
    page = lab.open(**write(Link(BASE, pins=(SLOW, ADAM)))).page
    page.get_by_role("button", name=re.compile("Use as baseline.*: Adam")).click()
    expect(cell(page, 1, "epochs")).to_have_text("250\n−50", use_inner_text=True)
    expect(cell(page, 2, "epochs")).to_have_text("300", use_inner_text=True)
    page.get_by_role("button", name="Take these settings: Adam").click()
    lab.wait_for_field("Learning rate", "0.1")
    lab.wait_for_status("New run with the settings of")
    lab.speed("Max")
    lab.press("Play")
    lab.wait_for_epoch(300)
    assert lab.number("Training loss") == pytest.approx(loss_at(ADAM.config, 300), rel=1e-5)
    expect(rows(page)).to_have_count(3)


def test_pins_sort_and_a_row_lifts_its_curves(lab: Lab) -> None:
    page = lab.open(**write(Link(BASE, pins=(SLOW, ADAM)))).page
    expect(cell(page, 2, "final_train_loss")).to_have_text(NUMBER)
    header = page.locator("th[data-column=final_train_loss]")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    expect(rows(page).first.locator("input.tf-name")).to_have_value("Adam")
    page.get_by_label("Name of Adam", exact=True).focus()
    lifted = page.evaluate(
        "[...document.querySelectorAll('.scatterlayer .trace:not(.tf-dim)')]"
        ".map(node => node.__data__[0].trace).filter(({meta}) => meta?.whole).map(({name}) => name)"
    )
    assert set(lifted) == {"Adam"}


def test_pins_go_from_page_to_page_and_to_somebody_else(lab: Lab, browser: Browser, server: Server) -> None:
    page = lab.open(**write(Link(BASE, pins=(SLOW, ADAM)))).page
    page.get_by_role("link", name="Landscape").click()
    expect(page.locator(".tf-labels span", has_text="Adam").first).to_be_visible()
    page.get_by_role("link", name="Lab").first.click()
    expect(rows(page)).to_have_count(3)
    page.wait_for_url(re.compile("pins="))  # the browser completes the address
    link = page.url
    with browser.new_context() as somebody:
        other = somebody.new_page()
        other.goto(link)
        expect(cell(other, 2, "final_train_loss")).to_have_text(NUMBER, timeout=60_000)
        assert [name.input_value() for name in other.locator("input.tf-name").all()] == ["Slow", "Adam"]


def test_the_files_hold_the_comparison(lab: Lab, tmp_path: Path) -> None:
    page = lab.open(**write(Link(BASE, pins=(SLOW, ADAM)))).page
    for label, name in (("Table as CSV", "runs.csv"), ("Comparison as JSON", "runs.json")):
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        download.value.save_as(tmp_path / name)
    assert (tmp_path / "runs.csv").read_text().splitlines()[0].startswith("name,optimizer,lr,epochs,")
    told = json.loads((tmp_path / "runs.json").read_text())["runs"]
    assert told[1]["result"]["final_train_loss"] == pytest.approx(loss_at(ADAM.config, 300), rel=1e-6)


def test_pressed_twice_and_in_the_wrong_order(lab: Lab) -> None:
    page = lab.open(**write(Link(BASE, speed="100"))).page
    lab.press("Pin")
    lab.press("Pin")
    expect(page.get_by_text("it is pinned already").first).to_be_visible()
    expect(rows(page)).to_have_count(2)
    lab.press("Play")
    lab.press("Reset")
    lab.press("Pin")
    lab.press("Play")
    lab.wait_past(5)
    remove = page.get_by_role("button", name="Remove this run: SGD, rate 0.01")
    remove.first.dblclick()
    expect(rows(page)).to_have_count(0)
    lab.wait_for_epoch(300)
    assert lab.number("Training loss") == pytest.approx(loss_at(BASE, 300), rel=1e-5)
