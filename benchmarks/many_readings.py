"""A run at Max on many readings of one's own in a real browser: the cost of its pictures, and of an epoch.

    python -m benchmarks.many_readings [--rows 10000] [--epochs 20000]

The readings are uploaded in the Lab's dialog, as a person does it. Goals: 20 pictures a second, also with the
residuals switched on; at most 1.5 times the time of the same run alone; and an epoch costs at most in
proportion to the rows, beside the same run on a tenth of them.
"""

import argparse
import time

import torch
from playwright.sync_api import FilePayload, Page

from benchmarks.browser import chromium, open_lab, press
from benchmarks.report import table
from benchmarks.server import Server
from benchmarks.stream import WATCH, frames, rebuilt
from thermofit import Config, Run
from thermofit.data.dataset import Dataset
from thermofit.data.own import own_dataset
from thermofit.data.written import write_csv

SHOWN = "epochs => document.querySelector('.tf-stage').parentElement.stage.epoch === epochs"


def readings(rows: int) -> Dataset:
    """A noisy line, of inputs in no order."""
    generator = torch.Generator().manual_seed(1)
    inputs = torch.rand(rows, generator=generator).mul(90).round(decimals=1)
    targets = (0.5 * inputs - 17 + torch.randn(rows, generator=generator)).round(decimals=1)
    return own_dataset(inputs.tolist(), targets.tolist(), "load (kg)", "length (cm)")


def alone(rows: int, epochs: int) -> tuple[float, float]:
    """Seconds for the same run without a server or browser: by the clock, and of computing."""
    run = Run(Config(data=readings(rows), epochs=epochs))
    start, computed = time.perf_counter(), time.process_time()
    run.advance(epochs=epochs)
    return time.perf_counter() - start, time.process_time() - computed


def use(page: Page, rows: int) -> None:
    """Upload the readings and take them."""
    press(page, "Bring your own readings")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Upload a file", exact=True).click()
    file = FilePayload(name="rods.csv", mimeType="text/csv", buffer=write_csv(readings(rows)).encode())
    dialog.locator("input[type=file]").set_input_files(file)
    dialog.get_by_role("button", name="Use these readings").click()
    dialog.wait_for(state="hidden")
    page.locator(".tf-stage").get_by_text("load (kg)").first.wait_for()
    page.wait_for_timeout(3000)


def play(page: Page, epochs: int) -> float:
    """Seconds from Play until the last epoch is shown."""
    page.evaluate(WATCH)
    start = time.perf_counter()
    press(page, "Play")
    page.wait_for_function(SHOWN, arg=epochs)
    return time.perf_counter() - start


def again(page: Page, epochs: int) -> float:
    """Pictures per second of the run shown once more, with its residuals, at 1,000 epochs a second."""
    page.get_by_text("Residuals", exact=True).first.click()
    page.evaluate("document.querySelector('.tf-stage').parentElement.stage.playback.speed = '1000'")
    press(page, "Reset")
    page.wait_for_timeout(1000)
    page.evaluate(WATCH)
    press(page, "Play")
    page.wait_for_timeout(5000)
    return frames(page)[0]


def measure(rows: int, epochs: int) -> list[list[str]]:
    """The rows of the table."""
    with Server() as server, chromium() as page:
        open_lab(page, f"{server.url}/?epochs={epochs}&speed=max")
        use(page, rows)
        before, own = alone(rows, epochs)
        cpu = server.cpu()
        took = play(page, epochs)
        cpu = server.cpu() - cpu
        after, _ = alone(rows, epochs)
        rate, first, last = frames(page)
        ratio, lost = took / ((before + after) / 2), rebuilt(page)
        tenth, _ = alone(rows // 10, epochs)
        return [
            ["pictures per second, at Max while it trains", f"{rate:.0f}", "20"],
            ["ms of script per picture, first / last tenth", f"{first:.1f} / {last:.1f}", "1.2 times"],
            ["pictures per second, with residuals", f"{again(page, epochs):.0f}", "20"],
            ["plots rebuilt", f"{lost}", "0"],
            ["time at Max, of the run alone", f"{ratio:.2f} ({took:.1f} s)", "1.5"],
            ["computing time of the server, of the run alone", f"{cpu / own:.2f}", "1.2"],
            ["time of the run alone, of one on a tenth of the rows", f"{after / tenth:.1f}", "10"],
        ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--epochs", type=int, default=20_000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    head = f"{options.rows:,} readings, {options.epochs:,} epochs at Max"
    print(table([head, "measured", "to reach"], measure(options.rows, options.epochs)), flush=True)


if __name__ == "__main__":
    main()
