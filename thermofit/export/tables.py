"""Numbers to take home: every epoch's row as a CSV, set-up and result as JSON.

The readings themselves as a CSV are `write_csv` of `thermofit.data`.
"""

import json
import math
from collections.abc import Iterator
from typing import Any

from torch import Tensor

from thermofit.data.dataset import Dataset
from thermofit.data.edit import values
from thermofit.data.written import digits, exact
from thermofit.training.history import BATCH, COLUMNS, History
from thermofit.training.run import Run


def history_csv(history: History, stride: int = 1) -> str:
    """Every epoch, or every `stride`-th one, as a row of a CSV: epoch, w, b, gradient, losses, evaluations.

    Numbers have the fewest digits that read back as the same float32 number; a validation loss that does not
    exist is an empty cell. With mini-batches there is a row per update, with its number and the loss over its
    batch. Lines end in \\r\\n (RFC 4180). There is no text in it but the header, which is
    ours. ValueError for a stride below 1.
    """
    import pandas as pd  # imported here because nothing else needs it and it is slow to load

    names = [*COLUMNS, BATCH] if history.has_batches else list(COLUMNS)
    frame = pd.DataFrame(history.rows(stride=stride, columns=names).numpy(), columns=names)
    frame.insert(0, "epoch", range(0, len(history), stride))
    if history.has_batches:
        frame.insert(0, "update", frame["epoch"])
        frame["epoch"] = history.epochs()[::stride].numpy()
    evaluations = history.rows(stride=stride, columns=("evaluations",))
    frame["evaluations"] = evaluations[:, 0].long().numpy()
    return str(frame.to_csv(index=False, lineterminator="\r\n"))


def run_json(run: Run) -> str:
    """Set-up, readings and result of a run as JSON, indented; what does not exist is null.

    `w` and `b` are in the scaled units in which the run was trained, `slope` and `intercept` in those of the
    readings. `settings` are the last ones; `changes` tells which ones held from which epoch to which. Rows of
    the split are numbered from 0 on, in the readings' order.
    """
    told = {
        "settings": run.config.model_dump() | {"data": run.dataset.name},
        "changes": list(_changes(run)),
        "readings": _readings(run.dataset),
        "split": {"train": run.split.train.tolist(), "validation": run.split.validation.tolist()},
        "scaling": {"factor": run.scale.factor, "offset": run.scale.offset},
        "result": _result(run),
    }
    return json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False)


def _changes(run: Run) -> Iterator[dict[str, Any]]:
    """From which epoch to which which settings and learning rate held; one part if nothing was changed."""
    segments = [*run.past, run.segment(run.update)]
    ends = [*(segment.first_epoch for segment in segments[1:]), run.update]
    for segment, end in zip(segments, ends, strict=True):
        start = segment.first_epoch
        for epochs, lr in segment.timeline.rates.spans(start, end):
            settings = segment.config.model_dump() | {"data": run.dataset.name, "lr": lr}
            yield {"from": start, "to": start + epochs, "settings": settings}
            start += epochs


def _readings(dataset: Dataset) -> dict[str, Any]:
    t_u, t_c = exact(dataset)
    return {
        "label": dataset.label,
        "source": dataset.source,
        "input": dataset.header[0],
        "target": dataset.header[1],
        "t_u": values(t_u),
        "t_c": values(t_c),
    }


def _numbers(column: Tensor) -> list[float]:
    return [float(text) for text in digits(column)]


def _result(run: Run) -> dict[str, Any]:
    row = run.history.rows(run.update, columns=COLUMNS)[0]
    numbers = zip(COLUMNS, _numbers(row), strict=True)
    slope, intercept = run.original()
    return {
        "status": str(run.status),
        "epoch": run.epoch,
        "update": run.update,
        "diverged_at": run.diverged_at,
        "error": run.error,
        **{name: value if math.isfinite(value) else None for name, value in numbers},
        "slope": slope,
        "intercept": intercept,
        "evaluations": int(run.history.rows(run.update, columns=("evaluations",))[0, 0]),
    }
