"""One reading moved, added or taken away: the same data set with that change, as somebody's own."""

from dataclasses import dataclass
from typing import Literal

from torch import Tensor

from thermofit.data.dataset import LARGEST_READING, Dataset
from thermofit.data.own import own_dataset
from thermofit.data.split import order_that_holds_out, split
from thermofit.data.table.limits import FEWEST_ROWS
from thermofit.data.written import shortest
from thermofit.errors import ConfigError, Problem, spell
from thermofit.words import tr, trn

MOST_POINTS = 200  # with more, points that can be taken one by one would hide each other

Kind = Literal["move", "add", "remove"]


@dataclass(frozen=True)
class Edit:
    """What becomes of one reading. `row` counts from 0; for an added one it means nothing."""

    kind: Kind
    row: int = 0
    x: float = 0.0
    y: float = 0.0


def edited(dataset: Dataset, edit: Edit, share: float = 0.0, seed: int = 0) -> Dataset:
    """The readings with this change; ConfigError if it can't be made.

    All other readings keep every digit. Two readings must be left, and 200 are the most that can be reached
    by adding them one by one. One more or fewer would be split otherwise by the same seed: some readings
    change their place, so that the same ones are held out, and an added one trains, as far as the share
    allows it.

    What comes of a set of the gallery is called in the language of whoever changed it.
    """
    _check(dataset, edit)
    inputs, targets = values(dataset.exact_u), values(dataset.exact_c)
    if edit.kind == "remove":
        del inputs[edit.row], targets[edit.row]
    elif edit.kind == "add":
        inputs.append(edit.x)
        targets.append(edit.y)
    else:
        inputs[edit.row], targets[edit.row] = edit.x, edit.y
    order = _order(len(dataset), edit, share, seed)
    inputs, targets = ([column[row] for row in order] for column in (inputs, targets))
    own, name = dataset.is_own, dataset.shown(dataset.label)
    label = name if own else tr("{name}, changed", name=name)
    source = dataset.source if own else ""
    return own_dataset(inputs, targets, dataset.input_label, dataset.target_label, label, source)


def _order(count: int, edit: Edit, share: float, seed: int) -> list[int]:
    """In which order the rows are to stand after the edit."""
    held = split(count, share, seed).validation.tolist()
    if edit.kind == "remove":
        held = [row - (row > edit.row) for row in held if row != edit.row]
    after = count + {"add": 1, "remove": -1, "move": 0}[edit.kind]
    return order_that_holds_out(held, after, share, seed)


def values(exact: Tensor) -> list[float]:
    """A float64 column as numbers of as few digits as will do: 35.7 where it came from float32."""
    return [float(text) for text in shortest(exact)]


def rows(dataset: Dataset) -> list[tuple[float, float]]:
    """The readings as pairs of input and target."""
    return list(zip(values(dataset.exact_u), values(dataset.exact_c), strict=True))


def _check(dataset: Dataset, edit: Edit) -> None:
    count = len(dataset)
    if edit.kind != "add" and not 0 <= edit.row < count:
        number = edit.row + 1
        point, allowed = tr("point {number}", number=number), tr("1 to {count}", count=count)
        _refuse(point, tr("there is no such point"), allowed)
    if edit.kind == "remove" and count <= FEWEST_ROWS:
        allowed = tr("{least} or more", least=FEWEST_ROWS)
        _refuse(_readings(count - 1), tr("too few for a line"), allowed)
    if edit.kind == "add" and count >= MOST_POINTS:
        allowed = tr("up to {most}", most=MOST_POINTS)
        _refuse(_readings(count + 1), tr("too many to edit one by one"), allowed)
    # A NaN fails every comparison.
    if edit.kind != "remove" and not (abs(edit.x) <= LARGEST_READING and abs(edit.y) <= LARGEST_READING):
        allowed = tr("finite numbers of at most {most} in magnitude", most=spell(LARGEST_READING))
        _refuse(f"{edit.x:g}, {edit.y:g}", tr("out of range"), allowed)


def _readings(count: int) -> str:
    return trn("{n} reading", "{n} readings", count, n=count)


def _refuse(value: str, reason: str, allowed: str) -> None:
    raise ConfigError(Problem("readings", value, reason, allowed))
