"""Many runs on one playhead, trained in step: what a stage is shown of a race.

The track "run" is only the clock: its rows have epochs and no columns. Each runner is a track of its own,
whose rows end where it ended. It answers questions as a `LiveRun` does.
"""

import itertools
import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from thermofit import Config, Run, Status
from thermofit.experiments.arrival import Arrival
from thermofit.experiments.explosion import exploded_at
from thermofit.experiments.race import evaluations
from thermofit.live.companion import Companion
from thermofit.live.in_step import InStep
from thermofit.live.lead import NOBODY, dense_around, newest_to_send, wanted_epoch
from thermofit.live.protocol import LONGEST_NAME, Question
from thermofit.live.recorded import recorded
from thermofit.live.row_blocks import RUN, Block, blocks, clocked
from thermofit.live.setting_change import SettingChange
from thermofit.live.setup_id import setup_of
from thermofit.live.shared_runs import shared
from thermofit.live.trainer import TRAINER
from thermofit.words import trn

MOST = 16  # runners in one race
TAKEN = (RUN, "ghost")  # tracks of other meaning
_ids = itertools.count(1)


class LiveRace:
    """A race of the runs of `configs`, by track. ValueError for no runner, too many, or a name of no use."""

    # What only a run that changes on its way has: see LiveRun.
    parent, base, kept = NOBODY, 0, 0
    pending: SettingChange | None = None
    changes: tuple[tuple[int, str], ...] = ()

    def __init__(self, configs: Mapping[str, Config]) -> None:
        self.name, self.lock = secrets.token_hex(4), threading.RLock()
        self.companions: Mapping[str, Companion] = {}
        self.unit_conversion: Mapping[str, Mapping[str, float] | None] = {}
        self.play = False
        self._line_up(configs)

    def _line_up(self, configs: Mapping[str, Config], note: str = "") -> None:
        if not 0 < len(configs) <= MOST:
            raise ValueError(f"a race has 1 to {MOST} runners")
        if any(not 0 < len(track) <= LONGEST_NAME or track in TAKEN for track in configs):
            taken = " or ".join(TAKEN)
            raise ValueError(f"the name of a track has 1 to {LONGEST_NAME} characters and is not {taken}")
        self.configs = dict(configs)
        self.runners = InStep({track: shared(config) for track, config in configs.items()})
        self._arrivals = {track: Arrival(run) for track, run in self.runners.runs.items()}
        self._out: dict[str, int | None] = {}  # the epoch that each of those that have ended did not survive
        self.id = f"{self.name}-{next(_ids)}"
        self.note, self.shown, self.opens_at, self.have = note, 0, 0, -1

    def configure(self, configs: Mapping[str, Config], note: str = "") -> None:
        """Have these runners race; a new race from epoch 0 if they are not the present ones."""
        with self.lock:
            if list(configs.items()) != list(self.configs.items()):
                self._line_up(configs, note)

    def autoplay(self) -> None:
        """Have the browser press Play as soon as it shows this race."""
        self.play = True

    def open_at(self, epoch: int) -> None:
        """Have a browser that does not know this race begin at `epoch`, or at the end if that comes first."""
        self.opens_at = epoch

    @property
    def config(self) -> Config:
        """The settings of the runner with the most epochs: the clock's."""
        return self.runners.config

    @property
    def setup(self) -> str:
        """Equal for equal line-ups, in every session."""
        return setup_of(*self.configs.values())

    # ---- questions and answers ----

    def hear(self, question: Question | None) -> None:
        """Note what the browser shows."""
        with self.lock:
            if question and question.run == self.id:
                self.play, self.note, self.opens_at = False, "", 0  # the browser has them now
                self.shown = min(max(question.at, 0), self.runners.update)

    def handle(self, question: Question | None) -> None:
        """Train all runners as far as the question needs; the lock is released meanwhile."""
        self.hear(question)
        with self.lock:
            runners, have, wanted = self.runners, self._had(question), self._wanted(question)
        TRAINER.train(runners, have, wanted)

    def respond(self, question: Question | None) -> list[Block]:
        """The recorded epochs to send of the clock and of each runner; the caller holds the lock."""
        self.have = self._had(question)
        newest = newest_to_send(self.runners.update, self._wanted(question), self.have, self.shown)
        near = dense_around(question, newest)
        clock = blocks(self.have, newest, self.runners.updates, near)
        found = clocked([replace(block, columns=()) for block in clock], self.runners.clock)
        for track, run in self.runners.runs.items():
            upto = None if near is None else self._own(run, near)
            own = blocks(self._own(run, self.have), self._own(run, newest), self.runners.updates, upto)
            found += clocked([replace(block, track=track) for block in own], run.history.clock)
        return found

    def _own(self, run: Run, row: int) -> int:
        """The runner's own row at this row of all, or its newest; -1 before all."""
        return -1 if row < 0 else min(self.runners.own(run, row), run.update)

    def _wanted(self, question: Question | None) -> int | None:
        per_epoch = self.config.updates_per_epoch
        return wanted_epoch(question, self.shown, self.opens_at, per_epoch)

    def _had(self, question: Question | None) -> int:
        """The newest epoch of this race that the browser has."""
        if question is None:
            return self.have
        return max(-1, min(question.newest_row, self.runners.update)) if question.run == self.id else -1

    def rows(self, block: Block, columns: Sequence[str]) -> Tensor:
        """The epochs of a block, shape (count, columns)."""
        if block.track == RUN:
            return torch.empty(block.count, 0)
        return recorded(self.runners.runs[block.track], block, columns)

    def batches(self, row: int) -> None:
        """No picture of a race shows readings."""

    # ---- how it stands ----

    @property
    def ended(self) -> bool:
        """Whether every runner has ended."""
        return self.runners.ended

    def end(self) -> dict[str, Any] | None:
        """How the race ended, in words; None while somebody is still running."""
        if not self.ended:
            return None
        return {
            "epoch": self.runners.update,
            "kind": "good",
            "text": self._ending(),
        }

    def _out_at(self, track: str, run: Run) -> int | None:
        """The update that a runner which has ended did not survive; None if it did."""
        if track not in self._out:
            self._out[track] = run.update + 1 if run.status is Status.FAILED else exploded_at(run)
        return self._out[track]

    def _ending(self) -> str:
        runs = self.runners.runs
        exploded = sum(
            self._out_at(track, run) is not None and run.status is not Status.FAILED
            for track, run in runs.items()
        )
        runners = len(runs)
        if not exploded:
            return trn(
                "The race is over: all {n} runners have finished.",
                "The race is over: all {n} runners have finished.",
                runners,
                n=runners,
            )
        return trn(
            "The race is over: {n} of {runners} runners exploded.",
            "The race is over: {n} of {runners} runners exploded.",
            exploded,
            n=exploded,
            runners=runners,
        )

    def results(self) -> dict[str, dict[str, Any]]:
        """What is known of each runner so far, by track."""
        with self.lock:
            return {track: self._result(track, run) for track, run in self.runners.runs.items()}

    def _result(self, track: str, run: Run) -> dict[str, Any]:
        reached = self._arrivals[track].look()
        return {
            "reached_epoch": reached,
            "reached_evaluations": None if reached is None else evaluations(run, reached),
            "out_at": self._out_at(track, run) if run.ended else None,
            "ended_at": run.update if run.ended else None,
        }
