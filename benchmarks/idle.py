"""How much the server computes for visitors who do nothing: seconds of computing in 10 seconds.

    python -m benchmarks.idle [--seconds 10]

Goals: after 2 s, no work for a paused or finished run, a hidden tab or a closed tab; and none for going
back, stepping or dragging the timeline over rows that the browser has. The peer is the same server without
visitors, because Streamlit itself does some work now and then.
"""

import argparse
from urllib.parse import urlencode

from playwright.sync_api import Page

from benchmarks.browser import chromium, open_lab, press, stage
from benchmarks.report import table
from benchmarks.server import Server

EPOCHS = 100_000
SETTLE = 2000  # ms within which the server must be quiet

# Imitates Page Visibility and slowed timers of a background tab, which a headless browser never has.
HIDE = """(() => { const frame = window.requestAnimationFrame.bind(window); const waiting = [];
    window.show = () => { delete document.hidden; window.requestAnimationFrame = frame;
        waiting.splice(0).forEach(frame); };
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    window.requestAnimationFrame = (callback) => waiting.push(callback); })()"""


class Idle:
    """Measures one server and one page, situation by situation."""

    def __init__(self, server: Server, page: Page, seconds: float) -> None:
        self.server, self.page, self.seconds = server, page, seconds
        self.rows: list[list[str]] = []
        self.sent = 0
        page.on("websocket", lambda socket: socket.on("framesent", self._count))

    def _count(self, _: object) -> None:
        self.sent += 1

    def open(self, **query: object) -> None:
        open_lab(self.page, f"{self.server.url}/?{urlencode(query)}")

    def measure(self, name: str) -> None:
        """Computing time of the server and messages to it after `SETTLE`."""
        self.page.wait_for_timeout(SETTLE)
        cpu, sent = self.server.cpu(), self.sent
        self.page.wait_for_timeout(self.seconds * 1000)
        spent = f"{(self.server.cpu() - cpu) * 1000:.0f}"
        self.rows.append([name, spent, f"{self.sent - sent}"])

    def travel(self, name: str) -> None:
        """Drag the timeline and step, over rows that the browser has."""
        cpu, sent = self.server.cpu(), self.sent
        for epoch in range(0, 2000, 40):
            self.page.get_by_label("Timeline").fill(str(epoch))
        for _ in range(20):
            press(self.page, "Step")
        spent = f"{(self.server.cpu() - cpu) * 1000:.0f}"
        self.rows.append([name, spent, f"{self.sent - sent}"])


def situations(idle: Idle) -> str:
    """All lines of the table; returns the epochs of a tab when it was hidden and when it was shown again."""
    page = idle.page
    idle.measure("nobody there")
    idle.open(epochs=EPOCHS, speed="100")
    idle.measure("opened, not played")
    press(page, "Play")
    page.wait_for_timeout(3000)
    press(page, "Pause")
    idle.measure("paused")
    idle.open(epochs=2500, speed="max", play=1)
    page.wait_for_timeout(4000)
    idle.measure("finished")
    idle.travel("timeline and steps")
    idle.open(epochs=EPOCHS, speed="100")
    press(page, "Play")
    page.wait_for_timeout(2000)
    page.evaluate(HIDE)
    before = stage(page, "stage.epoch")
    idle.measure("hidden tab, playing")
    page.evaluate("show()")
    page.wait_for_timeout(300)
    after = stage(page, "stage.epoch")
    page.goto("about:blank")
    idle.measure("closed tab")
    return f"The hidden tab stood at epoch {before} and was at {after} 0.3 s after it was shown again."


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=10)
    seconds = parser.parse_args().seconds
    with Server() as server, chromium() as page:
        idle = Idle(server, page, seconds)
        text = situations(idle)
    print(table(["visitor", f"server ms in {seconds:g} s", "messages to it"], idle.rows))
    print(f"\n{text}")


if __name__ == "__main__":
    main()
