"""A link to a moment opens exactly that picture, and so does loading the page again in mid-run."""

from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.server import Server
from tests.e2e.lab import Lab
from thermofit import Config, train
from thermofit.numbers import count

pytestmark = pytest.mark.e2e

# Everything that the figures show: the points of each trace, and the ranges of the axes.
FIGURES = """() => [...document.querySelectorAll('.tf-stage .js-plotly-plot')].map(plot => ({
    traces: plot._fullData.map(({type, x, y, z}) => JSON.stringify([type, x, y, z])),
    axes: ["xaxis", "yaxis"].map(name => plot._fullLayout[name]?.range),
}))"""
LABELS = ("Epoch", "Training loss", "Validation loss", "Weight w", "Bias b", "Line")


def picture(lab: Lab) -> tuple[list[str], Any]:
    lab.wait_until_quiet()
    lab.frames()
    lab.page.wait_for_function(  # a picture in three dimensions may be drawn late
        "document.querySelector('.tf-stage').parentElement.stage.figures"
        ".every(({space}) => !space.drawing && !space.late)"
    )
    return [lab.readout(label) for label in LABELS], lab.page.evaluate(FIGURES)


def copied(lab: Lab) -> str:
    """What Copy link puts into the clipboard."""
    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.press("Copy link")
    lab.wait_for_status("Link copied")
    link: str = lab.page.evaluate("navigator.clipboard.readText()")
    return link


def keys_of(link: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlparse(link).query).items()}


def drawn(lab: Lab) -> Lab:
    """Wait until the stage has drawn its charts."""
    lab.page.wait_for_selector(".tf-stage .js-plotly-plot .main-svg")
    expect(lab.page.locator(".tf-status")).not_to_have_text("Loading the charts …")
    return lab


def opened(page: Page, url: str) -> Lab:
    other = Lab(page, url)
    page.goto(url)
    return drawn(other)


