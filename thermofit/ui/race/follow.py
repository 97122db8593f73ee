"""The race that the address, the sidebar and the runners' own settings describe, up to date."""

import streamlit as st

from thermofit.config.link import Link
from thermofit.config.race import Race
from thermofit.live.judged_race import JudgedRace
from thermofit.ui.controls import sidebar
from thermofit.ui.controls.chosen import chosen
from thermofit.ui.inspector import mistake_banner
from thermofit.ui.race.picture import tracks
from thermofit.ui.state import address, keys, memory, race_address, session_runs


def follow() -> tuple[Link, Race, JudgedRace]:
    """Warn about problems of the link, and return it with the race and its runs."""
    link, warnings = address.link(race_address.LINK_KEYS), st.container()
    sidebar.head()
    base, _ = chosen()
    race = race_address.follow(base)
    with warnings:
        address.problems()
    live = _live(race, link.epoch if base == link.config else 0)
    if link.play:
        live.autoplay()
    race_address.publish(base, race)
    with warnings:
        mistake_banner.warn(*(config.mistake for config in race.runners))
        mistake_banner.warn_of_batches(*race.runners)
    return link, race, live


def _live(race: Race, epoch: int) -> JudgedRace:
    """This session's race; a new one is shown from `epoch` on."""
    configs = dict(zip(tracks(race), race.runners, strict=True))
    live: JudgedRace | None = memory.recall(keys.RACE_RUN)
    before = live.id if live else ""
    if live is None:
        live = JudgedRace(configs, race.base.loss)
        memory.remember(keys.RACE_RUN, live)
    live.hear(session_runs.asked(keys.RACE_STAGE))
    live.judged_by(race.base.loss)
    live.configure(configs)
    if live.id != before:
        live.open_at(epoch)
    return live
