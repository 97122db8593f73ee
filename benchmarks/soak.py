"""The server's memory over many visitors, one after the other, each with a set-up of their own.

    python -m benchmarks.soak [--sessions 1000]

Nothing is shared between two sessions: they differ in split, start, rate, optimizer, scaling and loss. One in
five opens the landscape, with its surface of the loss; one in four trains a few thousand epochs at Max. Each
leaves before the next comes, and is forgotten after a second.

Goal: a plateau. The last half of the sessions adds at most 10 MB to the resident memory of the server.
"""

import argparse
import asyncio
import itertools
from collections.abc import Iterator
from typing import Any

from benchmarks.report import table
from benchmarks.server import Server
from benchmarks.student import Student
from thermofit.data.scaling import SCALINGS
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS

MARKS = (0, 50, 100, 200, 300, 500, 1000)  # sessions after which the memory is read
TRAINED = 3000  # epochs of a visitor who trains
GOAL = 10.0  # MB that the last half may add
EXPIRE = 1  # seconds after which the server forgets visitors who have left (its default: 120)


def visits() -> Iterator[tuple[str, bool, dict[str, Any]]]:
    """Page, whether the run is trained to its end, and settings of one visitor after the other."""
    names = itertools.product(sorted(LOSSES), sorted(SCALINGS), sorted(OPTIMIZERS))
    for number, (loss, scaling, optimizer) in enumerate(itertools.cycle(names)):
        page = "landscape" if number % 5 == 2 else ""
        trained = number % 4 == 0
        epochs = number + (TRAINED if not OPTIMIZERS[optimizer].closure else TRAINED // 20)
        settings = {"optimizer": optimizer, "scaling": scaling, "loss": loss, "split_seed": number}
        settings |= {"gradient": "autograd", "lr": round(1e-4 * 1.01 ** (number % 400), 7)}
        settings |= {"epochs": epochs, "w0": round(0.5 + number % 97 / 100, 2)}
        yield page, trained, settings


async def visit(server: Server, page: str, trained: bool, settings: dict[str, Any]) -> int:
    """Open the page, train a little or to the end, and leave; returns how often an error was shown."""
    async with Student(server.url, page=page, speed="max" if trained else "100", **settings) as student:
        await student.ask(target_epoch=200)
        while trained and not student.done:
            await student.ask(target_epoch="max")
        return student.failures


async def soak(server: Server, sessions: int) -> tuple[list[tuple[int, float]], int]:
    """(sessions, MB) at the marks and after the first half and the last session, and the errors shown."""
    marks, errors, known = {*MARKS, sessions // 2, sessions}, 0, []
    for number, (page, trained, settings) in enumerate(visits()):
        if number in marks:
            await asyncio.sleep(EXPIRE + 0.5)
            known.append((number, server.memory()))
            print(f"{number} sessions: {known[-1][1]:.0f} MB", flush=True)
        if number == sessions:
            return known, errors
        errors += await visit(server, page, trained, settings)
    raise AssertionError("visitors never run out")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sessions", type=int, default=1000)
    sessions = parser.parse_args().sessions
    with Server(f"--server.disconnectedSessionTTL={EXPIRE}") as server:
        known, errors = asyncio.run(soak(server, sessions))
        errors += server.errors()
    print("\n" + table(["sessions", "MB"], [[str(number), f"{memory:.0f}"] for number, memory in known]))
    half = dict(known)[sessions // 2]
    print(f"\nThe last half added {known[-1][1] - half:+.1f} MB (to reach: {GOAL:g}); {errors} errors")


if __name__ == "__main__":
    main()
