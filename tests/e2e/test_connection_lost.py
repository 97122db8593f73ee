"""A connection that breaks comes back by itself, and the run goes on from the epoch shown."""

import json
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from benchmarks.server import Server
from tests.e2e.lab import BOTH, Lab
from thermofit import Config, train
from thermofit.config.link import Link, write
from thermofit.config.pin import Pin

pytestmark = pytest.mark.e2e

RUN = Config(epochs=20_000)
OPEN = "document.querySelector('.tf-stage').parentElement.stage.questions.lane.isOpen"
# Records each epoch that is shown.
RECORD = "{ stage.seen = []; setInterval(() => stage.shown >= 0 && stage.seen.push(stage.epoch), 10); }"


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that may be restarted: each test has its own."""
    with Server() as server:
        yield server


def assert_goes_on(lab: Lab, left: int) -> None:
    """The picture went on from epoch `left`, without a jump back, and shows true numbers."""
    lab.wait_past(left + 50)
    lab.press("Pause")
    seen = lab.probe("stage.seen")
    assert seen == sorted(seen) and seen[-1] > left
    row = train(RUN.replace(epochs=lab.epoch)).row(lab.epoch)
    assert lab.number("Bias b") == pytest.approx(row["b"], rel=1e-5)


@BOTH
def test_the_server_is_restarted_in_mid_run(lab: Lab, server: Server) -> None:
    lab.open(epochs=RUN.epochs, speed=100, play=1)
    lab.wait_past(100)
    lab.probe(RECORD)
    server.stop()
    lab.page.wait_for_timeout(3000)  # longer than the rows in hand last
    left = lab.epoch
    server.start()
    assert_goes_on(lab, left)


@pytest.mark.thorough
def test_a_paused_picture_stays_when_the_server_is_restarted(lab: Lab, server: Server) -> None:
    lab.open(epochs=RUN.epochs, speed=100, play=1)
    lab.wait_past(100)
    lab.press("Pause")
    lab.wait_until_quiet()
    left, run = lab.epoch, lab.probe("stage.run")
    lab.probe(RECORD)
    server.stop()
    server.start()
    lab.page.wait_for_function(
        "run => document.querySelector('.tf-stage').parentElement.stage.run !== run", arg=run
    )
    lab.page.wait_for_function(
        "left => document.querySelector('.tf-stage')?.parentElement.stage.rows.last >= left", arg=left
    )
    lab.press("Step")
    lab.wait_for_epoch(left + 1)
    assert set(lab.probe("stage.seen")) <= {left, left + 1}


@pytest.mark.thorough
def test_pins_outlive_the_server(lab: Lab, server: Server) -> None:
    config = Config(epochs=300, optimizer="Adam", lr=0.1)
    pins = (Pin("Adam", ((0, config),), 300), Pin("Two rates", ((0, RUN), (40, RUN.replace(lr=0.02))), 90, 1))
    lab.open(**write(Link(RUN, speed="100", play=True, pins=pins)))
    rows = lab.page.locator(".tf-board tbody tr")
    expect(rows).to_have_count(3)
    lab.wait_past(60)
    lab.probe(RECORD)
    server.stop()
    lab.page.wait_for_timeout(1000)
    left = lab.epoch
    server.start()
    assert_goes_on(lab, left)
    expect(rows).to_have_count(3)
    address = lab.page.url
    lab.page.get_by_label("Show Adam", exact=True).uncheck()
    lab.page.wait_for_function("address => location.href !== address", arg=address)
    lab.page.reload()
    expect(lab.page.get_by_label("Show Adam", exact=True)).not_to_be_checked()
    loss = train(config).row(300)["train_loss"]
    cell = lab.page.locator(".tf-board tbody tr").nth(1).locator("td[data-column=final_train_loss]")
    expect(cell).to_have_text(f"{loss:.4f}")


def test_a_socket_that_closes_is_opened_again(lab: Lab) -> None:
    lab.open(epochs=RUN.epochs, speed=100, play=1)
    lab.wait_past(50)
    lab.page.wait_for_function(OPEN)
    lab.probe(RECORD)
    lab.probe("stage.questions.lane.socket.close()")
    left = lab.epoch
    assert_goes_on(lab, left)
    lab.page.wait_for_function(OPEN)


def test_the_token_of_a_visitor_who_has_left_is_worthless(lab: Lab, server: Server, page: Page) -> None:
    lab.open(epochs=100)
    lab.page.wait_for_function(
        "document.querySelector('.tf-stage')?.parentElement.stage.questions.lane.token"
    )
    token = lab.probe("stage.questions.lane.token")
    assert answer_to(token, server) == {"ready": True}
    page.close()
    deadline = time.monotonic() + 30
    while (answer := answer_to(token, server)) != {"error": "unknown token"}:
        assert time.monotonic() < deadline, answer


def answer_to(token: str, server: Server) -> object:
    """What the server says to somebody who brings this token."""
    try:
        with connect(server.url.replace("http", "ws", 1) + "/thermofit/rows") as socket:
            socket.send(token)
            return json.loads(socket.recv(30))
    except ConnectionClosed as closed:
        return {"closed": closed.code}
