"""A run's whole set-up as one frozen value: two equal configs give the same numbers."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_serializer, field_validator

from thermofit.config.settings import SETTINGS, Setting
from thermofit.errors import ConfigError, Number, Problem, one_of, shorten, with_hint
from thermofit.loop.mistakes import MISTAKES
from thermofit.optim.registry import OPTIMIZERS

__all__ = ["SETTINGS", "Config", "ConfigError", "Problem", "Setting"]


class FrozenMap(Mapping[str, Number]):
    """A mapping that can't change, so that a Config can be hashed and shared."""

    def __init__(self, items: Mapping[str, Number] | None = None) -> None:
        self._items = dict(items or {})

    def __getitem__(self, name: str) -> Number:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)


def _default(name: str) -> Any:
    return SETTINGS[name].default


class Config(BaseModel):
    """What to train, and how. Ranges, labels and helps are in SETTINGS, field by field.

    `hyper` holds the optimizer's own hyperparameters, only those that differ from its default.
    Raises ConfigError, a ValueError that says for each field why it was refused and what is allowed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    gradient: str = _default("gradient")
    optimizer: str = _default("optimizer")
    lr: float = _default("lr")
    scaling: str = _default("scaling")
    val: float = _default("val")
    split_seed: int = _default("split_seed")
    epochs: int = _default("epochs")
    w0: float = _default("w0")
    b0: float = _default("b0")
    loss: str = _default("loss")
    tolerance: float = _default("tolerance")
    mistake: str = _default("mistake")
    hyper: Mapping[str, Number] = FrozenMap()

    def __init__(self, **settings: Any) -> None:
        try:
            super().__init__(**settings)
        except ValidationError as error:
            raise ConfigError(*_problems(error)) from None

    @field_validator(*SETTINGS, mode="plain")
    @classmethod
    def _check_setting(cls, value: object, info: ValidationInfo) -> object:
        return SETTINGS[str(info.field_name)].check(value)

    @field_validator("mistake", mode="after")
    @classmethod
    def _check_mistake(cls, value: str, info: ValidationInfo) -> str:
        # Where one of them was itself refused, that has been reported; the default stands in.
        asked = {name: info.data.get(name, _default(name)) for name in ("gradient", "optimizer", "val")}
        problem = MISTAKES[value].refusal(**asked)
        if problem:
            raise ConfigError(problem)
        return value

    @field_validator("hyper", mode="plain")
    @classmethod
    def _check_hyper(cls, value: object, info: ValidationInfo) -> FrozenMap:
        if not isinstance(value, Mapping):
            raise ConfigError(Problem("hyper", shorten(value), "not a mapping", "names with their numbers"))
        # An optimizer that was itself refused has been reported; there is nothing to check against.
        optimizer = OPTIMIZERS.get(info.data.get("optimizer", ""))
        return FrozenMap(optimizer.check(value) if optimizer else {})

    @field_serializer("hyper")
    def _plain_hyper(self, hyper: Mapping[str, Number]) -> dict[str, Number]:
        return dict(hyper)

    def replace(self, **changes: Any) -> "Config":
        """A validated copy with these changes.

        A new optimizer keeps the hyperparameters it knows and allows; the others are dropped. So is
        a mistake that can no longer be made.
        """
        settings: dict[str, Any] = dict(self) | changes
        if "mistake" not in changes and self._rights_mistake(changes):
            settings["mistake"] = "none"
        if "optimizer" in changes and "hyper" not in changes:
            settings["hyper"] = _allowed(str(changes["optimizer"]), self.hyper)
        return Config(**settings)

    def _rights_mistake(self, changes: Mapping[str, Any]) -> bool:
        """Whether, after these changes, the present mistake can't be made."""
        asked = {name: changes.get(name, getattr(self, name)) for name in ("gradient", "optimizer", "val")}
        return MISTAKES[self.mistake].refusal(**asked) is not None


def _allowed(optimizer: str, hyper: Mapping[str, Number]) -> dict[str, Number]:
    """The hyperparameters that this optimizer would accept, all together."""
    kept: dict[str, Number] = {}
    if optimizer in OPTIMIZERS:
        for name, value in hyper.items():
            if _accepts(OPTIMIZERS[optimizer].check, kept | {name: value}):
                kept[name] = value
    return kept


def _accepts(check: Callable[[Mapping[str, Number]], object], hyper: Mapping[str, Number]) -> bool:
    try:
        check(hyper)
    except ConfigError:
        return False
    return True


def _problems(error: ValidationError) -> Iterator[Problem]:
    """pydantic's findings in our words: our own errors as they are, unknown fields with a hint."""
    for finding in error.errors():
        cause = finding.get("ctx", {}).get("error")
        if isinstance(cause, ConfigError):
            yield from cause.problems
        else:
            field = ".".join(map(str, finding["loc"]))
            names = tuple(Config.model_fields)
            reason = with_hint("there is no such setting", field, names)
            yield Problem(shorten(field), shorten(finding["input"]), reason, one_of(names))
