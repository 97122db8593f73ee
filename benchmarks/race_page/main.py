"""The page itself: one stage. `epochs`, `salt` and `speed` in the address set the race up."""

import streamlit as st
import torch

from benchmarks.race_page.scene import race_scene, runners
from thermofit.live.live_race import LiveRace
from thermofit.live.protocol import Act
from thermofit.ui.scenes.kept import kept
from thermofit.ui.scenes.live_stage import stage

torch.set_num_threads(1)
st.set_page_config(layout="wide")
query = st.query_params.to_dict()
if "race" not in st.session_state:
    st.session_state.race = LiveRace(runners(int(query.get("epochs", 3000)), float(query.get("salt", 0))))
    st.session_state.acts = []
race: LiveRace = st.session_state.race


def note(act: Act) -> None:
    """Remember what was done."""
    st.session_state.acts.append(f"{act.do} {act.track} {act.name}")


def told(_: LiveRace) -> None:
    """Say what was done."""
    st.text("|".join(st.session_state.acts) or "Nothing was done.")


stage(
    "race stage",
    race,
    lambda _, theme: kept(race_scene, tuple(race.configs.items()), theme, query.get("speed", "100")),
    below=told,
    on_act=note,
)
