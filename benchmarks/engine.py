"""How long `Run` takes to train and record 5,000 epochs, beside the textbook loop, which records nothing.

    python -m benchmarks.engine [--repeats 15]

Goals: at most 0.55 of the textbook loop's time in every row, and the same digits.
"""

import argparse
from collections.abc import Callable

import torch

from benchmarks import textbook
from benchmarks.report import duel, table
from thermofit import Config, Run

EPOCHS = 5000
RIVALS = {
    "manual, by hand": (Config(gradient="manual", optimizer="by-hand", epochs=EPOCHS), textbook.manual),
    "autograd, by hand": (Config(optimizer="by-hand", epochs=EPOCHS), textbook.autograd),
    "autograd, SGD": (Config(optimizer="SGD", epochs=EPOCHS), textbook.optimizer),
    "autograd, Adam": (Config(optimizer="Adam", epochs=EPOCHS), textbook.optimizer),
}


def measure(name: str, repeats: int) -> list[str]:
    """One line of the table."""
    config, peer = RIVALS[name]
    prepared = Run(config)
    ours, theirs, ratio = duel(
        lambda: Run(config).advance(epochs=EPOCHS), lambda: peer(prepared), repeats=repeats
    )
    off = difference(config.replace(epochs=200), peer)  # in mid-run, while the digits still change
    per_epoch = 1e6 / EPOCHS
    return [name, f"{ours * per_epoch:.1f}", f"{theirs * per_epoch:.1f}", f"{ratio:.2f}", f"{off:.0e}"]


def difference(config: Config, peer: Callable[[Run], torch.Tensor]) -> float:
    """The largest difference of a parameter between the two, after all epochs of the config."""
    run = Run(config)
    theirs = peer(run)
    run.advance(epochs=config.epochs)
    return (run.loop.params.detach() - theirs).abs().max().item()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=15)
    repeats = parser.parse_args().repeats
    torch.set_num_threads(1)
    for name in RIVALS:
        measure(name, repeats=1)  # the first calls load code
    rows = [measure(name, repeats) for name in RIVALS]
    print(table(["run", "thermofit µs/epoch", "textbook µs/epoch", "ratio", "largest difference"], rows))


if __name__ == "__main__":
    main()
