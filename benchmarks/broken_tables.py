"""What large and broken tables cost the server: time, memory while they are read, and memory that is left.

    python -m benchmarks.broken_tables [--many 1000]

Goals: a plain message for each; memory back within 20 MB; 10,000 good rows in half a second. The peer is
`pandas.read_csv`, for files that it can read; it takes any number of rows, and names none that is bad. Needs
Linux (/proc).
"""

import argparse
import gc
import io
import resource
import time
import tracemalloc
from pathlib import Path

from benchmarks.broken_files import LARGE, broken
from benchmarks.report import table
from thermofit.data.table import read_table, rows
from thermofit.errors import ConfigError
from thermofit.numbers import count

PEER = ("100 MB of rows", "5 MB of short rows", "10,000 good rows", "20,000 bad rows")


def answer(content: bytes) -> str:
    """What a person is told of this file."""
    try:
        found = rows(read_table(content))
    except ConfigError as error:
        return error.problems[0].reason
    good, bad = count(len(found)), count(found.refused_count)
    return f"{good} good rows, {bad} refused"


def resident() -> float:
    """MB of memory that the process holds, after everything that is free was given back."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def peak(content: bytes) -> float:
    """MB that reading takes at most, beside the content itself."""
    tracemalloc.start()
    answer(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


def peer(content: bytes) -> str:
    """Seconds that pandas takes for the same bytes, or what it raises."""
    import pandas as pd

    start = time.perf_counter()
    try:
        pd.read_csv(io.BytesIO(content), header=None)
    except Exception as error:  # whatever it is, it is the peer's answer
        return type(error).__name__
    return f"{time.perf_counter() - start:.2f}"


def large(name: str) -> tuple[list[str], float]:
    """One line of the table, and the MB that are left."""
    content = LARGE[name]()
    before, start = resident(), time.perf_counter()
    told = answer(content)
    spent = time.perf_counter() - start
    left = resident() - before
    theirs = peer(content) if name in PEER else ""
    size, most = len(content) / 1e6, peak(content)
    return [name, f"{size:.1f}", told, f"{spent:.2f}", f"{most:.0f}", f"{left:+.1f}", theirs], left


def many(number: int) -> str:
    """The small ones in a row: time, kinds of answers, and memory that is left."""
    tables = [broken(seed) for seed in range(number)]
    answers = [answer(content) for content in tables[:50]]  # the first ones load code
    before, start = resident(), time.perf_counter()
    answers = [answer(content) for content in tables]
    spent, left = time.perf_counter() - start, resident() - before
    good = sum("good rows" in each for each in answers)
    told = len(set(answers))
    return (
        f"{number} broken tables: {spent:.2f} s, {good} read, {told} different answers, {left:+.1f} MB left"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--many", type=int, default=1_000)
    print(many(parser.parse_args().many), "\n")
    lines, left = zip(*(large(name) for name in LARGE), strict=True)
    print(table(["file", "MB", "answer", "s", "MB at most", "MB left", "pandas s"], lines))
    print(f"\nLeft by all of them: {sum(left):+.1f} MB")


if __name__ == "__main__":
    main()
