"""What the Lab and the landscape share: the settings in the sidebar, and the run that follows them."""

from thermofit.config.link import Link
from thermofit.live.live_run import LiveRun
from thermofit.ui.controls import sidebar
from thermofit.ui.inspector import mistake_banner
from thermofit.ui.state import address, keys, session_runs


def follow(stage: str) -> tuple[Link, LiveRun]:
    """Draw the controls, warn about problems of the link or the run, and return both, up to date.

    `stage` is the key of the stage that shows the run.
    """
    link = address.link()
    config = sidebar.sidebar()
    address.problems()
    live = session_runs.session_run(keys.LAB_RUN, stage, config, sidebar.on_change())
    if link.play:
        live.autoplay()
    address.publish(config)
    mistake_banner.warn(*live.mistakes)
    return link, live
