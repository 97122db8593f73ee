"""The range test of plain gradient descent as one batch, beside the same rates one after the other.

    python -m benchmarks.rate_range [--repeats 5]

Goals: at least 20 times as fast as the runs in sequence in every row, with the same losses. The second peer
is the bare training loop, which records nothing and does not notice that a run has exploded.
"""

import argparse

import torch

from benchmarks.report import duel, table
from thermofit import Config, Run
from thermofit.experiments.lr_range import Trial, log_rates, measure
from thermofit.training.run import Status

EPOCHS = 500
CONFIGS = {
    "manual, times 0.1": Config(gradient="manual", optimizer="by-hand"),
    "autograd, times 0.1": Config(optimizer="SGD"),
    "manual, raw": Config(gradient="manual", optimizer="by-hand", scaling="none"),
    "manual, Huber": Config(gradient="manual", optimizer="by-hand", loss="huber"),
}


def runs(config: Config) -> list[Trial]:
    """A Run for each rate, as one would do it without the range test."""
    trials = []
    for lr in log_rates():
        run = Run(config.replace(lr=lr, epochs=EPOCHS))
        diverged = run.advance(epochs=EPOCHS) is Status.DIVERGED
        trials.append(Trial(lr, None if diverged else run.history.row(EPOCHS)["train_loss"]))
    return trials


def bare_loops(config: Config) -> None:
    """The loop alone for each rate."""
    for lr in log_rates():
        Run(config.replace(lr=lr)).loop.skip(EPOCHS)


def difference(config: Config) -> str:
    """The largest relative difference of a loss, or which outcomes differ."""
    pairs = list(zip(measure(config, epochs=EPOCHS), runs(config), strict=True))
    if any((ours.loss is None) != (peer.loss is None) for ours, peer in pairs):
        return "outcomes differ"
    both = [(a.loss, b.loss) for a, b in pairs if a.loss is not None and b.loss is not None]
    return f"{max(abs(a - b) / b for a, b in both):.0e}"


def measured(name: str, repeats: int) -> list[str]:
    """One line of the table."""
    config = CONFIGS[name]
    ours, peer, ratio = duel(lambda: measure(config, epochs=EPOCHS), lambda: runs(config), repeats)
    *_, bare = duel(lambda: measure(config, epochs=EPOCHS), lambda: bare_loops(config), repeats)
    times = f"{ours * 1e3:.1f}", f"{peer * 1e3:.0f}"
    return [name, *times, f"{1 / ratio:.0f}×", f"{1 / bare:.0f}×", difference(config)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    torch.set_num_threads(1)
    for config in CONFIGS.values():
        measure(config, epochs=10), bare_loops(config)  # the first calls load code
    rows = [measured(name, repeats) for name in CONFIGS]
    header = ["60 rates", "batch ms", "runs ms", "faster than runs", "than bare loops", "largest difference"]
    print(table(header, rows))


if __name__ == "__main__":
    main()
