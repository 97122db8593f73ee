"""What an epoch costs as runs get longer and data get larger.

    python -m benchmarks.growth [--quick]

Goals: epochs/s in the last decade at least 0.9 of the first; at most 40 MB for a million epochs; time per
epoch at most linear in the rows; fetching a window of rows to draw takes no longer at the end of a run.
"""

import argparse
import statistics
from collections.abc import Callable

import torch

from benchmarks.report import seconds, table
from thermofit import Config, Run
from thermofit.data.dataset import Dataset
from thermofit.training.history import COLUMNS

ENGINES = {
    "manual, by hand": Config(gradient="manual", optimizer="by-hand"),
    "autograd, SGD": Config(),
    "autograd, Adam": Config(optimizer="Adam"),
}
WINDOW = 1000  # epochs at each end of a decade whose speed is compared


def speed(run: Run, epochs: int) -> float:
    """Epochs per second of computing time over the next epochs."""
    return epochs / seconds(lambda: run.advance(epochs=epochs))


def growing(config: Config, decades: list[int]) -> list[list[str]]:
    """One long run, beside a fresh one that trains its first epochs at the same moment.

    The fresh one is the yardstick, because the speed of a shared machine varies.
    """
    run, rows = Run(config.replace(epochs=decades[-1])), []
    for decade in decades:
        run.advance(epochs=decade - WINDOW * 10 - run.epoch if decade > WINDOW * 10 else 0)
        pairs = []
        while run.epoch < decade:
            young = Run(config.replace(epochs=2 * WINDOW))
            young.advance(epochs=min(WINDOW, decade) // 2)
            pairs.append((speed(run, min(WINDOW, decade) // 2), speed(young, min(WINDOW, decade) // 2)))
        now = statistics.median(pair[0] for pair in pairs)
        ratio = statistics.median(old / fresh for old, fresh in pairs)
        drawing = statistics.median(seconds(lambda: window(run)) for _ in range(50))
        rows.append(
            [
                f"{decade:,}",
                f"{now:,.0f}",
                f"{ratio:.2f}",
                f"{run.history.rows(columns=COLUMNS).nbytes / 1e6:.2f}",
                f"{drawing * 1e6:.0f}",
            ]
        )
    return rows


def window(run: Run) -> torch.Tensor:
    """The rows of one chunk: the last 500 epochs."""
    return run.history.rows(run.epoch - 499)


def line(n: int) -> Dataset:
    """n noisy readings of a line, from a fixed seed."""
    generator = torch.Generator().manual_seed(0)
    t_u = 20 + 60 * torch.rand(n, generator=generator)
    return Dataset("line", t_u, 5 / 9 * (t_u - 32) + torch.randn(n, generator=generator))


def sizes(config: Config, counts: list[int], epochs: int) -> list[list[str]]:
    """Time per epoch for more and more rows."""
    rows = []
    for n in counts:
        run = Run(config.replace(epochs=100 * epochs), line(n))
        run.advance(epochs=epochs)
        per_epoch = statistics.median(1 / speed(run, epochs) for _ in range(9))
        rows.append([f"{n:,}", f"{per_epoch * 1e6:.1f}", f"{per_epoch / n * 1e9:.1f}"])
    return rows


def report(title: str, header: list[str], measure: Callable[[Config], list[list[str]]]) -> None:
    for name, config in ENGINES.items():
        print(f"\n{title}: {name}\n\n{table(header, measure(config))}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="stop at 100,000 epochs")
    decades = [1_000, 10_000, 100_000, 1_000_000][: 3 if parser.parse_args().quick else 4]
    torch.set_num_threads(1)
    report(
        "Epochs",
        ["epochs done", "epochs/s", "of a fresh run", "history MB", "µs per 500 rows"],
        lambda config: growing(config, decades),
    )
    report(
        "Rows",
        ["rows", "µs/epoch", "ns/epoch/row"],
        lambda config: sizes(config, [11, 1_000, 100_000], epochs=50),
    )


if __name__ == "__main__":
    main()
