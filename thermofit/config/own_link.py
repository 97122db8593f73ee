"""Readings of one's own in a link, beside the settings: written if they fit, and found again."""

from thermofit.config.readings_text import pack_readings, unpack_readings
from thermofit.config.texts import OWN
from thermofit.data.dataset import Dataset
from thermofit.data.table.limits import FIELD
from thermofit.errors import ConfigError, Problem, shorten
from thermofit.words import mark


def write_readings(data: str | Dataset) -> str:
    """The value of the link's key; "" for a set that comes with thermofit, or readings that don't fit."""
    return pack_readings(data).text if isinstance(data, Dataset) else ""


def read_readings(text: str, known: Dataset | None) -> Dataset:
    """The readings in this text, or ConfigError.

    The `known` ones are returned as they are if the text was written from them: it may have rounded them.
    """
    if known is not None and pack_readings(known).text == text:
        return known
    return unpack_readings(text)


def check_readings(named: str, found: Dataset | None) -> Dataset | None:
    """The readings of one's own for a link whose `data` is `named` ("" if it has none); None for a named set.

    ConfigError where the two contradict each other.
    """
    if named == OWN and found is None:
        reason = mark("the link does not hold the readings")
        allowed = mark("the readings as a CSV file, to be given here")
        raise ConfigError(Problem("data", OWN, reason, allowed))
    if found is not None and named not in (OWN, ""):
        reason = mark("not used, since the link names another data set")
        raise ConfigError(Problem(FIELD, shorten(named), reason, f"data={OWN}"))
    return found
