"""Who computes next when many train at once: one at a time, and each the more briefly the more they are."""

import threading
import time
from collections.abc import Hashable

SLICE = 0.2  # seconds of computing per question at Max, when few ask: long beside the cost of an answer
SHORTEST = 0.005  # below this a question costs more than the training that it asks for
ROUND = 0.5  # seconds of computing until everybody in a class has had a turn
RECENT = 3.0  # seconds after which somebody who has not asked again is not counted


class Gate:
    """`with gate: …` waits for the turn; threads that wait do not hold the interpreter.

    So with sixty runs each slice is computing rather than waiting (measured: benchmarks/classroom.py).
    """

    def __init__(self) -> None:
        self._turn = threading.BoundedSemaphore(1)
        self._seen: dict[Hashable, float] = {}

    def __enter__(self) -> None:
        self._turn.acquire()

    def __exit__(self, *_: object) -> None:
        self._turn.release()

    def share(self, who: Hashable) -> float:
        """Seconds of computing that `who` may take now; to be asked by whoever has the turn."""
        now = time.monotonic()
        self._seen = {name: seen for name, seen in self._seen.items() if now - seen < RECENT}
        self._seen[who] = now
        return max(SHORTEST, min(SLICE, ROUND / len(self._seen)))
