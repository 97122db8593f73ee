"""What a change of settings means for a run under way: which rows stay valid, and what the page says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import floor

import torch

from thermofit import Config, Run, Status
from thermofit.config.clock import Clock
from thermofit.config.settings import SETTINGS
from thermofit.numbers import formatted
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.training.branch import RowTooLarge
from thermofit.training.run import LossTooLarge
from thermofit.training.units import unit_conversion
from thermofit.words import inline, mark, together, tr

EXPLODED = 10  # times the loss of a line that anybody would start with
HOPELESS = 1e30  # a loss near the largest float32
START = ("w0", "b0")
SEVERAL = "several"  # stands for their labels where more than one has changed
MEASURE = ("loss", "val", "split_seed")  # the settings that decide what the recorded losses mean
REMEASURED = mark("Earlier losses are measured the new way, too.")
MEASURED = ("grad_w", "grad_b", "train_loss", "val_loss")


class How(StrEnum):
    """What a change of settings is to do to a run under way."""

    USUAL = "usual"  # a new learning rate goes on from the epoch shown, anything else is a new run
    GO_ON = "go on"  # from the epoch shown, where that is possible
    NEW_RUN = "new run"  # in any case


@dataclass(frozen=True)
class SettingChange:
    """A change of settings that waits until the stage says which epoch it shows."""

    number: int  # by which server and stage mean the same change
    old: Config  # what the run follows
    new: Config  # what it is to follow
    how: How = How.USUAL

    def may_go_on(self, exploded: bool) -> bool:
        """Whether the run may go on from the epoch shown, at which it may have `exploded`."""
        usual = self.how is How.USUAL and only_rate(self.old, self.new) and not exploded
        return usual or self.how is How.GO_ON


def only_rate(old: Config, new: Config) -> bool:
    """Whether only the learning rate differs, which every optimizer can change in mid-run."""
    return new.replace(lr=old.lr) == old


def obstacle(old: Config, new: Config, done: float) -> str:
    """The note of a new run if a run of `old` can't go on under `new` after `done` epochs; "" if it can."""
    if old.data != new.data:
        return tr("New run: other readings begin at epoch 0. Press Play.")
    if any(getattr(old, name) != getattr(new, name) for name in START):
        return tr("New run: another start begins at epoch 0. Press Play.")
    if new.epochs <= done:
        last = floor(done)
        return tr(
            "New run: epoch {last} was the last one; go on from an earlier one, or first raise Epochs. "
            "Press Play.",
            last=last,
        )
    return ""


def exploded_at_once() -> str:
    """The note of a new run where the old one has no epoch worth going on from."""
    return tr("New run: the line exploded from the first epoch on. Press Play.")


def impossible(refused: ValueError) -> str:
    """The note of a new run where a branch of the old one was refused."""
    if isinstance(refused, LossTooLarge):
        return tr(
            "New run: the loss at epoch {epoch} is too large for float32 under these settings. Press Play.",
            epoch=refused.epoch,
        )
    if isinstance(refused, RowTooLarge):
        return tr(
            "New run: a row of the run is too large for float32 in the units of this scaling. Press Play."
        )
    return tr("New run: {reason}. Press Play.", reason=str(refused))


def label(old: Config, new: Config) -> str:
    """The label of the one setting that differs, in English, or SEVERAL."""
    found = [SETTINGS[name].label for name in SETTINGS if getattr(old, name) != getattr(new, name)]
    if old.optimizer == new.optimizer and old.hyper != new.hyper:
        hypers = OPTIMIZERS[new.optimizer].hyper
        found += [each.label for each in hypers if old.hyper.get(each.name) != new.hyper.get(each.name)]
    if old.schedule == new.schedule:
        before, now = old.schedule_hyper, new.schedule_hyper
        paced = SCHEDULES[new.schedule].hyper
        found += [each.label for each in paced if before.get(each.name) != now.get(each.name)]
    return found[0] if len(found) == 1 else SEVERAL


