"""Who runs, beneath the picture: any optimizers, each with its rate and its own settings."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from thermofit import Config
from thermofit.config.lineups import LINEUPS
from thermofit.config.race import MOST_RUNNERS, Race, assembled, runner
from thermofit.config.settings import SETTINGS, Setting
from thermofit.errors import ConfigError, Number, Problem
from thermofit.numbers import count
from thermofit.optim.hyperparameters import Hyper
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.ui.controls import chosen
from thermofit.ui.experiments import progress
from thermofit.ui.race import good_rates
from thermofit.ui.race.called import called
from thermofit.ui.state import address, keys, memory, race_address
from thermofit.ui.state.widgets import key, show
from thermofit.words import language, together, tr


def runners(race: Race) -> None:
    """Draw the controls."""
    with st.expander(tr("Who runs, and at which rate")), st.container(key=keys.RACE_SETTINGS):
        _ticks(race)
        _one(race)
        if not _waits_for_rates(race):
            _own_rates()


# ---- which optimizers ----


def _ticks(race: Race) -> None:
    present = [name for name in OPTIMIZERS if name in {config.optimizer for config in race.runners}]
    show(keys.WHO_RUNS, present)
    st.pills(
        tr("Optimizers"),
        list(OPTIMIZERS),
        selection_mode="multi",
        format_func=lambda name: tr(OPTIMIZERS[name].label),
        key=key(keys.WHO_RUNS),
        on_change=_tick,
        args=(key(keys.WHO_RUNS), race),
        help=tr(
            "Tick any, up to {most} runners. A new one starts with the rate that was found for it, "
            "or with that of the settings.",
            most=count(MOST_RUNNERS),
        ),
    )


def _tick(pills: str, race: Race) -> None:
    """Keep the runners whose optimizer is ticked, and add the new ones; nothing if none is left."""
    ticked: list[str] = memory.recall(pills)
    if pills != key(keys.WHO_RUNS) or not ticked:
        return
    kept = [config for config in race.runners if config.optimizer in ticked]
    have = {config.optimizer for config in kept}
    new = [_at_good_rate(runner(race.base, optimizer=name)) for name in ticked if name not in have]
    race_address.choose(Race(race.base, tuple([*kept, *new][:MOST_RUNNERS])))


def _at_good_rate(config: Config) -> Config:
    lr = good_rates.known(config)
    return config if lr is None else config.replace(lr=lr)


# ---- one runner ----


def _one(race: Race) -> None:
    """The rate and the settings of the runner that is chosen, to be applied at once."""
    shown = called(race)
    runners = list(shown)
    if memory.recall(key(keys.RUNNER)) not in runners:
        show(keys.RUNNER, runners[0])
    label = tr("Runner to change")
    chosen_one = st.selectbox(label, runners, format_func=shown.__getitem__, key=key(keys.RUNNER))
    place, name = runners.index(chosen_one), chosen_one
    config = race.runners[place]
    with st.form(keys.RUNNER_FORM):
        entry = OPTIMIZERS[config.optimizer]
        columns = st.columns(min(4, 3 + len(entry.hyper)))
        typed: dict[str, Any] = {}
        with columns[0]:
            lr = st.text_input(tr("Learning rate"), f"{config.lr:g}", key=_field(name, "lr", config))
        with columns[1]:
            batch = _batch(config, name)
        with columns[2]:
            schedule = _schedule(config, name)
        for position, hyper in enumerate(entry.hyper, 3):
            with columns[position % len(columns)]:
                typed[hyper.name] = _hyper(hyper, config, name)
        if st.form_submit_button(tr("Apply"), type="primary"):
            changes = {"lr": chosen.rate(lr), "batch": batch, "schedule": schedule, "hyper": typed}
            _apply(race, place, changes)


def _field(name: str, what: str, config: Config) -> str:
    """A key that is another one once runner or language have changed: fields show what the runner has now."""
    number, tag = abs(hash(config)), language().tag
    return keys.runner_field(f"{name} {number} {tag}", what)


def _batch(config: Config, name: str) -> Number | None:
    setting = SETTINGS["batch"]
    typed = st.number_input(
        tr(setting.label),
        value=float(config.batch),
        step=1.0,
        format="%g",
        key=_field(name, "batch", config),
        help=_with_limits(setting),
    )
    return chosen.number(setting, typed)


def _schedule(config: Config, name: str) -> str:
    """A schedule has its usual settings here, unless it is that of the settings beside the page."""
    return st.selectbox(
        tr(SETTINGS["schedule"].label),
        list(SCHEDULES),
        list(SCHEDULES).index(config.schedule),
        format_func=lambda entry: tr(SCHEDULES[entry].label),
        key=_field(name, "schedule", config),
        help=tr(SETTINGS["schedule"].help),
    )


def _hyper(hyper: Hyper, config: Config, name: str) -> Number | None:
    value, field = config.hyper.get(hyper.name, hyper.default), _field(name, hyper.name, config)
    if hyper.kind == "bool":
        return st.toggle(tr(hyper.label), bool(value), key=field, help=tr(hyper.help))
    typed = st.number_input(
        tr(hyper.label),
        value=float(value),
        step=1.0 if hyper.kind == "int" else 0.01,
        format="%g",
        key=field,
        help=_with_limits(hyper),
    )
    return chosen.number(hyper, typed)


def _with_limits(setting: Setting | Hyper) -> str:
    """What a setting does, and which values are allowed."""
    return together(tr(setting.help), tr("Allowed: {allowed}.", allowed=setting.allowed))


def _apply(race: Race, place: int, changes: dict[str, Any]) -> None:
    """Change one runner, or say why not."""
    try:
        changed = race.runners[place].replace(**changes)
    except ConfigError as error:
        _say(error.problems)
        return
    made = [*race.runners[:place], changed, *race.runners[place + 1 :]]
    found, problems = assembled(race.base, [partial(_same, config) for config in made])
    _say(problems)
    if not problems:
        race_address.choose(Race(race.base, found), race_address.lineup())
        st.rerun()


def _same(config: Config) -> Config:
    return config


def _say(problems: Sequence[Problem]) -> None:
    for problem in problems:
        st.error(address.plain(problem.message))


# ---- each one's own good rate ----


def missing_rates(race: Race) -> None:
    """Above the picture: the way to the good rates, as long as a line-up of own rates has none."""
    if _waits_for_rates(race):
        _own_rates()


def _waits_for_rates(race: Race) -> bool:
    name = race_address.lineup()
    return bool(name and LINEUPS[name].own_rates and {config.lr for config in race.runners} == {race.base.lr})


def _own_rates() -> None:
    """The button, and beneath it the place of the progress bar."""
    button, text = st.columns([1, 2], vertical_alignment="center")
    text.caption(
        tr(
            "A range test for each runner: the rate that comes within 1 % of the minimum in the fewest "
            "epochs, or has the lowest loss where none does. It is remembered, and written into the link."
        )
    )
    button.button(
        tr("Find each one's own good rate"),
        width="stretch",
        on_click=progress.asks_for(keys.FIND_RATES),
    )
    progress.place_of(keys.FIND_RATES)


def search(race: Race) -> None:
    """Find the good rates if that is wanted. The page calls this last: see `progress.wanted`."""
    text = tr("Trying thirty rates and more for each runner")
    if not progress.wanted(keys.FIND_RATES, partial(good_rates.search, race.runners), text):
        return
    found, _ = assembled(race.base, [partial(_at_good_rate, config) for config in race.runners])
    race_address.choose(Race(race.base, found), race_address.lineup())
    st.rerun()
