"""Who computes next: one thread trains all runs in slices, which get shorter as runs get more numerous.

A separate thread lets one slice train while the previous one is sent, so at Max a run goes on while its
answer travels. One thread only, because sixty threads in one interpreter would mostly wait for each other
(measured: benchmarks/classroom.py).
"""

import atexit
import logging
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

SLICE = 0.2  # seconds of computing at a time when few ask: long compared with the cost of an answer
SHORTEST = 0.005  # seconds; with less, an answer costs more than the training that it brings
ROUND = 0.45  # seconds of computing until everybody in a class has had a turn
RECENT = 3.0  # seconds after which a run that nobody asked for no longer counts
AHEAD = 2  # slices for which a run at Max goes on before it must be asked for again


class Trainable(Protocol):
    """A run, or several that are trained in step."""

    @property
    def updates(self) -> int:
        """Updates to be done in all."""

    @property
    def update(self) -> int:
        """Updates done so far."""

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to do."""

    def advance(self, *, updates: int | None = None, seconds: float | None = None) -> object:
        """Train so many updates, or so many seconds; whichever comes first."""


@dataclass(eq=False)
class Turn:
    """A run's next slice, up to `epoch` at most, which any number of threads may wait for."""

    run: Trainable
    epoch: int
    error: BaseException | None = None
    over: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> None:
        """Wait until the slice is over; raises whatever training raised."""
        self.over.wait()
        if self.error is not None:
            raise self.error


@dataclass(eq=False)
class Pause:
    """The turn of a caller that computes in its own thread."""

    begun: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)


class Trainer:
    """Trains runs in the order of the requests."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._queue: deque[Turn | Pause] = deque()
        self._ahead: dict[Trainable, int] = {}  # slices left for runs at Max
        self._now: Turn | Pause | None = None
        self._seen: dict[int, float] = {}
        self._thread: threading.Thread | None = None
        self._stopped = False

    # ---- requests, from any thread ----

    def train(self, run: Trainable, have: int, epoch: int | None) -> None:
        """`train_to` this epoch, or `train_ahead` of epoch `have` where it is None."""
        if epoch is None:
            self.train_ahead(run, have)
        else:
            self.train_to(run, epoch)

    def train_to(self, run: Trainable, epoch: int) -> None:
        """Return when `run` stands at `epoch`, or after one slice towards it."""
        if run.update < epoch and not run.ended:
            self._turn(run, epoch).wait()

    def train_ahead(self, run: Trainable, have: int) -> None:
        """Return after the first slice that goes beyond epoch `have`; the run then goes on for a while."""
        if run.ended:
            return
        with self._change:
            self._ahead[run] = AHEAD
            ready = run.update > max(have, 0) and not (isinstance(self._now, Turn) and self._now.run is run)
            self._wake()
        if not ready:
            self._turn(run, run.updates).wait()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """`with trainer.exclusive(): …` waits for its turn and runs while no run is trained."""
        pause = Pause()
        with self._change:
            self._queue.append(pause)
            self._wake()
        pause.begun.wait()
        try:
            yield
        finally:
            pause.over.set()

    def _turn(self, run: Trainable, epoch: int) -> Turn:
        """The slice of this run that is under way or queued; a new one if there is none."""
        with self._change:
            for turn in (self._now, *self._queue):
                if isinstance(turn, Turn) and turn.run is run:
                    turn.epoch = max(turn.epoch, epoch)
                    return turn
            turn = Turn(run, epoch)
            self._queue.append(turn)
            self._wake()
            return turn

    def _wake(self) -> None:
        """Have the thread look; the caller holds the condition."""
        self._change.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="trainer", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Return when the slice under way is over; no other is begun."""
        with self._change:
            self._stopped = True
            self._change.notify_all()
        if self._thread is not None:
            self._thread.join()

    def wait_idle(self) -> None:
        """Return when nothing is left to do."""
        with self._change:
            self._change.wait_for(lambda: not (self._queue or self._ahead or self._now))

    # ---- the thread ----

    def _work(self) -> None:
        while self._take(self._next()):
            pass

    def _take(self, turn: Turn | Pause | None) -> bool:
        """Serve this turn; False if there is none. A name for it in the loop would keep its run too long."""
        if turn is None:
            return False
        if isinstance(turn, Pause):
            turn.begun.set()
            turn.over.wait()
        else:
            self._train(turn)
        with self._change:
            self._now = None
            self._change.notify_all()
        turn.over.set()
        return True

    def _next(self) -> Turn | Pause | None:
        """The turn that has waited longest, or else another slice of a run at Max; waits for one.

        None when the trainer was stopped.
        """
        with self._change:
            self._change.wait_for(lambda: self._queue or self._ahead or self._stopped)
            if self._stopped:
                return None
            self._now = self._queue.popleft() if self._queue else self._another()
            return self._now

    def _another(self) -> Turn:
        run = next(iter(self._ahead))
        left = self._ahead.pop(run) - 1
        if left > 0:
            self._ahead[run] = left  # behind the others
        return Turn(run, run.updates)

    def _train(self, turn: Turn) -> None:
        run = turn.run
        try:
            run.advance(updates=max(0, turn.epoch - run.update), seconds=self.time_slice(run))
        except BaseException as error:  # raised again in the thread that waits
            turn.error = error
            logging.getLogger(__name__).exception("a run could not be trained")
        if run.ended or turn.error:
            with self._change:
                self._ahead.pop(run, None)

    def time_slice(self, run: Trainable) -> float:
        """Seconds of computing that `run` may take now: fewer if more runs were trained lately."""
        now = time.monotonic()
        self._seen = {name: seen for name, seen in self._seen.items() if now - seen < RECENT}
        self._seen[id(run)] = now
        return max(SHORTEST, min(SLICE, ROUND / len(self._seen)))


TRAINER = Trainer()  # one for all sessions

# A thread that Python ends in the middle of a tensor operation takes the whole process down with an error.
atexit.register(TRAINER.stop)