def restart_note(old: Config, new: Config) -> str:
    """The note of a new run that replaces one under way."""
    if only_rate(old, new):
        return tr("New run with learning rate {lr}. Press Play.", lr=formatted(new.lr))
    setting = label(old, new)
    if setting == SEVERAL:
        return tr("New run: the settings changed. Press Play.")
    return tr("New run: {setting} changed. Press Play.", setting=inline(tr(setting)))


def settings_at(run: Run, epoch: int) -> Config:
    """The settings that the run followed at this epoch, which may lie before its last change."""
    segment = run.segment(epoch)
    return segment.config.replace(lr=segment.timeline.rates.at(epoch))


def last_sane(run: Run, epoch: int) -> int:
    """The epoch to go on from: this one, or an earlier one if the line has exploded here.

    The earlier one is the last whose training loss is at most ten times that of the start, or of the line
    that is 0 everywhere. An epoch before the explosion is taken as it is.
    """
    if not _has_exploded(run, epoch):
        return epoch
    losses = run.history.rows(0, epoch + 1, columns=("train_loss",))[:, 0]
    targets = run.data.train_targets
    flat = run.loss.value(torch.zeros_like(targets), targets)
    sane = (losses <= EXPLODED * torch.maximum(losses[0], flat)).nonzero()
    return int(sane[-1])


def _has_exploded(run: Run, epoch: int) -> bool:
    """Whether no setting can save the line of this epoch: the numbers leave no room for another step."""
    at_the_end = run.status is Status.DIVERGED and epoch == run.update
    return at_the_end or run.history.row(epoch)["train_loss"] > HOPELESS


def _moment(epoch: int, clock: Clock | None) -> str:
    """The moment of this row, in words."""
    return tr("epoch {epoch}", epoch=epoch) if clock is None or clock.counts_updates else clock.told(epoch)


def explosion_note(epoch: int, clock: Clock | None = None) -> str:
    """What comes before the note of a run whose line had exploded by the epoch shown."""
    # Translators: {here} is "epoch 12", or "epoch 12.3, update 37".
    return tr("The line had exploded by {here}.", here=_moment(epoch, clock))


def continue_note(old: Config, new: Config, epoch: int, clock: Clock | None = None) -> str:
    """The note of a run that goes on from this epoch under `new` after following `old`.

    `clock` tells the epochs where rows are updates.
    """
    here = _moment(epoch, clock)
    if old == new:
        # Translators: {here} is "epoch 12", or "epoch 12.3, update 37".
        return tr("As before the change, from {here} on.", here=here)
    if only_rate(old, new):
        return _rate_note(new, here)
    setting = label(old, new)
    if setting == SEVERAL:
        note = tr("The settings changed from {here} on.", here=here)
    else:
        note = tr("{setting} changed from {here} on.", setting=tr(setting), here=here)
    return note if same_measure(old, new) else together(note, tr(REMEASURED))


def _rate_note(new: Config, here: str) -> str:
    """What a new learning rate means; `here` is the moment from which on it counts."""
    lr, schedule = formatted(new.lr), tr(SCHEDULES[new.schedule].label)
    if new.schedule == "none":
        return tr("Learning rate {lr} from {here} on.", lr=lr, here=here)
    return tr(
        "Learning rate {lr} from {here} on: {schedule} goes on as if it had begun at this rate.",
        lr=lr,
        here=here,
        schedule=schedule,
    )


def same_measure(old: Config, new: Config) -> bool:
    """Whether both measure losses and gradients in the same way."""
    return all(getattr(old, name) == getattr(new, name) for name in MEASURE)


def last_remeasured(run: Run) -> int:
    """The last epoch whose losses were recorded under another loss or split than the run's; -1 for none."""
    changed = any(not same_measure(segment.config, run.config) for segment in run.past)
    return run.first_epoch if changed else -1


def conversion(old: Run, new: Run) -> dict[str, Mapping[str, float] | None]:
    """How to convert the columns of `old` that differ in `new`: sums {column: factor}, or None."""
    columns: dict[str, Mapping[str, float] | None] = {}
    if old.scale != new.scale:
        columns |= unit_conversion(old.scale, new.scale)
    if not same_measure(old.config, new.config):
        columns |= dict.fromkeys(MEASURED)
    return columns
