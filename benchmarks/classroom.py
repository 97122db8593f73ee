"""A class: N students train 5,000 epochs each on one server, at Max and at 100 epochs per second.

    python -m benchmarks.classroom [--students 1 10 30 60] [--epochs 5000] [--speeds max 100]
                                   [--settings one own] [--ways lane page]

With "one" link for all, as a teacher hands it out, the class shares a run. With their "own" settings (here:
each student splits the rows differently) nothing is shared, which is the hard case.

Rows come by the stages' own sockets ("lane"), and, to compare, through the page ("page"), as where a host
lets no other socket through.

Goals on two cores with 60 students and the lane: all finish without an error. At Max a class with settings of
their own takes at most 1.4 times as long as the same runs without a server, one after the other; 95 of 100
gaps between two chunks last at most 0.6 s, with one set-up for all 0.3 s; memory grows by at most 3 MB per
student, and is back to within 30 MB when all have left. At 100 epochs/s no picture waits for rows, and the
server needs at most 0.55 of a core.
"""

import argparse
import asyncio
import itertools
import math
import random
import time
from dataclasses import dataclass, field

import torch

from benchmarks.report import table
from benchmarks.server import Server
from benchmarks.student import FEW, LEAD, Student
from thermofit import Config, Run

ARRIVE = 2.0  # seconds within which a class opens the page
SAMPLE = 10  # runs without a server, before and after, with which the class's time is compared
SEED = Config().split_seed
EXPIRE = 3  # seconds after which the server forgets visitors who have left (its default: 120)


@dataclass
class Report:
    """What one student experienced."""

    finished: bool
    failures: int
    opened: float  # seconds from connecting to the first rows
    gaps: list[float]  # seconds between two chunks, starting with Play
    waited: float  # seconds for which the picture stood still because rows were missing
    began: float
    ended: float


async def attend(server: Server, speed: str, way: str, barrier: asyncio.Barrier, **settings: int) -> Report:
    """Open the Lab, wait for the class, press Play, and stay until the run has ended and all are done."""
    await asyncio.sleep(ARRIVE * random.random())
    start = time.monotonic()
    async with Student(server.url, way, speed=speed, **settings) as student:
        opened = time.monotonic() - start
        await barrier.wait()
        began = time.monotonic()
        waited = await (train(student) if speed == "max" else play(student, float(speed)))
        ended = time.monotonic()
        times = [began, *(answer.at for answer in student.answers if answer.at > began)]
        gaps = [after - before for before, after in itertools.pairwise(times)]
        await barrier.wait()
        await barrier.wait()  # until the memory is read
        return Report(student.done, student.failures, opened, gaps, waited, began, ended)


async def train(student: Student) -> float:
    """As at Max: ask the next question as soon as the answer arrives."""
    while not student.done:
        await student.ask(target_epoch="max")
    return 0.0


@dataclass
class Playhead:
    """The epoch that a student sees, as the stage moves it: never beyond the newest row."""

    speed: float
    epoch: float = 0.0
    waited: float = 0.0  # seconds for which it stood still because rows were missing
    time: float = field(default_factory=time.monotonic)

    def advance(self, newest: int) -> None:
        """Move on to the present, with rows up to `newest` in hand."""
        before, self.time = self.time, time.monotonic()
        wished = self.epoch + (self.time - before) * self.speed
        if newest > FEW:  # nobody sees a wait for the very first rows
            self.waited += max(0.0, wished - newest) / self.speed
        self.epoch = min(wished, newest)


async def play(student: Student, speed: float) -> float:
    """As at a fixed speed: ask when few rows are left. Returns how long the picture waited."""
    lead, head = max(FEW, LEAD * speed), Playhead(speed)
    while not student.done:
        await asyncio.sleep(max(0.0, (student.last - head.epoch - lead / 3) / speed))
        newest = student.last
        head.advance(newest)
        await student.ask(target_epoch=math.ceil(head.epoch + lead), at=int(head.epoch))
        head.advance(newest)
    return head.waited


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def headless(epochs: int) -> float:
    """Seconds for one run without a server or pictures."""
    start = time.perf_counter()
    for _ in range(SAMPLE):
        Run(Config(epochs=epochs)).advance(epochs=epochs)
    return (time.perf_counter() - start) / SAMPLE


