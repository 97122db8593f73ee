"""All 55 splits of the default set-up (3,000 epochs) at once, beside the same 55 runs one after the other.

    python -m benchmarks.splits [--repeats 3]

Goals: at most 1/10 of the time of the runs in sequence in every row, with the same losses (1e-5).
"""

import argparse

import torch

from benchmarks.report import duel, table
from thermofit import Config, Run
from thermofit.experiments.split_luck import Outcome, measure

CONFIGS = {
    "default (autograd, SGD)": Config(),
    "manual, by hand": Config(gradient="manual", optimizer="by-hand"),
    "autograd, Adam": Config(optimizer="Adam"),
}


def runs(config: Config, outcomes: tuple[Outcome, ...]) -> list[dict[str, float]]:
    """The last row of a run for each of the splits, as one would train them without the batch."""
    rows = []
    for outcome in outcomes:
        run = Run(config.replace(split_seed=outcome.seed))
        run.advance(epochs=config.epochs)
        rows.append(run.history.row(run.epoch))
    return rows


def difference(outcomes: tuple[Outcome, ...], rows: list[dict[str, float]]) -> str:
    """The largest relative difference of a training or validation loss."""
    both = [(getattr(o, name), row[name]) for o, row in zip(outcomes, rows, strict=True) for name in LOSSES]
    return f"{max(abs(a - b) / b for a, b in both):.0e}"


LOSSES = ("train_loss", "val_loss")


def measured(name: str, repeats: int) -> list[str]:
    """One line of the table."""
    config = CONFIGS[name]
    outcomes = measure(config)
    rows: list[dict[str, float]] = []
    ours, peer, ratio = duel(
        lambda: measure(config), lambda: rows.__setitem__(slice(None), runs(config, outcomes)), repeats
    )
    times = f"{ours * 1e3:.0f}", f"{peer * 1e3:.0f}"
    return [name, *times, f"{ratio:.4f}", f"{1 / ratio:.0f}×", difference(outcomes, rows)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    torch.set_num_threads(1)
    measure(Config(epochs=10))  # the first calls load code
    rows = [measured(name, repeats) for name in CONFIGS]
    print(table(["55 splits", "batch ms", "runs ms", "ratio", "faster", "largest difference"], rows))


if __name__ == "__main__":
    main()
