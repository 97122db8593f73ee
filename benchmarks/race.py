"""A race of all optimizers in a real browser: the cost of its pictures, and of training in step.

    python -m benchmarks.race [--epochs 3000]

Goals, with losses and paths of all runners in two charts: 30 pictures a second; constant browser time per
picture (in the last tenth of the race at most 1.2 times that of the first); no plot rebuilt; at Max at most
1.3 times the time of the same runs one after the other, without a server or browser. The race is played
twice: at Max, while the server trains, and once more with all rows there, at 300 epochs a second.
"""

import argparse
import time
from pathlib import Path

import torch
from playwright.sync_api import Page

from benchmarks.browser import chromium, press, stage
from benchmarks.race_page.scene import runners
from benchmarks.report import table
from benchmarks.server import Server
from benchmarks.stream import WATCH, frames, rebuilt
from thermofit import Run

APP = Path(__file__).with_name("race_page") / "app.py"
SALT = 0.03  # keeps these runs apart from those of tests
ENDED = """(() => { const { stage } = document.querySelector('.tf-stage').parentElement;
    return stage.end && stage.epoch === stage.end.epoch; })()"""


def alone(epochs: int) -> float:
    """Seconds for the same runs, one after the other."""
    start = time.perf_counter()
    for config in runners(epochs, 2 * SALT).values():
        Run(config).advance(epochs=epochs)
    return time.perf_counter() - start


def play(page: Page) -> float:
    """Seconds from Play until the end is shown."""
    page.evaluate(WATCH)
    start = time.perf_counter()
    press(page, "Play")
    page.wait_for_function(ENDED)
    return time.perf_counter() - start


def measure(epochs: int) -> list[list[str]]:
    """The rows of the table."""
    with Server(app=APP) as server, chromium() as page:
        page.goto(f"{server.url}/?epochs={epochs}&speed=max&salt={SALT}")
        page.wait_for_function("document.querySelector('.tf-stage')?.parentElement.stage?.shown === 0")
        page.wait_for_timeout(1500)
        before = alone(epochs)
        took = play(page)
        ratio = took / ((before + alone(epochs)) / 2)  # a busy machine may have changed meanwhile
        at_max, lost = frames(page)[0], rebuilt(page)
        page.wait_for_timeout(1500)
        stage(page, "stage.playback.speed = '300'")
        play(page)
        rate, first, last = frames(page)
        return [
            ["time at Max, of the runs one after the other", f"{ratio:.2f} ({took:.1f} s)", "1.3"],
            ["pictures per second, at Max while it trains", f"{at_max:.0f}", "30"],
            ["pictures per second, at 300 epochs/s", f"{rate:.0f}", "30"],
            ["ms of script per picture, first / last tenth", f"{first:.1f} / {last:.1f}", "1.2 times"],
            ["plots rebuilt", f"{lost + rebuilt(page)}", "0"],
        ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--epochs", type=int, default=3000)
    epochs = parser.parse_args().epochs
    torch.set_num_threads(1)
    count = len(runners(epochs))
    print(table([f"{count} runners, {epochs:,} epochs", "measured", "to reach"], measure(epochs)))


if __name__ == "__main__":
    main()
