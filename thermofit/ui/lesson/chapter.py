"""What a chapter of the lesson consists of; its words are functions of the run, so no number is typed in."""

from collections.abc import Callable
from dataclasses import dataclass

from thermofit import Run
from thermofit.config.config import Config
from thermofit.config.settings import SETTINGS
from thermofit.export.script import sections
from thermofit.numbers import rounded

Words = Callable[[Run], str]


@dataclass(frozen=True)
class Control:
    """A setting that may be changed in a chapter: a choice, `options` to slide along, or `low` to `high`."""

    name: str
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    options: tuple[float | str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """Words, formula and code about a set-up, a live run of it, and a question.

    The words are given the run of the present set-up, at its start. `shows` names what stands beneath
    the run: see lesson.SHOWS.
    """

    key: str
    title: str
    config: Config
    formula: Callable[[Config], str]
    text: Words
    code: Callable[[Config], str]
    question: Words
    answer: Words
    controls: tuple[Control, ...]
    speed: str = "100"
    shows: str = ""


def section(*titles: str) -> Callable[[Config], str]:
    """These parts of the code that a set-up exports: code that is run against the Lab's numbers in tests."""

    def code(config: Config) -> str:
        return "\n\n".join(part.code for part in sections(config) if part.title in titles)

    return code


def rate_control(lr: float, decades: float = 2.0) -> Control:
    """Learning rates around `lr`, ten a decade, all of which are allowed."""
    setting, steps = SETTINGS["lr"], round(10 * decades)
    rates = (rounded(lr * 10 ** (step / 10), 2) for step in range(-steps, steps + 1))
    return Control("lr", options=tuple(rate for rate in rates if setting.minimum <= rate <= setting.maximum))
