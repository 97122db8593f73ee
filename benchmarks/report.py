"""What the benchmarks share: fair timing of two contenders, and a plain table."""

import statistics
import time
from collections.abc import Callable, Sequence


def duel(ours: Callable[[], object], peer: Callable[[], object], repeats: int) -> tuple[float, float, float]:
    """Seconds of ours, seconds of the peer, and their ratio: medians over pairs run one after the other.

    Only this thread's computing time counts, so other work on the machine disturbs little. Pairs are timed so
    that both sides are disturbed alike.
    """
    pairs = [(seconds(ours), seconds(peer)) for _ in range(repeats)]
    a, b, ratios = zip(*((a, b, a / b) for a, b in pairs), strict=True)
    return statistics.median(a), statistics.median(b), statistics.median(ratios)


def seconds(work: Callable[[], object]) -> float:
    """Computing time of this thread for one call."""
    start = time.thread_time()
    work()
    return time.thread_time() - start


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with columns as wide as needed."""
    lines = [header, ["-" * len(cell) for cell in header], *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    return "\n".join(
        "| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines
    )
