"""Records what theory says of readings in fit_examples.json, to which the stage's JavaScript is held as well.

After a new data set, scaling or loss: `python -m tests.theory.record_fits`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from thermofit.data.edit import MOST_POINTS, values
from thermofit.data.registry import DATASETS
from thermofit.data.scaling import SCALINGS
from thermofit.model.losses import LOSSES
from thermofit.theory.forecast import forecast

EXAMPLES = Path(__file__).with_name("fit_examples.json")

Columns = tuple[list[float], list[float]]


def rows() -> Iterator[tuple[str, Columns]]:
    """Every data set whose points can be edited, with all digits, and readings that determine no line."""
    for name, dataset in DATASETS.items():
        if len(dataset) <= MOST_POINTS:
            yield name, (values(dataset.exact_u), values(dataset.exact_c))
    yield "two readings", ([1.0, 3.0], [-2.0, 5.0])
    yield "all inputs equal", ([2.5, 2.5, 2.5], [1.0, 2.0, 6.0])
    yield "all targets equal", ([1.0, 2.0, 6.0], [2.5, 2.5, 2.5])
    yield "far from 0", ([1e5 + 1, 1e5 + 2, 1e5 + 4], [1.0, 2.0, 3.5])


def numbers(columns: Columns, scaling: str, loss: str) -> list[float | None]:
    """[slope, intercept, R², condition number, largest stable rate], None where there is none."""
    t_u, t_c = (torch.tensor(column, dtype=torch.float64) for column in columns)
    known = forecast(t_u, t_c, loss, 0.01, (0.0, 0.0))
    scaled = SCALINGS[scaling].fit(t_u).apply(t_u)
    bowl = forecast(scaled, t_c, loss, 0.01, (0.0, 0.0)).curvature
    last = [bowl.condition, bowl.largest_rate] if bowl else [None, None]
    return [*known.fit.params, known.fit.r2, *last]


def examples() -> dict[str, Any]:
    """Readings by name, and for each scaling and loss the numbers of each of them."""
    given = dict(rows())
    return {
        "rows": {name: {"inputs": t, "targets": t_c} for name, (t, t_c) in given.items()},
        "numbers": {
            scaling: {
                loss: {name: numbers(columns, scaling, loss) for name, columns in given.items()}
                for loss in LOSSES
            }
            for scaling in SCALINGS
        },
    }


if __name__ == "__main__":
    EXAMPLES.write_text(json.dumps(examples()).replace('}, "', '},\n "') + "\n")
