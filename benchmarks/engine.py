"""How long `Run` takes to train and record 5,000 epochs, beside the textbook loop, which records nothing.

    python -m benchmarks.engine [--repeats 15]

Goals: at most 0.55 of the textbook loop's time in every row, 0.35 with mini-batches of 4, whose textbook loop
has a DataLoader, and the same digits. Times are those of an update; with mini-batches an epoch has several.
"""

import argparse
from collections.abc import Callable
from functools import partial

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR

from benchmarks import textbook
from benchmarks.report import duel, table
from thermofit import Config, Run

EPOCHS = 5000
WAVE = {"T_max": EPOCHS}
RIVALS = {
    "manual, by hand": (Config(gradient="manual", optimizer="by-hand", epochs=EPOCHS), textbook.manual),
    "autograd, by hand": (Config(optimizer="by-hand", epochs=EPOCHS), textbook.autograd),
    "autograd, SGD": (Config(optimizer="SGD", epochs=EPOCHS), textbook.optimizer),
    "autograd, Adam": (Config(optimizer="Adam", epochs=EPOCHS), textbook.optimizer),
    "SGD, batches of 4": (Config(batch=4, epochs=EPOCHS // 3), textbook.batches),
    "SGD, cosine schedule": (
        Config(schedule="CosineAnnealingLR", schedule_hyper=WAVE, epochs=EPOCHS),
        textbook.schedule(partial(CosineAnnealingLR, T_max=EPOCHS)),
    ),
}


def measure(name: str, repeats: int) -> list[str]:
    """One line of the table."""
    config, peer = RIVALS[name]
    prepared = Run(config)
    ours, theirs, ratio = duel(
        lambda: Run(config).advance(epochs=config.epochs), lambda: peer(prepared), repeats=repeats
    )
    off = difference(config.replace(epochs=200), peer)  # in mid-run, while the digits still change
    each = 1e6 / config.updates
    return [name, f"{ours * each:.1f}", f"{theirs * each:.1f}", f"{ratio:.2f}", f"{off:.0e}"]


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
    print(table(["run", "thermofit µs/update", "textbook µs/update", "ratio", "largest difference"], rows))


if __name__ == "__main__":
    main()
