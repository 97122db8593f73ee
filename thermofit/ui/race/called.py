"""What runners are called in menus: the session keeps the English name, whatever language it is shown in."""

from thermofit.config.race import Race
from thermofit.config.runner_names import names
from thermofit.words import ENGLISH, speaking


def called(race: Race) -> dict[str, str]:
    """The name of each runner as it is shown, by its English one."""
    with speaking(ENGLISH):
        english = names(race.runners)
    return dict(zip(english, names(race.runners), strict=True))
