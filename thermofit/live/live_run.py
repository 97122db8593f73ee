"""The only owner of runs: one per browser session, trained just as far ahead as the browser can use.

The browser plays rows that it was sent and asks for more (`Question`); a `LiveRun` run answers with
recorded epochs. Questions may be lost, repeated or late: an answer depends on what the question says
that the browser has, never on what was sent before.
"""

import itertools
import math
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from torch import Tensor

from thermofit import Config, Run, Status
from thermofit.live import setting_change
from thermofit.live.outcome import ending
from thermofit.live.protocol import Question
from thermofit.live.row_blocks import Block, blocks
from thermofit.live.shared_runs import shared
from thermofit.live.trainer import TRAINER
from thermofit.training.branch import branch
from thermofit.training.history import COLUMNS

LEAD = 2.0  # seconds of playing that the server trains ahead of the epoch shown, at most
FEW = 4  # epochs ahead at the slowest speed, so that Step answers at once
NOBODY = "-"  # the parent of a run that began at epoch 0

_ids = itertools.count(1)


@dataclass
class LiveRun:
    """A run and what the browser was told of it."""

    config: Config
    run: Run = field(init=False)
    id: str = field(init=False)
    parent: str = NOBODY  # the run that this one went on from, at epoch `base`
    base: int = 0
    kept: int = 0  # the newest epoch whose rows the browser may keep of it
    unit_conversion: Mapping[str, Mapping[str, float] | None] = field(default_factory=dict)
    note: str = ""  # said with each answer until the browser knows the run
    play: bool = False  # the link asked to start at once
    changes: tuple[tuple[int, str], ...] = ()  # what was changed on the way, and from which epoch on
    pending: tuple[int, Config] | None = None  # waits for the browser to say which epoch it shows
    shown: int = 0
    have: int = -1
    sent_to: int = -1  # the newest epoch that was sent
    asked: bool = False  # whether a browser shows the run
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def __post_init__(self) -> None:
        self.restart(self.config)

    def restart(self, config: Config, note: str = "") -> None:
        """A new run from epoch 0."""
        with self.lock:
            self.config, self.run, self.id = config, shared(config), f"run-{next(_ids)}"
            self.parent, self.base, self.shown, self.have, self.sent_to = NOBODY, 0, 0, -1, -1
            self.asked = False
            self.note, self.changes, self.pending = note, (), None
            self.kept, self.unit_conversion = 0, {}

    def autoplay(self) -> None:
        """Have the browser press Play as soon as it shows this run."""
        self.play = True

    # ---- settings change ----

    def configure(self, config: Config, go_on: bool = False, anew: bool = False) -> None:
        """Follow the controls: a change starts a new run, or the run goes on with it from the epoch shown.

        With a new learning rate alone it goes on whether or not `go_on` asks for it, but not from where it
        exploded. `anew` is a new run in any case.
        """
        with self.lock:
            if config == (self.pending[1] if self.pending else self.config):
                return
            self.pending = None
            if config == self.config:  # the change was taken back before it was made
                return
            begun = self.sent_to > FEW or self.shown > 0  # which epoch is shown, only the browser knows
            mends = setting_change.only_rate(self.config, config) and not self._exploded
            if (begun or self.asked) and not anew and (go_on or mends):
                self.pending = (next(_ids), config)
            else:
                self.restart(config, setting_change.restart_note(self.config, config) if begun else "")

    def _change(self, at: int) -> None:
        """Go on from epoch `at` with the settings that wait, or start a new run where that can't be."""
        assert self.pending is not None
        old, config, shown = self.config, self.pending[1], min(max(at, 0), self.run.epoch)
        at = setting_change.last_sane(self.run, shown)
        obstacle = setting_change.obstacle(old, config, at)
        if at == 0 and shown > 0:
            obstacle = obstacle or "the line exploded from the first epoch on"
        if at == 0 or obstacle:
            begun = shown > 0 or self.sent_to > FEW
            return self.restart(config, setting_change.restart_note(old, config, obstacle) if begun else "")
        before = setting_change.followed(self.run, at)
        try:
            with TRAINER.exclusive():  # the run that it parts from may be others', too, and moving
                self._take_up(branch(self.run, at, config), at)
        except ValueError as error:
            return self.restart(config, setting_change.restart_note(old, config, str(error)))
        self.changes = tuple(change for change in self.changes if change[0] <= at)
        if before != config:
            self.changes += ((at, setting_change.label(before, config).lower()),)
        exploded = setting_change.after_explosion(shown) if at < shown else ""
        self.note = exploded + setting_change.continue_note(before, config, at)
        return None

    def _take_up(self, run: Run, at: int) -> None:
        """Show `run`, which parts from the present one at epoch `at`."""
        self.unit_conversion = setting_change.reading(self.run, run)
        self.kept = -1 if self.unit_conversion else at
        self.parent, self.id, self.base = self.id, f"run-{next(_ids)}", at
        self.run, self.config, self.pending = run, run.config, None

    # ---- questions and answers ----

    def hear(self, question: Question | None) -> None:
        """Take over what the browser says it shows, before settings change."""
        with self.lock:
            if question:
                self._follow(question)

    def handle(self, question: Question | None) -> None:
        """Do what the question asks, and have the run trained as far as it needs.

        The lock is not held while training, so that a control that is changed meanwhile is answered at once.
        """
        with self.lock:
            if question:
                self._follow(question)
            run, wanted = self.run, self._wanted(question)
            have = self._had(question)
        if wanted is None:
            TRAINER.train_ahead(run, have)
        else:
            TRAINER.train_to(run, wanted)

    def respond(self, question: Question | None) -> list[Block]:
        """The recorded epochs to send; for whoever holds the lock."""
        self.have, wanted, newest = self._had(question), self._wanted(question), self.run.epoch
        if wanted is not None:  # others who share the run may have it trained much further
            newest = min(newest, max(self.have, self.shown, wanted))
        self.sent_to = max(self.have, newest)
        near = min(max(question.at, 0), newest) if question and question.near else None
        return blocks(self.have, newest, self.config.epochs, near)

    def _follow(self, question: Question) -> None:
        """Take over what the question tells, and do what it asks for besides rows."""
        if question.run == self.id:
            self.play, self.note, self.asked = False, "", True  # they have been told
            self.shown = min(max(question.at, 0), self.run.epoch)
        if question.restart and question.run == self.id:  # asked again, it has been done
            self.restart(self.config)
        elif self.pending and self._says_where(question):
            self._change(question.at)

    def _says_where(self, question: Question) -> bool:
        """Whether the question tells at which epoch the settings that wait are to change."""
        assert self.pending is not None
        held = question.held and question.run == self.id
        return held or question.change == self.pending[0]

    def _wanted(self, question: Question | None) -> int | None:
        """The epoch to train to; None at Max."""
        if question is None:
            return self.shown + FEW
        if question.want == "max":
            return None
        speed = float(question.speed) if question.speed.isdigit() else 1.0
        furthest = self.shown + max(FEW, math.ceil(LEAD * speed))
        return min(self.shown + FEW if question.still else int(question.want), furthest)

    def _had(self, question: Question | None) -> int:
        """The newest epoch of this run that the browser has."""
        if question is None:
            return self.have
        known = {self.id: self.run.epoch, self.parent: self.kept}.get(question.run, -1)
        return max(-1, min(question.have, known))

    def rows(self, block: Block, columns: Sequence[str]) -> Tensor:
        """The epochs of a block, shape (count, columns), all measured by the run's present loss and split."""
        rows = self.run.history.rows(block.start, block.stop, block.stride, COLUMNS)
        before = (setting_change.measured_anew(self.run) - block.start) // block.stride + 1
        if before > 0:
            earlier = self.run.evaluated(rows[:before])
            earlier[earlier.isinf()] = math.nan  # such a loss leaves float32: there is nothing to draw
        return rows[:, [COLUMNS.index(name) for name in columns]]

    @property
    def _exploded(self) -> bool:
        """Whether the browser shows where the run diverged."""
        return self.run.status is Status.DIVERGED and self.shown >= self.run.epoch

    @property
    def mistakes(self) -> list[str]:
        """What was done wrong on purpose, on the way so far, and what is about to be."""
        configs = [segment.config for segment in self.run.past] + [self.run.config]
        return [config.mistake for config in configs + ([self.pending[1]] if self.pending else [])]

    @property
    def ended(self) -> bool:
        return self.run.ended

    def end(self) -> dict[str, Any] | None:
        """How the run ended, in words; None while it goes on."""
        if not self.ended:
            return None
        kind, text = ending(self.run)
        return {"epoch": self.run.epoch, "kind": kind, "text": text}


# ---- session state ----
