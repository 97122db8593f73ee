"""What a change of settings means for a run under way: what its past is worth then, and what to say."""

from collections.abc import Mapping

import torch

from thermofit import Config, Run, Status
from thermofit.config.settings import SETTINGS
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.units import unit_conversion

EXPLODED = 10  # times the loss of a line that anybody would start with
HOPELESS = 1e30  # a loss near the largest float32
START = ("w0", "b0")
MEASURE = ("loss", "val", "split_seed")  # what the recorded losses and gradients are measured by
MEASURED = ("grad_w", "grad_b", "train_loss", "val_loss")


def only_rate(old: Config, new: Config) -> bool:
    """Whether nothing but the learning rate differs, which every optimizer takes on the way."""
    return new.replace(lr=old.lr) == old


def obstacle(old: Config, new: Config, epoch: int) -> str:
    """Why no run of the one can go on from this epoch under the other; empty where it can."""
    if old.data != new.data:
        return "other readings begin at epoch 0"
    if any(getattr(old, name) != getattr(new, name) for name in START):
        return "another start begins at epoch 0"
    if new.epochs <= epoch:
        return f"epoch {epoch} was the last one; go on from an earlier one, or first raise Epochs"
    return ""


def label(old: Config, new: Config) -> str:
    """The one setting that differs, or that there are several, to stand before "changed"."""
    found = [SETTINGS[name].label for name in SETTINGS if getattr(old, name) != getattr(new, name)]
    if old.optimizer == new.optimizer and old.hyper != new.hyper:
        hypers = OPTIMIZERS[new.optimizer].hyper
        found += [each.label for each in hypers if old.hyper.get(each.name) != new.hyper.get(each.name)]
    return found[0] if len(found) == 1 else "The settings"


def restart_note(old: Config, new: Config, why: str = "") -> str:
    """What to say of a new run that took the place of one under way."""
    if why:
        return f"New run: {why}. Press Play."
    if only_rate(old, new):
        return f"New run with learning rate {new.lr:g}. Press Play."
    return f"New run: {label(old, new).lower()} changed. Press Play."


def followed(run: Run, epoch: int) -> Config:
    """The settings that the run followed at this epoch, which may be one before its last change."""
    segment = run.segment(epoch)
    return segment.config.replace(lr=segment.timeline.rates.at(epoch))


def last_sane(run: Run, epoch: int) -> int:
    """Where to go on from instead of this epoch: the same, unless there the line has exploded.

    Then it is the last epoch with a training loss of at most ten times that of the start, or of the line
    that is 0 everywhere. An earlier epoch that somebody went back to is taken as it is.
    """
    if not _has_exploded(run, epoch):
        return epoch
    losses = run.history.rows(0, epoch + 1, columns=("train_loss",))[:, 0]
    targets = run.data.train_targets
    flat = run.loss.value(torch.zeros_like(targets), targets)
    sane = (losses <= EXPLODED * torch.maximum(losses[0], flat)).nonzero()
    return int(sane[-1])


def _has_exploded(run: Run, epoch: int) -> bool:
    """Whether no setting can mend the line of this epoch: the numbers have no room left for another step."""
    at_the_end = run.status is Status.DIVERGED and epoch == run.epoch
    return at_the_end or run.history.row(epoch)["train_loss"] > HOPELESS


def after_explosion(epoch: int) -> str:
    """What to say first where a run was to go on from an epoch at which its line had exploded."""
    return f"The line had exploded by epoch {epoch}. "


def continue_note(old: Config, new: Config, epoch: int) -> str:
    """What to say of a run that went on from this epoch, where it had followed `old`."""
    if old == new:
        return f"As before the change, from epoch {epoch} on."
    if only_rate(old, new):
        return f"Learning rate {new.lr:g} from epoch {epoch} on."
    also = "" if same_measure(old, new) else " Earlier losses are measured the new way, too."
    return f"{label(old, new)} changed from epoch {epoch} on.{also}"


def same_measure(old: Config, new: Config) -> bool:
    """Whether losses and gradients of one are those of the other."""
    return all(getattr(old, name) == getattr(new, name) for name in MEASURE)


def measured_anew(run: Run) -> int:
    """The last epoch whose recorded losses are of another loss or split than the run's; -1 for none."""
    return (
        run.first_epoch if any(not same_measure(segment.config, run.config) for segment in run.past) else -1
    )


def reading(old: Run, new: Run) -> dict[str, Mapping[str, float] | None]:
    """How the columns of `old` read in `new`, where they differ: as sums {column: factor}, or not at all."""
    columns: dict[str, Mapping[str, float] | None] = {}
    if old.scale != new.scale:
        columns |= unit_conversion(old.scale, new.scale)
    if not same_measure(old.config, new.config):
        columns |= dict.fromkeys(MEASURED)
    return columns
