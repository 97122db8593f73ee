"""What theory says about a set-up, as a sentence for the page."""

import math
from functools import lru_cache

from thermofit import Config
from thermofit.config.settings import settings_for
from thermofit.experiments.lr_range import is_plain
from thermofit.theory import explain
from thermofit.theory.forecast import Forecast, forecast
from thermofit.training.assembly import prepared


@lru_cache(maxsize=256)  # 2 kB each
def forecast_of(config: Config) -> Forecast | None:
    """What plain gradient descent will do; None if the run trains in another way."""
    if not is_plain(config):
        return None
    data = prepared(config)
    start = (config.w0, config.b0)
    return forecast(data.train_scaled, data.train_targets, config.loss, config.lr, start)


def stability_hint(config: Config) -> tuple[str, str]:
    """Which rates are stable, and why, for whoever asks; "" if theory has nothing to say."""
    known = forecast_of(config)
    if known is None:
        return "", ""
    short, reason = plain(explain.limit_in_short(known)), plain(explain.limit(known))
    return (short, reason) if short else (reason, "")


def limit_on_slider(config: Config) -> float | None:
    """Where on the slider the largest stable rate lies, from 0 (left) to 1 (right); None if nowhere."""
    known, setting = forecast_of(config), settings_for(config.data, config.scaling)["lr"]
    if known is None or known.curvature is None:
        return None
    decades = math.log10(known.curvature.largest_rate / setting.minimum)
    share = decades / math.log10(setting.maximum / setting.minimum)
    return share if 0 <= share <= 1 else None


def plain(text: str) -> str:
    """The text with the characters escaped that Markdown would interpret."""
    return text.replace("|", "\\|").replace("*", "\\*").replace("~", "\\~")