@pytest.fixture
def elsewhere(browser: Browser, server: Server) -> Any:
    """Another person's browser."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def choose(lab: Lab, *labels: str) -> None:
    """Choose these tabs and switches, one after the other."""
    for label in labels:
        lab.page.locator(".stMain [data-testid=stButtonGroup]").get_by_text(label, exact=True).click()
        lab.page.wait_for_selector("[data-test-script-state=notRunning]")


@pytest.mark.parametrize(
    ("labels", "view"),
    [
        ((), {}),
        (("Landscape", "Original"), {"chart": "landscape", "units": "original"}),
        (("Landscape", "3-D surface"), {"chart": "landscape", "shape": "surface"}),
    ],
)
def test_a_copied_link_opens_exactly_this_picture(
    lab: Lab, elsewhere: Page, labels: tuple[str, ...], view: dict[str, str]
) -> None:
    lab.open(epochs=700, lr=0.02)
    choose(lab, *labels)
    for key, value in view.items():
        lab.page.wait_for_url(f"**{key}={value}**")
    lab.press("Play")
    lab.wait_past(60)
    lab.press("Pause")
    here = picture(lab)
    link = copied(lab)
    expected = {"epoch": here[0][0], **view}
    assert {
        key: value for key, value in keys_of(link).items() if key in ("epoch", "chart", "units", "shape")
    } == (expected)
    other = opened(elsewhere, link)
    other.wait_for_epoch(int(here[0][0]))
    assert picture(other) == here
    assert other.status == f"Paused at epoch {count(int(here[0][0]))}." and other.errors == []


def test_with_play_it_plays_on_from_there(lab: Lab) -> None:
    lab.open(epochs=3000, epoch=500, play=1, speed=10)
    lab.wait_past(500)
    assert lab.probe("stage.playing") and lab.epoch < 1000


def test_a_link_copied_while_it_plays_or_after_a_change_has_no_epoch(lab: Lab) -> None:
    lab.open(epochs=3000, epoch=40, speed=10, play=1)
    lab.wait_past(45)
    assert "epoch" not in keys_of(copied(lab))
    lab.press("Pause")
    lab.wait_until_quiet()
    lab.type("Learning rate", "0.02")  # goes on from here
    lab.wait_for_status("from epoch")
    lab.page.wait_for_url("**lr=0.02**")
    assert "epoch" not in keys_of(lab.page.url)
    lab.press("Copy link")
    lab.wait_for_status("from epoch 0 on")
    assert "epoch" not in keys_of(lab.page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.thorough
def test_a_far_epoch_is_trained_and_shown(lab: Lab) -> None:
    lab.open(epochs=100_000, gradient="manual", optimizer="by-hand", epoch=60_000)
    lab.wait_for_epoch(60_000)
    lab.wait_until_quiet()
    last = train(Config(epochs=60_000, gradient="manual", optimizer="by-hand")).row(60_000)
    assert lab.number("Training loss") == pytest.approx(last["train_loss"], rel=1e-6)
    assert lab.status == "Paused at epoch 60\u202f000." and not lab.probe("stage.playing")
    lab.press("Step")
    lab.wait_for_epoch(60_001)


def test_who_does_not_want_to_wait_for_a_far_epoch_need_not(lab: Lab) -> None:
    lab.far_away(300)  # the epoch is some answers away
    lab.open(epochs=1_000_000, epoch=900_000, gradient="manual", optimizer="by-hand")
    lab.wait_for_status("Training up to epoch 900\u202f000")
    lab.press("Reset")
    lab.wait_for_epoch(0)
    lab.wait_until_quiet()
    lab.frames(30)
    assert lab.epoch == 0


def test_beyond_the_end_of_a_diverged_run_the_end_is_shown(lab: Lab) -> None:
    lab.open(preset="raw-explodes", epoch=90, epochs=100, play=1)
    lab.wait_for_status("Diverged")
    end = lab.probe("stage.end.epoch")
    assert 0 < end < 90
    lab.wait_for_epoch(end)
    lab.frames(30)
    assert lab.epoch == end and not lab.probe("stage.playing")


@pytest.mark.parametrize("path", ["", "landscape"])
@pytest.mark.parametrize("playing", [False, True])
def test_loading_the_page_again_shows_the_epoch_at_which_it_stood(lab: Lab, path: str, playing: bool) -> None:
    page = lab.page
    opened(page, f"{lab.url}/{path}?epochs=3000&w0=2&epoch=20")
    lab.wait_for_epoch(20)
    page.wait_for_url("**lr=**")
    lab.press("Play")
    lab.wait_past(100)
    if not playing:
        lab.press("Pause")
        lab.wait_until_quiet()
    stood = reload(lab)
    drawn(lab)
    lab.wait_for_epoch(stood)
    lab.wait_until_quiet()
    assert lab.status == f"Paused at epoch {count(stood)}."
    reference = train(Config(epochs=stood, w0=2.0)).row(stood)
    assert lab.number("Training loss") == pytest.approx(reference["train_loss"], rel=1e-6)


def reload(lab: Lab) -> int:
    """Load the page again; returns the epoch that was shown last."""
    lab.page.evaluate(
        "addEventListener('pagehide', () => sessionStorage.setItem('last shown',"
        " document.querySelector('.tf-stage').parentElement.stage.epoch))"
    )
    lab.page.reload()
    return int(lab.page.evaluate("sessionStorage.getItem('last shown')"))


def test_loading_again_keeps_the_start_and_a_link_in_the_same_tab_is_followed(lab: Lab) -> None:
    lab.open(epochs=3000, epoch=20)
    lab.wait_for_epoch(20)
    lab.press("Reset")
    lab.wait_for_epoch(0)
    lab.wait_until_quiet()
    assert reload(lab) == 0
    drawn(lab)
    lab.wait_until_quiet()
    assert lab.epoch == 0
    lab.open(epochs=3000, epoch=33)
    lab.wait_for_epoch(33)


def test_what_was_changed_on_the_way_is_not_kept(lab: Lab) -> None:
    lab.open(epochs=3000, epoch=50)
    lab.wait_for_epoch(50)
    lab.wait_until_quiet()
    lab.type("Learning rate", "0.02")
    lab.wait_for_status("from epoch 50 on")
    lab.page.wait_for_url("**lr=0.02**")
    reload(lab)
    drawn(lab)
    lab.wait_until_quiet()
    assert lab.epoch == 0


def test_a_chapter_that_is_loaded_again_stands_where_it_stood(lab: Lab) -> None:
    page = lab.page
    opened(page, f"{lab.url}/lesson?chapter=loop")
    lab.press("Play")
    lab.wait_past(2)
    lab.press("Pause")
    lab.wait_until_quiet()
    here = [lab.readout(label) for label in ("Epoch", "Training loss")]
    reload(lab)
    drawn(lab)
    lab.wait_for_epoch(int(here[0]))
    assert [lab.readout(label) for label in ("Epoch", "Training loss")] == here
    assert not lab.probe("stage.playing")


def test_back_and_forward_restore_the_tab_and_its_switches(lab: Lab) -> None:
    page = lab.open(epochs=700).page
    page.wait_for_url("**speed=**")
    addresses = [page.url]
    for label, part in (("Landscape", "chart=landscape"), ("Original", "units=original")):
        choose(lab, label)
        page.wait_for_url(f"**{part}**")
        addresses.append(page.url)
    title = page.locator(".tf-chart .xtitle").last
    expect(title).to_contain_text("Slope")
    for address, text in zip(reversed(addresses[:-1]), ("Weight w", "Epoch"), strict=True):
        page.go_back()
        page.wait_for_function("address => location.href === address", arg=address)
        expect(title).to_contain_text(text)
    page.go_forward()
    expect(title).to_contain_text("Weight w")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
