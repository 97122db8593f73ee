"""The pinned runs of a session: pin the run in hand, act on a row of their table, keep their rows at hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from thermofit import Config, Run
from thermofit.config.pin import LONGEST_NAME, Pin, check_name
from thermofit.config.pins import MOST_PINS
from thermofit.errors import ConfigError
from thermofit.live.companion import Companion
from thermofit.live.live_run import LiveRun
from thermofit.live.protocol import Act, Question
from thermofit.numbers import rate
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.plan import Plan, plan_of
from thermofit.ui.lab.run_actions import start_anew, take_remedy
from thermofit.ui.scenes.pinned_board import track_of
from thermofit.ui.state import address, keys, memory
from thermofit.words import tr

Pins = tuple[Pin, ...]


def accompany(live: LiveRun, pins: Sequence[Pin]) -> None:
    """Have the stage of this run get the rows of the pins; those that are not here are trained again.

    Their losses are measured by the loss of the present settings, and of those that are about to take effect.
    """
    losses = {live.config.loss} | ({live.pending.new.loss} if live.pending else set())
    known: Mapping[str, Companion] = memory.recall(keys.COMPANIONS, {})
    wanted = {track_of(pin, loss): (pin, loss) for pin in pins for loss in losses}
    live.companions = {
        track: known.get(track) or Companion.of_plan(Plan(pin.segments, pin.epoch), loss)
        for track, (pin, loss) in wanted.items()
    }
    memory.remember(keys.COMPANIONS, live.companions)


# ---- pinning ----


class _Refused(ValueError):
    """Why a run can't be pinned, as a sentence for the page."""


def pin(live: LiveRun, question: Question) -> None:
    """Keep the run as the stage shows it, and draw the page anew; say so where that is impossible."""
    if question.run != live.id:  # another run has begun meanwhile
        return
    pins, epoch, loss = address.current().pins, min(question.at, live.run.update), live.config.loss
    try:
        new = _new_pin(live.run, epoch, pins)
    except _Refused as refused:
        return _say(str(refused), ":material/keep_off:")
    except ValueError as error:
        return _say(tr("This run can't be pinned: {reason}.", reason=str(error)), ":material/keep_off:")
    known = memory.recall(keys.COMPANIONS, {})
    memory.remember(keys.COMPANIONS, {**known, track_of(new, loss): Companion(live.run, epoch, loss)})
    _say(_pinned(live.run, epoch, new.name), ":material/keep:")
    return _keep((*pins, new))


def _pinned(run: Run, epoch: int, name: str) -> str:
    clock = run.history.clock
    if clock.counts_updates:
        return tr("Pinned at epoch {epoch}: {name}", epoch=epoch, name=name)
    # Translators: {here} is "epoch 12.3, update 37".
    return tr("Pinned at {here}: {name}", here=clock.told(epoch), name=name)


def _new_pin(run: Run, epoch: int, pins: Pins) -> Pin:
    """The run up to `epoch`, in the first colour that is free; ValueError says why that is impossible."""
    if len(pins) >= MOST_PINS:
        raise _Refused(
            tr(
                "This run can't be pinned: {n} runs are pinned already; remove one of them first.",
                n=MOST_PINS,
            )
        )
    segments = plan_of(run, epoch).segments
    for pin in pins:
        if (pin.segments, pin.epoch) == (segments, epoch):
            raise _Refused(tr("This run can't be pinned: it is pinned already, as “{name}”.", name=pin.name))
    style = min(set(range(MOST_PINS)) - {pin.style for pin in pins})
    return Pin(_name(segments[-1][1], [pin.name for pin in pins]), segments, epoch, style)


def _name(config: Config, taken: Sequence[str]) -> str:
    """Optimizer and learning rate, and a number where another pin is called so.

    It is in the language of whoever pins the run, whose name it is from then on.
    """
    optimizer, lr = tr(OPTIMIZERS[config.optimizer].label), rate(config.lr, 3)
    # Translators: the name of a pinned run; beyond 24 characters the word for the rate is left out.
    name = tr("{optimizer}, rate {lr}", optimizer=optimizer, lr=lr)
    for number in range(1, MOST_PINS + 2):
        end = f" #{number}" if number > 1 else ""
        fits = name if len(name + end) <= LONGEST_NAME else f"{optimizer}, {lr}"  # no digit is to be cut off
        if (full := fits[: LONGEST_NAME - len(end)].rstrip(" ,") + end) not in taken:
            break
    return full


# ---- the table ----


def act(live: LiveRun, act: Act) -> None:
    """Do what was asked for in a row of the table, or after an explosion; this ends the run of the script."""
    if act.do == "remedy":
        take_remedy(live)
    pins, loss = address.current().pins, live.config.loss
    for pin in pins:
        if track_of(pin, loss) == act.track:  # else it was removed meanwhile
            ACTS[act.do](live, pins, pin, act)


def _remove(live: LiveRun, pins: Pins, chosen: Pin, act: Act) -> None:
    _keep(tuple(pin for pin in pins if pin != chosen))


def _take(live: LiveRun, pins: Pins, chosen: Pin, act: Act) -> None:
    note = tr("New run with the settings of “{name}”.", name=chosen.name)
    start_anew(live, chosen.config, note, play=False)


def _baseline(live: LiveRun, pins: Pins, chosen: Pin, act: Act) -> None:
    """Make it the baseline, or none if it is that already."""
    _keep(tuple(replace(pin, baseline=pin == chosen and not chosen.baseline) for pin in pins))


def _rename(live: LiveRun, pins: Pins, chosen: Pin, act: Act) -> None:
    try:
        name = check_name(act.name)
    except ConfigError as error:
        _say(error.problems[0].message, ":material/edit_off:")
        _keep(pins)
    else:
        _change(pins, chosen, replace(chosen, name=name))


def _show(live: LiveRun, pins: Pins, chosen: Pin, act: Act) -> None:
    _change(pins, chosen, replace(chosen, shown=act.do == "show"))


ACTS: Mapping[str, Callable[[LiveRun, Pins, Pin, Act], None]] = {
    "remove": _remove,
    "take": _take,
    "baseline": _baseline,
    "rename": _rename,
    "show": _show,
    "hide": _show,
}


def _change(pins: Pins, old: Pin, new: Pin) -> None:
    _keep(tuple(new if pin == old else pin for pin in pins))


def _keep(pins: Pins) -> None:
    """Make these the pinned runs, in the address, too, and draw the page anew."""
    address.keep_pins(pins)
    st.rerun()


def _say(text: str, icon: str) -> None:
    st.toast(address.plain(text), icon=icon)
