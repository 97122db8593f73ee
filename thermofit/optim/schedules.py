"""The schedules: none, or one of torch's own, each with its settings."""

from typing import Any

from torch.optim import lr_scheduler as torchs

import thermofit.optim.schedule_settings as s
from thermofit.optim.schedule import Knob, Schedule, knob_of
from thermofit.words import mark

__all__ = ["SCHEDULES", "Knob", "Schedule", "knob_of"]

MOMENTUM = (s.CYCLE_MOMENTUM, s.BASE_MOMENTUM, s.MAX_MOMENTUM)
HIGHER_MOMENTUM = (s.CYCLE_MOMENTUM, s.BASE_MOMENTUM.but(default=0.85), s.MAX_MOMENTUM.but(default=0.95))


def _multi_step(settings: dict[str, Any], lr: float, total: int) -> dict[str, Any]:
    milestones = [settings.pop("milestone1"), settings.pop("milestone2")]
    return {"milestones": milestones, **settings}


def _cyclic(settings: dict[str, Any], lr: float, total: int) -> dict[str, Any]:
    """The learning rate is the highest one."""
    mode = "triangular2" if settings.pop("triangular2") else "triangular"
    down = settings.pop("step_size_down") or None
    return {
        "base_lr": settings.pop("base_lr"),
        "max_lr": lr,
        "step_size_down": down,
        "mode": mode,
        **settings,
    }


def _one_cycle(settings: dict[str, Any], lr: float, total: int) -> dict[str, Any]:
    """The learning rate is the highest one."""
    strategy = "linear" if settings.pop("linear") else "cos"
    return {"max_lr": lr, "total_steps": total, "anneal_strategy": strategy, **settings}


SCHEDULES = {
    schedule.name: schedule
    for schedule in (
        # Translators: no schedule.
        Schedule("none", mark("None"), mark("The learning rate stays as it is set.")),
        Schedule(
            "StepLR",
            "StepLR",
            mark("Drop the rate by a factor, again and again after so many epochs."),
            torchs.StepLR,
            (s.STEP_SIZE, s.GAMMA),
        ),
        Schedule(
            "MultiStepLR",
            "MultiStepLR",
            mark("Drop the rate by a factor at two chosen epochs."),
            torchs.MultiStepLR,
            (s.MILESTONE1, s.MILESTONE2, s.GAMMA),
            keywords=_multi_step,
        ),
        Schedule(
            "ExponentialLR",
            "ExponentialLR",
            mark("Multiply the rate by the same factor after each epoch."),
            torchs.ExponentialLR,
            (s.GAMMA.but(default=0.999),),
        ),
        Schedule(
            "LinearLR",
            "LinearLR",
            mark("Change the rate along a straight line: a warm-up from a part of it to the whole."),
            torchs.LinearLR,
            (s.START_FACTOR, s.END_FACTOR, s.TOTAL_ITERS),
        ),
        Schedule(
            "CosineAnnealingLR",
            "CosineAnnealingLR",
            mark("Let the rate fall along half a cosine wave, slowly at first and at the end."),
            torchs.CosineAnnealingLR,
            (s.T_MAX, s.ETA_MIN),
            caveat=mark("Beyond half a wave the rate rises again."),
        ),
        Schedule(
            "CosineAnnealingWarmRestarts",
            "CosineAnnealingWarmRestarts",
            mark("Let the rate fall along half a cosine wave, then start again at the top."),
            torchs.CosineAnnealingWarmRestarts,
            (s.T_0, s.T_MULT, s.ETA_MIN),
        ),
        Schedule(
            "CyclicLR",
            "CyclicLR",
            mark("Let the rate rise and fall between two values, update by update."),
            torchs.CyclicLR,
            (s.BASE_LR, s.STEP_SIZE_UP, s.STEP_SIZE_DOWN, s.TRIANGULAR2, *MOMENTUM),
            each="update",
            keywords=_cyclic,
            caveat=mark("The learning rate is the highest one. The schedule sets momentum or beta 1, too."),
        ),
        Schedule(
            "OneCycleLR",
            "OneCycleLR",
            mark("One rise to the highest rate and one fall to almost nothing, over the whole run."),
            torchs.OneCycleLR,
            (s.PCT_START, s.DIV_FACTOR, s.FINAL_DIV_FACTOR, s.LINEAR, s.THREE_PHASE, *HIGHER_MOMENTUM),
            each="update",
            caveat=mark("The learning rate is the highest one. The schedule sets momentum or beta 1, too."),
            keywords=_one_cycle,
            needs_total=True,
        ),
        Schedule(
            "ReduceLROnPlateau",
            "ReduceLROnPlateau",
            mark("Drop the rate when the validation loss, or without one the training loss, stops falling."),
            torchs.ReduceLROnPlateau,
            (s.FACTOR, s.PATIENCE, s.THRESHOLD, s.COOLDOWN, s.MIN_LR),
            watches_loss=True,
        ),
    )
}
