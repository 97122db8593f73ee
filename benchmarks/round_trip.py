"""The round trip of one step: a question for the next epoch and its answer, with an idle server.

    python -m benchmarks.round_trip [--steps 300]

Goal: by the stage's own socket at most 5 ms (median).
"""

import argparse
import asyncio
import statistics
import time

from benchmarks.report import table
from benchmarks.server import Server
from benchmarks.student import Student


async def steps(server: Server, way: str, count: int) -> list[float]:
    """Milliseconds of so many round trips, each of which has one epoch trained."""
    trips = []
    async with Student(server.url, way, epochs=count + 100, speed="1") as student:
        await student.ask(target_epoch=student.last + 1)  # the page may still be being drawn
        for _ in range(count):
            start, newest = time.perf_counter(), student.last
            await student.ask(target_epoch=newest + 1)
            trips.append(1000 * (time.perf_counter() - start))
            if student.last != newest + 1:
                raise RuntimeError(f"epoch {newest + 1} did not come")
    return trips


def row(way: str, trips: list[float]) -> list[str]:
    return [way, f"{statistics.median(trips):.1f}", f"{statistics.quantiles(trips, n=20)[-1]:.1f}"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=300)
    count = parser.parse_args().steps
    with Server() as server:
        asyncio.run(steps(server, "page", 3))  # the first visitor of a server loads code
        rows = [row(way, asyncio.run(steps(server, way, count))) for way in ("lane", "page")]
    print(table(["rows by", "median ms", "95 of 100 within ms"], rows))


if __name__ == "__main__":
    main()
