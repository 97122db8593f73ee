"""What the Lab and the landscape share: the settings in the sidebar, and the run that follows them."""

from collections.abc import Collection

from thermofit.config.link import KEYS, Link
from thermofit.live.live_run import LiveRun
from thermofit.ui.controls import sidebar
from thermofit.ui.inspector import mistake_banner
from thermofit.ui.state import address, keys, session_runs


def follow(stage: str, names: Collection[str] = KEYS) -> tuple[Link, LiveRun]:
    """Draw the controls, warn about problems of the link or the run, and return both, up to date.

    `stage` is the key of the stage that shows the run, `names` are the page's keys in the address.
    """
    link = address.link(names)
    config = sidebar.sidebar()
    address.problems()
    epoch = link.epoch if config == link.config else 0
    live = session_runs.session_run(keys.LAB_RUN, stage, config, sidebar.on_change(), epoch)
    if link.play:
        live.autoplay()
    address.publish(config, names)
    mistake_banner.warn(*live.mistakes)
    return link, live
