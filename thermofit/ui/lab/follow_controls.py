"""What the Lab and the landscape share: settings at the side, and the one run that follows them."""

from thermofit.link import Link
from thermofit.ui import controls, inside, linked, session
from thermofit.ui.session import Live


def follow(stage: str) -> tuple[Link, Live]:
    """Draw the controls, tell what is wrong with the link or the run, and return both, in step with them.

    `stage` is the key of the stage that shows the run.
    """
    link = linked.link()
    config = controls.sidebar()
    linked.problems()
    live = session.live("lab", stage, config, controls.goes_on(), controls.took_preset())
    if link.play:
        live.start()
    linked.publish(config)
    inside.warn(*live.mistakes)
    return link, live
