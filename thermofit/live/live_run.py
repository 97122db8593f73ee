"""The only owner of runs: one per browser session, trained just as far ahead as the browser can use.

The browser plays the rows that it has and asks for more (`Question`); a `LiveRun` answers with recorded
epochs. Questions may be lost, repeated or late. An answer therefore depends only on what the question says
the browser has, never on what was sent before.
"""

import itertools
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from torch import Tensor

from thermofit import Config, Run, Status
from thermofit.live import setting_change
from thermofit.live.companion import Companion
from thermofit.live.dealt import Dealt, dealt
from thermofit.live.lead import FEW, NOBODY, dense_around, newest_to_send, wanted_epoch
from thermofit.live.outcome import ending
from thermofit.live.protocol import Question
from thermofit.live.row_blocks import Block, blocks, clocked
from thermofit.live.setting_change import How, SettingChange
from thermofit.live.setup_id import setup_of
from thermofit.live.shared_runs import shared
from thermofit.live.told import told
from thermofit.live.trainer import TRAINER
from thermofit.training.branch import branch
from thermofit.words import together

_ids = itertools.count(1)


@dataclass
class LiveRun:
    """A run, and what the browser knows of it."""

    config: Config
    run: Run = field(init=False)
    # Tells the browser whether the session that it knows still answers; see stage/frontend/run_id.js
    name: str = field(init=False, default_factory=lambda: secrets.token_hex(4))
    id: str = field(init=False)
    parent: str = NOBODY  # the run that this one continues from epoch `base` on
    base: int = 0
    kept: int = 0  # the newest epoch of the parent whose rows the browser may keep
    unit_conversion: Mapping[str, Mapping[str, float] | None] = field(default_factory=dict)
    note: str = ""  # sent with each answer until the browser knows the run
    play: bool = False  # the link asked to start at once
    changes: tuple[tuple[int, str], ...] = ()  # (first epoch, label or SEVERAL) of each change during the run
    pending: SettingChange | None = None  # waits for the browser to say which epoch it shows
    shown: int = 0
    opens_at: int = 0  # the epoch that the browser is to show first; it may still have to be trained
    have: int = -1
    sent_to: int = -1  # the newest epoch that was sent
    asked: bool = False  # whether a browser shows the run
    companions: Mapping[str, Companion] = field(default_factory=dict)  # standing tracks, by name
    remedy: "Callable[[LiveRun], str]" = lambda _: ""  # what the stage offers after a bad end
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def __post_init__(self) -> None:
        self.restart(self.config)

    def restart(self, config: Config, note: str = "") -> None:
        """A new run from epoch 0."""
        with self.lock:
            self.config, self.run, self.id = config, shared(config), f"{self.name}-{next(_ids)}"
            self.parent, self.base, self.shown, self.have, self.sent_to = NOBODY, 0, 0, -1, -1
            self.asked, self.opens_at = False, 0
            self.note, self.changes, self.pending = note, (), None
            self.kept, self.unit_conversion = 0, {}

    def autoplay(self) -> None:
        """Have the browser press Play as soon as it shows this run."""
        self.play = True

    def open_at(self, epoch: int) -> None:
        """Have a browser that does not know this run begin at `epoch`, or at the end if that comes first."""
        self.opens_at = epoch

    # ---- settings change ----

    def configure(self, config: Config, how: How = How.USUAL) -> None:
        """Follow the controls: start a new run, or go on from the epoch shown with the new settings."""
        with self.lock:
            if config == (self.pending.new if self.pending else self.config):
                return
            self.pending = None
            if config == self.config:  # the change was undone before it took effect
                return
            started = self.sent_to > FEW or self.shown > 0  # only the browser knows which epoch is shown
            change = SettingChange(next(_ids), self.config, config, how)
            if (started or self.asked) and change.may_go_on(self._exploded_at(self.shown)):
                self.pending = change
            else:
                self.restart(config, setting_change.restart_note(self.config, config) if started else "")

    def _change(self, at: int) -> None:
        """Go on from epoch `at` with the pending settings, or start a new run if that is impossible."""
        assert self.pending is not None
        old, config, shown = self.pending.old, self.pending.new, min(max(at, 0), self.run.update)
        if not self.pending.may_go_on(self._exploded_at(shown)):
            return self.restart(config, setting_change.restart_note(old, config))
        at = setting_change.last_sane(self.run, shown)
        obstacle = setting_change.obstacle(old, config, self.run.history.clock.epoch(at))
        if at == 0 and shown > 0:
            obstacle = obstacle or setting_change.exploded_at_once()
        if at == 0 or obstacle:
            started = shown > 0 or self.sent_to > FEW
            note = obstacle or setting_change.restart_note(old, config)
            return self.restart(config, note if started else "")
        before = setting_change.settings_at(self.run, at)
        try:
            with TRAINER.exclusive():  # other sessions may share the run that it leaves, and be training it
                self._take_up(branch(self.run, at, config), at)
        except ValueError as error:
            return self.restart(config, setting_change.impossible(error))
        self.changes = tuple(change for change in self.changes if change[0] <= at)
        if before != config:
            self.changes += ((at, setting_change.label(before, config)),)
        clock = self.run.history.clock
        self.note = setting_change.continue_note(before, config, at, clock)
        if at < shown:
            self.note = together(setting_change.explosion_note(shown, clock), self.note)
        return None

    def _take_up(self, run: Run, at: int) -> None:
        """Show `run`, which branches off the present one at epoch `at`."""
        self.unit_conversion = setting_change.conversion(self.run, run)
        stays = (
            at if run.config.schedule == "none" else at - 1
        )  # the rate of the step from here is another one
        self.kept = -1 if self.unit_conversion else stays
        self.parent, self.id, self.base = self.id, f"{self.name}-{next(_ids)}", at
        self.run, self.config, self.pending = run, run.config, None

    # ---- questions and answers ----

    def hear(self, question: Question | None) -> None:
        """Note what the browser shows, before settings change."""
        with self.lock:
            if question:
                self._follow(question)

    def handle(self, question: Question | None) -> None:
        """Do what the question asks, and train the run as far as it needs.

        The lock is released while training, so that a control changed meanwhile is answered at once.
        """
        with self.lock:
            if question:
                self._follow(question)
            run, wanted = self.run, self._wanted(question)
            have = self._had(question)
        TRAINER.train(run, have, wanted)

    def respond(self, question: Question | None) -> list[Block]:
        """The recorded epochs to send; the caller holds the lock."""
        self.have = self._had(question)
        newest = newest_to_send(self.run.update, self._wanted(question), self.have, self.shown)
        self.sent_to = max(self.have, newest)
        found = blocks(self.have, newest, self.run.updates, dense_around(question, newest))
        return clocked(found, self.run.history.clock)

    def _follow(self, question: Question) -> None:
        """Note what the question says, and do what it asks for besides rows."""
        if question.run == self.id:
            self.play, self.note, self.opens_at, self.asked = False, "", 0, True  # the browser has them now
            self.shown = min(max(question.at, 0), self.run.update)
        if question.restart and question.run == self.id:  # a repeated question names the old run
            self.restart(self.config)
        elif self.pending and self._says_where(question):
            self._change(question.at)

    def _says_where(self, question: Question) -> bool:
        """Whether the question says at which epoch the pending settings take effect."""
        assert self.pending is not None
        held = question.held and question.run == self.id
        return held or question.change == self.pending.number

    def _wanted(self, question: Question | None) -> int | None:
        """The epoch to train to; None at Max."""
        return wanted_epoch(question, self.shown, self.opens_at, self.run.updates_per_epoch)

    def _had(self, question: Question | None) -> int:
        """The newest epoch of this run that the browser has."""
        if question is None:
            return self.have
        known = {self.id: self.run.update, self.parent: self.kept}.get(question.run, -1)
        return max(-1, min(question.newest_row, known))

    def rows(self, block: Block, columns: Sequence[str]) -> Tensor:
        """The epochs of a block, shape (count, columns), measured with the run's present loss and split."""
        return told(self.run, block, columns)

    def batches(self, row: int) -> Dealt | None:
        """The batches of the steps from this row on; None where there are none."""
        return dealt(self.run, row)

    def _exploded_at(self, epoch: int) -> bool:
        """Whether the run diverged at this epoch."""
        return self.run.status is Status.DIVERGED and epoch >= self.run.update

    @property
    def mistakes(self) -> list[str]:
        """The mistakes made so far on purpose, and the pending one."""
        configs = [segment.config for segment in self.run.past] + [self.run.config]
        return [config.mistake for config in configs + ([self.pending.new] if self.pending else [])]

    @property
    def setup(self) -> str:
        """Equal for equal settings, in every session."""
        return setup_of(self.config)

    @property
    def ended(self) -> bool:
        return self.run.ended

    def results(self) -> None:
        """A run by itself has no rivals."""

    def end(self) -> dict[str, Any] | None:
        """How the run ended, in words; None while it is still running."""
        if not self.ended:
            return None
        kind, text = ending(self.run)
        exploded, remedy = self.run.status is Status.DIVERGED, self.remedy(self) if kind == "bad" else ""
        return {"epoch": self.run.update, "kind": kind, "text": text, "exploded": exploded, "remedy": remedy}
