"""The figures printed in the literature, and whether our runs reproduce them.

A printed "epoch k" loss belongs to the parameters *before* update k, so it is row k - 1 of the history;
printed final parameters are those after the last update.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from thermofit.config.config import Config
from thermofit.config.presets import PRESETS
from thermofit.numbers import formatted
from thermofit.training.history import History
from thermofit.training.run import train
from thermofit.words import tr

LOSS_TOLERANCE, PARAMS_TOLERANCE = 1e-5, 1e-4  # relative
MARGIN = 0.51  # of the last printed digit: rounding hides up to half of it


@dataclass(frozen=True)
class PublishedValue:
    """One printed number: `digits` decimals of a history column at row `row` of the run of `config`.

    `run` is the label of a preset, in English.
    """

    run: str
    config: Config
    row: int
    column: str
    printed: float
    digits: int

    @property
    def tolerance(self) -> float:
        """The absolute difference allowed: the relative tolerance, or what rounding in print has hidden."""
        relative = PARAMS_TOLERANCE if self.column in ("w", "b") else LOSS_TOLERANCE
        return max(relative * abs(self.printed), MARGIN * 10.0**-self.digits)

    @property
    def what(self) -> str:
        """What was printed, in words."""
        if self.column in ("w", "b"):
            return tr("final {parameter}", parameter=self.column)
        if self.row == 0:
            return tr("loss at the start")
        epoch = self.row + 1
        if self.column == "train_loss":
            return tr("epoch {epoch}, training loss", epoch=epoch)
        return tr("epoch {epoch}, validation loss", epoch=epoch)

    @property
    def expected(self) -> str:
        """The value as printed."""
        return formatted(self.printed, f".{self.digits}f")


@dataclass(frozen=True)
class Outcome:
    """A printed figure beside ours."""

    figure: PublishedValue
    value: float

    @property
    def got(self) -> str:
        """Our value, with two digits more than are printed."""
        return formatted(self.value, f".{self.figure.digits + 2}f")

    @property
    def passed(self) -> bool:
        """Whether both are the same number, as far as it is printed."""
        return abs(self.value - self.figure.printed) <= self.figure.tolerance


def _losses(preset: str, column: str, digits: int, printed: dict[int, float]) -> Iterator[PublishedValue]:
    """Losses by printed epoch."""
    label, config = PRESETS[preset].label, PRESETS[preset].config
    for epoch, value in printed.items():
        yield PublishedValue(label, config, epoch - 1, column, value, digits)


def _params(preset: str, w: float, b: float) -> Iterator[PublishedValue]:
    """Final parameters, printed to four decimals."""
    label, config = PRESETS[preset].label, PRESETS[preset].config
    for column, value in (("w", w), ("b", b)):
        yield PublishedValue(label, config, config.epochs, column, value, 4)


def _figures() -> Iterator[PublishedValue]:
    raw, by_hand, auto, split = "raw-inputs", "scaled-by-hand", "scaled-autograd", "train-validation"
    yield PublishedValue(PRESETS[raw].label, PRESETS[raw].config, 0, "train_loss", 1763.8848, 4)
    yield from _losses(raw, "train_loss", 6, {97: 29.025410, 98: 29.024492, 99: 29.023582, 100: 29.022667})
    yield from _params(raw, 0.2327, -0.0438)
    yield from _losses(by_hand, "train_loss", 6, {5000: 2.927648})
    yield from _losses(
        auto, "train_loss", 6, {3500: 2.927830, 4000: 2.927679, 4500: 2.927652, 5000: 2.927647}
    )
    yield from _params(auto, 5.3671, -17.3012)
    yield from _losses(split, "train_loss", 4, {2000: 3.1950, 2500: 3.1878, 3000: 3.1869})
    yield from _losses(split, "val_loss", 4, {2000: 2.2072, 2500: 2.2028, 3000: 2.2012})


FIGURES = tuple(_figures())


def reproduce(figures: Sequence[PublishedValue] = FIGURES) -> Iterator[Outcome]:
    """Train every run that a figure needs, once, and compare."""
    trained = cache(train)
    for figure in figures:
        history: History = trained(figure.config)
        yield Outcome(figure, history.row(figure.row)[figure.column])
