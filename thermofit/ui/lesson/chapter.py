"""What a chapter of the lesson consists of; its words are functions of the run, so no number is typed in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from thermofit import Run
from thermofit.config.config import Config
from thermofit.config.presets import PRESETS
from thermofit.config.settings import SETTINGS
from thermofit.errors import Number
from thermofit.export.script import sections
from thermofit.numbers import rounded
from thermofit.ui.lesson.wording import Wording

Words = Callable[[Run], str]


@dataclass(frozen=True)
class Control:
    """A setting that may be changed in a chapter: a choice, `options` to slide along, or `low` to `high`.

    The batch size is a choice among its `options`.
    """

    name: str
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    options: tuple[float | str, ...] = ()


def nothing(run: Run) -> None:
    """What stands below the run of most chapters."""


@dataclass(frozen=True)
class Chapter:
    """Words, formula and code about a set-up, a live run of it, and a question.

    `text`, `question` and `answer` are given the run of the present set-up, at its start, and so is
    `below`, which draws what stands below the live run. `parts` gives an answer that takes long bit by bit.
    `paces` are settings of schedules, where the chapter's own ones differ from the usual.
    """

    wording: Wording
    config: Config
    formula: Callable[[Config], str]
    text: Words
    code: Callable[[Config], str]
    question: Words
    answer: Words
    controls: tuple[Control, ...]
    speed: str = "100"
    below: Callable[[Run], None] = nothing
    parts: Callable[[Run], Iterator[str]] | None = None
    paces: Mapping[str, Mapping[str, Number]] = field(default_factory=dict)

    def set_up(self, values: Mapping[str, Any]) -> Config:
        """The chapter's set-up with these values of its controls; ConfigError for what is not allowed."""
        paced = {"schedule_hyper": self.paces.get(values["schedule"], {})} if "schedule" in values else {}
        return self.config.replace(**values, **paced)

    def answers(self, run: Run) -> Iterator[str]:
        """What is known of the answer, more each time; the last one is the whole answer."""
        return self.parts(run) if self.parts else iter((self.answer(run),))

    @property
    def key(self) -> str:
        """The chapter's name in links and in the keys of its widgets."""
        return self.wording.key

    @property
    def title(self) -> str:
        """The chapter's heading."""
        return self.wording.title


def section(*titles: str) -> Callable[[Config], str]:
    """These parts of the code that a set-up exports: code that is run against the Lab's numbers in tests."""

    def code(config: Config) -> str:
        return "\n\n".join(part.code for part in sections(config) if part.title in titles)

    return code


def rate_control(lr: float, limit: float | None = None) -> Control:
    """Allowed learning rates for two decades around `lr`, ten a decade, and more of them around `limit`."""
    setting = SETTINGS["lr"]
    rates = {rounded(lr * 10 ** (step / 10), 2) for step in range(-20, 21)}
    if limit is not None:
        rates |= {rounded(limit * (1 + percent / 100), 2) for percent in range(-12, 19, 3)}
    return Control("lr", options=tuple(sorted(r for r in rates if setting.minimum <= r <= setting.maximum)))


# What several chapters have in common.

RAW = PRESETS["raw-inputs"].config
WEIGHT = Control("w0", -1.0, 2.0, 0.01)


@lru_cache(maxsize=64)
def last_row(config: Config) -> dict[str, float]:
    """The last row of the history once this set-up has been trained to its end."""
    run = Run(config)
    run.advance(epochs=config.epochs)
    return run.history.row(run.update)
