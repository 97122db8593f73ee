"""What theory says about a set-up, as a sentence for the page."""

from functools import lru_cache

from thermofit import Config
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


def plain(text: str) -> str:
    """The text with the characters escaped that Markdown would interpret."""
    return text.replace("|", "\\|").replace("*", "\\*").replace("~", "\\~")
