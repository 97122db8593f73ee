"""How far ahead of the picture the server trains, and up to where it sends."""

import math

from thermofit.live.protocol import Question

LEAD = 2.0  # seconds of playing that the server trains ahead of the epoch shown, at most
FEW = 4  # epochs ahead at the slowest speed, so that Step answers at once
NOBODY = "-"  # the parent of a run that started at epoch 0


def wanted_epoch(question: Question | None, shown: int, opens_at: int, per_epoch: int = 1) -> int | None:
    """The row to train to when `shown` is the row shown; None at Max.

    `opens_at` is the row that a newly opened stage shows. Speeds count epochs, of `per_epoch` rows each.
    """
    if question is None:
        return max(shown, opens_at) + FEW
    if question.target_epoch == "max":
        return None
    if question.seek:
        return int(question.target_epoch)
    speed = float(question.speed) if question.speed.isdigit() else 1.0
    furthest = shown + max(FEW, math.ceil(LEAD * speed * per_epoch))
    return min(shown + FEW if question.paused else int(question.target_epoch), furthest)


def newest_to_send(trained: int, wanted: int | None, have: int, shown: int) -> int:
    """The newest epoch to send of those `trained`: other sessions may have trained a shared run much further.

    `wanted` is as `wanted_epoch` tells it, `have` the newest epoch that the browser has.
    """
    return trained if wanted is None else min(trained, max(have, shown, wanted))


def dense_around(question: Question | None, newest: int) -> int | None:
    """The epoch around which rows are wanted without gaps, at most `newest`; None if they are not."""
    return min(max(question.at, 0), newest) if question and question.dense else None
