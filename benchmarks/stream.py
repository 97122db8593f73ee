"""A long run at Max in a real browser: the cost of the pictures, beside `st.plotly_chart` for the same run.

    python -m benchmarks.stream [--epochs 60000] [--long 1000000]

Goals for 60,000 epochs: at most 1.5 times the time of the same run alone; 30 pictures a second with both
charts; constant browser time per picture (in the last tenth of the run at most 1.2 times that of the first);
no plot rebuilt; at most 24 bytes per epoch, and 4 MB for a million; after Pause the readout changes at most
once more.
"""

import argparse
import time
from urllib.parse import urlencode

import torch
from playwright.sync_api import Page, WebSocket

from benchmarks import stream_peers
from benchmarks.browser import chromium, open_lab, press, stage
from benchmarks.report import table
from benchmarks.server import Server
from thermofit import Config, Run

# Records the script time of each picture, and which plots existed.
WATCH = """(() => { const stage = document.querySelector('.tf-stage').parentElement.stage;
    window.costs = []; const tick = stage.tick; cancelAnimationFrame(stage.timer);
    stage.tick = (now) => { const shown = stage.shown, start = performance.now(); tick(now);
        if (stage.shown !== shown) costs.push([start, performance.now() - start, stage.epoch]); };
    stage.timer = requestAnimationFrame(stage.tick);
    window.plots = [...document.querySelectorAll('.js-plotly-plot, .main-svg')]; })()"""
PAUSE = """new Promise((done) => { const value = () => document.querySelector('.tf-cell .tf-value').innerText;
    document.querySelector('[data-part=play]').click(); let last = value(), changes = 0, frames = 0;
    const look = () => { if (value() !== last) { changes += 1; last = value(); }
        frames++ < 60 ? requestAnimationFrame(look) : done(changes); };
    requestAnimationFrame(look); })"""
# The server trains equal settings once, for everybody: a measurement that shares its settings with another
# would find its run already trained. The start weight keeps them apart and changes nothing about the work.
STARTS = {"play": "1", "pause": "2", "million": "3"}


class Traffic:
    """Bytes that the page received over the WebSocket."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._count)

    def _count(self, payload: bytes | str) -> None:
        self.bytes += len(payload)


def alone(epochs: int) -> float:
    """Seconds for the same run without a server or browser."""
    start = time.perf_counter()
    Run(Config(epochs=epochs)).advance(epochs=epochs)
    return time.perf_counter() - start


def address(server: Server, start: str, epochs: int, **settings: str) -> str:
    """The Lab at Max, with a start weight that no other measurement has."""
    query = {"epochs": epochs, "speed": "max", "w0": STARTS[start], **settings}
    return f"{server.url}/?{urlencode(query)}"


def play(page: Page, url: str, epochs: int) -> tuple[float, int]:
    """Seconds from Play until the last epoch is shown, and the bytes received meanwhile."""
    traffic = Traffic(page)
    open_lab(page, url)
    page.evaluate(WATCH)
    before, start = traffic.bytes, time.perf_counter()
    press(page, "Play")
    page.wait_for_function(
        "epochs => document.querySelector('.tf-stage').parentElement.stage.epoch === epochs",
        arg=epochs,
    )
    return time.perf_counter() - start, traffic.bytes - before


def frames(page: Page) -> tuple[float, float, float]:
    """Pictures per second, and ms of script per picture in the first and the last tenth of them."""
    costs = page.evaluate("costs")
    seconds = (costs[-1][0] - costs[0][0]) / 1000
    tenth = max(1, len(costs) // 10)
    first = [cost for _, cost, _ in costs[:tenth]]
    last = [cost for _, cost, _ in costs[-tenth:]]
    return len(costs) / seconds, sum(first) / len(first), sum(last) / len(last)


def rebuilt(page: Page) -> int:
    """The number of plots that did not exist before the run."""
    return int(page.evaluate("plots.filter((plot) => !plot.isConnected).length"))


def pause(page: Page, url: str, epochs: int) -> int:
    """How often the readout changes after the click on Pause, within 60 frames.

    RuntimeError if the run was over by then, since nothing was paused.
    """
    open_lab(page, url)
    press(page, "Play")
    page.wait_for_timeout(1500)
    changes = int(page.evaluate(PAUSE))
    if not 0 < stage(page, "stage.epoch") < epochs:
        raise RuntimeError("the run was not under way when Pause was pressed: try more --epochs")
    return changes


def lab(epochs: int) -> list[list[str]]:
    """The run in the first part of the table."""
    with Server() as server, chromium() as page:
        before = alone(epochs)
        took, size = play(page, address(server, "play", epochs), epochs)
        ratio = took / ((before + alone(epochs)) / 2)  # a busy machine may have changed meanwhile
        rate, first, last = frames(page)
        return [
            ["time, of the run alone", f"{ratio:.2f} ({took:.1f} s)", "1.5"],
            ["pictures per second", f"{rate:.0f}", "30"],
            ["ms of script per picture, first / last tenth", f"{first:.1f} / {last:.1f}", "1.2 times"],
            ["plots rebuilt", f"{rebuilt(page)}", "0"],
            ["bytes per epoch", f"{size / epochs:.1f}", "24"],
            ["changes after Pause", f"{pause(page, address(server, 'pause', epochs), epochs)}", "1"],
        ]


def million(epochs: int) -> list[str]:
    """Bytes for a very long run, by hand, which is the fastest way."""
    with Server() as server, chromium() as page:
        url = address(server, "million", epochs, gradient="manual", optimizer="by-hand")
        _, size = play(page, url, epochs)
    return [f"MB in all for {epochs:,} epochs", f"{size / 1e6:.2f}", "4"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--epochs", type=int, default=60_000)
    parser.add_argument("--long", type=int, default=1_000_000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    rows = lab(options.epochs)
    rows += [million(options.long)] if options.long else []
    print(table([f"the Lab, {options.epochs:,} epochs at Max", "measured", "to reach"], rows), flush=True)
    print()
    print(table(stream_peers.HEADER, stream_peers.rows()))


if __name__ == "__main__":
    main()
