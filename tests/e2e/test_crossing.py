"""A person and the stage act at the same moment, or runs of the page overlap."""

import base64
from functools import partial

import pytest
from playwright.sync_api import WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.e2e.lab import BOTH, Lab
from thermofit import Config
from thermofit.live.exchange import exchange
from thermofit.live.live_run import LiveRun
from thermofit.ui.scenes import fit_and_loss

pytestmark = [pytest.mark.e2e, BOTH]

TOGETHER = {
    "the stage first": "(control, stage) => { stage.ask({ at: stage.epoch }); control.click(); }",
    "the person first": "(control, stage) => { control.click(); stage.ask({ at: stage.epoch }); }",
}

# Mounts the stage with an answer of the server, lets it play, unmounts it and mounts it again.
MOVED = """async answer => {
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const { default: mount } = await import(loaded.find(name => name.endsWith('/stage.js')));
    const data = Uint8Array.from(atob(answer), character => character.charCodeAt(0));
    const place = () => document.body.appendChild(document.createElement('div'));
    const port = () => ({ key: crypto.randomUUID(), data: data.slice(), setTriggerValue() {} });
    const until = done => new Promise((resolve, reject) => {
        const wait = left => left ? requestAnimationFrame(() => look(left - 1)) : reject(done);
        const look = left => done() ? resolve() : wait(left);
        look(2000);
    });
    const [first, second] = [place(), place()];
    const leave = mount({ ...port(), parentElement: first });
    const stage = first.stage;
    await until(() => stage.frames > 0);
    stage.actions.start();
    await until(() => stage.epoch > 0);
    leave();
    const [left, frames] = [stage.epoch, stage.frames];
    mount({ ...port(), parentElement: second });
    await until(() => stage.epoch > left && stage.frames > frames);
    const shown = [first, second].map(({ children }) => children.length);
    return [second.stage === stage, stage.playing, ...shown];
}"""


@pytest.mark.parametrize("order", TOGETHER)
def test_a_tab_that_is_opened_just_as_the_stage_asks(lab: Lab, order: str) -> None:
    lab.open(epochs=400)
    lab.page.get_by_role("radio", name="Landscape").evaluate(
        f"control => ({TOGETHER[order]})(control, document.querySelector('.tf-stage').parentElement.stage)"
    )
    lab.page.wait_for_function("document.querySelectorAll('.js-plotly-plot')[1].layout.images?.length")


@pytest.mark.parametrize("order", TOGETHER)
def test_a_setting_that_changes_just_as_the_stage_asks(lab: Lab, order: str) -> None:
    lab.open(epochs=60_000, speed=100, play=1)
    lab.wait_past(20)
    control = lab.page.get_by_role("radio", name="Manual")
    lab.page.wait_for_function("!document.querySelector('.tf-stage').parentElement.stage.inFlight")
    control.evaluate(
        f"control => ({TOGETHER[order]})(control, document.querySelector('.tf-stage').parentElement.stage)"
    )
    lab.wait_for_status("New run: gradient changed")
    lab.wait_for_epoch(0)


def test_a_stage_that_is_taken_away_and_put_back_plays_on(lab: Lab) -> None:
    lab.open(epochs=400)
    live = LiveRun(Config(epochs=400))
    answer = exchange(live, partial(fit_and_loss.lab, speed="1", theme="light"), None, "moved").pack()
    moved = lab.page.evaluate(MOVED, base64.b64encode(answer).decode())
    assert moved == [True, True, 0, 1]


def test_only_a_control_of_the_page_draws_the_page(lab: Lab) -> None:
    drawn: list[str] = []

    def hear(frame: str | bytes) -> None:
        message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
        if message.HasField("new_session"):
            drawn.append("fragment" if message.metadata.run.fragment_ids else "page")

    def listen(socket: WebSocket) -> None:
        if "_stcore" in socket.url:  # the page's socket, not the stage's
            socket.on("framereceived", hear)

    lab.page.on("websocket", listen)
    lab.open(epochs=5000, speed=100)
    lab.press("Step")
    lab.wait_until_quiet()
    lab.page.get_by_text("Look inside this step").click()
    expect(lab.page.get_by_text("From epoch 1 to 2")).to_be_visible()
    lab.press("Play")
    lab.wait_past(200)
    lab.press("Pause")
    expect(lab.page.get_by_text(f"From epoch {lab.epoch} to")).to_be_visible()
    assert drawn.count("page") == 1 and drawn.count("fragment") > 2
    lab.page.get_by_role("radio", name="Landscape").click()
    lab.page.wait_for_function("document.querySelectorAll('.js-plotly-plot')[1].layout.images?.length")
    assert drawn.count("page") == 2
