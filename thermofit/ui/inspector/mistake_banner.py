"""The warning above a run in which a mistake is made on purpose."""

from thermofit.loop.mistakes import MISTAKES
from thermofit.ui.state.banner import banner


def warn(*mistakes: str) -> None:
    """Mark a run that makes a mistake, or made one earlier, so that nobody takes it for a correct one."""
    for mistake in sorted({*mistakes} - {"none"}):
        entry = MISTAKES[mistake]
        text = f"This run contains a mistake: **{entry.label}**."
        banner(mistake, text, "What it does", entry.explanation, ":material/report:")
