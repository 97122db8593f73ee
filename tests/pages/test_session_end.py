"""What a visitor had is freed when the session ends."""

import gc
import weakref

from streamlit.runtime.caching import clear_session_resource_cache

from tests.pages.test_lab import control, lab

SESSION = "test session id"  # what AppTest calls its sessions


def test_the_run_is_freed_with_the_session_s_state() -> None:
    at = lab(split_seed="8123", epochs="50")
    control(at, "epochs").set_value(60.0).run()
    run = at.session_state["live runs"]["lab"].run
    parts = [weakref.ref(part) for part in (run, run.history, run.timeline)]
    del run, at
    clear_session_resource_cache(SESSION)  # as the server does when the browser leaves
    gc.collect()
    assert [part() for part in parts] == [None, None, None]
