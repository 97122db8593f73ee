"""What is known of a single setting: its default, range, label and help."""

from dataclasses import dataclass
from typing import Literal

from thermofit.errors import Number, allowed_numbers, check_choice, check_number, one_of


@dataclass(frozen=True)
class Setting:
    """One setting; `kind` says whether `choices`, or `minimum` and `maximum`, limit its value.

    One that is `quiet` is left out of a link as long as it has its default.
    `step` is the one that its field takes; a ten-thousandth of its range if it is 0.
    """

    name: str
    label: str
    help: str
    kind: Literal["choice", "float", "int", "bool"]
    default: str | float | int
    minimum: float = 0.0
    maximum: float = 0.0
    choices: tuple[str, ...] = ()
    quiet: bool = False
    step: float = 0.0

    def check(self, value: object) -> str | Number:
        """The value, of this setting's type, or ConfigError."""
        if self.kind == "choice":
            return check_choice(self.name, value, self.choices)
        return check_number(self.name, value, self.kind, self.minimum, self.maximum)

    @property
    def allowed(self) -> str:
        """The allowed values, in words of the reader's language."""
        if self.kind == "choice":
            return one_of(self.choices)
        return str(allowed_numbers(self.kind, self.minimum, self.maximum))