@dataclass
class Lesson:
    """What the server spent on a class."""

    reports: list[Report]
    cores: float  # computing time per second while the class played
    memory: float  # MB while all are there
    left: float  # MB when all have left and are forgotten


async def lesson(server: Server, students: int, epochs: int, speed: str, own: bool, way: str) -> Lesson:
    """One class, from the first visitor until the last one is forgotten."""
    barrier = asyncio.Barrier(students + 1)
    async with asyncio.TaskGroup() as group:  # one student who fails ends the lesson for all
        seeds = range(1, students + 1) if own else [SEED] * students
        visits = [attend(server, speed, way, barrier, epochs=epochs, split_seed=seed) for seed in seeds]
        tasks = [group.create_task(visit) for visit in visits]
        await barrier.wait()
        cpu, start = server.cpu(), time.monotonic()
        await barrier.wait()
        cores = (server.cpu() - cpu) / (time.monotonic() - start)
        memory = server.memory()
        await barrier.wait()
    await forget(server)
    return Lesson([task.result() for task in tasks], cores, memory, server.memory())


async def forget(server: Server) -> None:
    """Let sessions expire: the server looks for them when the next visitor leaves."""
    for _ in range(2):
        await asyncio.sleep(EXPIRE + 1)
        async with Student(server.url):
            pass
    await asyncio.sleep(1)


async def measure(students: int, epochs: int, speed: str, own: bool, way: str) -> list[str]:
    """One line of the table, measured on a separate server."""
    with Server(f"--server.disconnectedSessionTTL={EXPIRE}") as server:
        await lesson(server, 1, 200, "max", own, way)  # the first visitor of a server loads code
        start = server.memory()
        before = headless(epochs)
        result = await lesson(server, students, epochs, speed, own, way)
        alone = students * (before + headless(epochs)) / 2  # a busy machine may have changed meanwhile
        return [way, *line(result, server.errors(), alone, start)]


def line(result: Lesson, errors: int, alone: float, start: float) -> list[str]:
    reports = result.reports
    gaps = [gap for report in reports for gap in report.gaps]
    span = max(r.ended for r in reports) - min(r.began for r in reports)
    errors += sum(report.failures for report in reports)
    return [
        f"{len(reports)}",
        f"{sum(report.finished for report in reports)}",
        f"{errors}",
        f"{percentile([report.opened for report in reports], 0.95):.2f}",
        f"{percentile([report.gaps[0] for report in reports], 0.95):.2f}",
        f"{percentile(gaps, 0.5):.2f} / {percentile(gaps, 0.95):.2f} / {max(gaps):.2f}",
        f"{len(gaps) / span:.0f}",
        f"{span:.1f}",
        f"{span / alone:.2f}",
        f"{max(report.waited for report in reports):.2f}",
        f"{result.cores:.2f}",
        f"{(result.memory - start) / len(reports):.1f}",
        f"{result.left - start:+.0f}",
    ]


HEADER = [
    "rows by",
    "students",
    "finished",
    "errors",
    "opened p95 s",
    "first row p95 s",
    "gap p50 / p95 / max s",
]
HEADER += ["chunks/s", "class s", "× headless", "waited s", "server cores", "MB each", "MB left"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--students", type=int, nargs="+", default=[1, 10, 30, 60])
    parser.add_argument("--epochs", type=int, default=5000)
    parser.add_argument("--speeds", nargs="+", default=["max", "100"])
    parser.add_argument("--settings", nargs="+", default=["one", "own"], choices=["one", "own"])
    parser.add_argument("--ways", nargs="+", default=["lane", "page"], choices=["lane", "page"])
    options = parser.parse_args()
    torch.set_num_threads(1)
    for speed, settings in itertools.product(options.speeds, options.settings):
        rows = [
            asyncio.run(measure(students, options.epochs, speed, settings == "own", way))
            for students, way in itertools.product(options.students, options.ways)
        ]
        whose = "one set-up for all" if settings == "one" else "a set-up of their own for each"
        print(f"\nSpeed {speed}, {options.epochs:,} epochs, {whose}\n\n{table(HEADER, rows)}", flush=True)


if __name__ == "__main__":
    main()
