"""The data: what was read, what belongs to each reading, and what a text has to know about both.

A data set is a pair of columns and their description; how it is split and scaled is decided elsewhere.
"""

import hashlib
from dataclasses import dataclass, field, fields

import torch
from torch import Tensor

from thermofit.words import mark, tr

OWN = "own"  # the name of somebody's own readings, whose words are never translated
LARGEST_READING = 1e6  # beyond it, squared residuals could leave float32 before training has begun
COLUMNS = ("t_u", "t_c")


@dataclass(frozen=True)
class KnownLine:
    """The line that the readings should follow: target = slope * input + intercept, without noise.

    `label` is in English, and translated where it is shown.
    """

    slope: float
    intercept: float
    label: str


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Readings `t_u` and targets `t_c`, both float32 tensors of shape (n,), n ≥ 1.

    `exact_u` and `exact_c` are the same columns in float64, with all digits that were given. Training uses
    float32, the theory of the readings themselves may use all digits. A unit may be "". `question` and
    `answer` say what the set teaches, `truth` is the known line behind the readings, if there is one.
    `rounded_to` tells to how many digits a link had to round the largest reading of a column, None for
    readings with all their digits.

    Everything that is said of a set is kept in one language, which for a set that comes with thermofit is
    English. `shown` translates it, and so do the labels and units that are put together from it.

    Two data sets are equal if everything in them is: the readings, and what is said of them.

    Raises ValueError if the columns differ in shape, are empty, or hold anything but finite
    numbers of at most 1e6 in magnitude.
    """

    name: str
    t_u: Tensor
    t_c: Tensor
    input_name: str = mark("Reading t_u")
    input_unit: str = ""
    target_name: str = mark("Target t_c")
    target_unit: str = ""
    source: str = ""
    licence: str = ""
    label: str = ""
    help: str = ""
    question: str = ""
    answer: str = ""
    truth: KnownLine | None = None
    rounded_to: int | None = None
    exact_u: Tensor = field(init=False, repr=False)
    exact_c: Tensor = field(init=False, repr=False)
    _contents: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.t_u.dim() != 1 or self.t_u.shape != self.t_c.shape or len(self.t_u) == 0:
            raise ValueError("t_u and t_c must be two columns of the same length, with at least one row")
        for column in COLUMNS:
            exact = getattr(self, column).to(torch.float64, copy=True)
            # A NaN fails every comparison, so this one test also refuses what is not a number.
            if not bool((exact.abs() <= LARGEST_READING).all()):
                raise ValueError(
                    f"{column} must hold finite numbers of at most {LARGEST_READING:g} in magnitude"
                )
            object.__setattr__(self, column, exact.float())
            object.__setattr__(self, column.replace("t_", "exact_"), exact)
        object.__setattr__(self, "_contents", self._digest())

    def _digest(self) -> bytes:
        """A number of 32 bytes that stands for everything in the data set."""
        unsaid = (*COLUMNS, *(["rounded_to"] if self.rounded_to is None else []))
        told = [each.name for each in fields(self) if each.init and each.name not in unsaid]
        words = "\0".join(repr(getattr(self, name)) for name in told)
        columns = [exact.numpy().tobytes() for exact in (self.exact_u, self.exact_c)]
        return hashlib.sha256(b"\0".join([words.encode(), *columns])).digest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dataset) and self._contents == other._contents

    def __hash__(self) -> int:
        return hash(self._contents)

    def __repr__(self) -> str:
        name, rows = self.name, len(self)
        return f"Dataset({name!r}, {rows} rows)"

    @property
    def fingerprint(self) -> str:
        """A short text that stands for the contents; equal for equal sets."""
        return self._contents.hex()[:20]

    def __len__(self) -> int:
        return len(self.t_u)

    @property
    def is_own(self) -> bool:
        """Whether these are somebody's own readings, told in that person's words."""
        return self.name == OWN

    def shown(self, text: str) -> str:
        """A text of this set, such as its label or a unit, in the language of whoever reads it."""
        return text if self.is_own else tr(text)

    @property
    def header(self) -> tuple[str, str]:
        """Input and target with their units, the same in every language: the header of a file."""
        return labelled(self.input_name, self.input_unit), labelled(self.target_name, self.target_unit)

    @property
    def input_label(self) -> str:
        """The input with its unit, as the title of an axis."""
        return _translated(self.shown(self.input_name), self.shown(self.input_unit))

    @property
    def target_label(self) -> str:
        """The target with its unit, as the title of an axis."""
        return _translated(self.shown(self.target_name), self.shown(self.target_unit))

    @property
    def slope_unit(self) -> str:
        """The unit of a line's slope in original units: "°C per unit of t_u", "mpg per 1000 lb"."""
        if self.input_unit:
            return self._per_input()
        unit = self.shown(self.target_unit)
        return tr("{unit} per unit of t_u", unit=unit) if unit else tr("per unit of t_u")

    @property
    def short_slope_unit(self) -> str:
        """The same where there is little room: "°C per unit", "mpg per 1000 lb"."""
        if self.input_unit:
            return self._per_input()
        unit = self.shown(self.target_unit)
        return tr("{unit} per unit", unit=unit) if unit else tr("per unit")

    def _per_input(self) -> str:
        unit, input_unit = self.shown(self.target_unit), self.shown(self.input_unit)
        if not unit:
            return tr("per {input_unit}", input_unit=input_unit)
        # Translators: the unit of a slope, such as "mpg per 1000 lb".
        return tr("{unit} per {input_unit}", unit=unit, input_unit=input_unit)

    @property
    def scaled_slope_unit(self) -> str:
        """The unit of the weight as it is trained on scaled inputs."""
        unit = self.shown(self.target_unit)
        return tr("{unit} per scaled unit", unit=unit) if unit else tr("per scaled unit")


def labelled(name: str, unit: str) -> str:
    """The name with its unit in brackets, if it has one; in square ones if the unit has round ones itself."""
    if not unit:
        return name
    return f"{name} [{unit}]" if "(" in unit else f"{name} ({unit})"


def _translated(name: str, unit: str) -> str:
    """The same in the reader's language, for name and unit that already are."""
    if not unit or "(" in unit:
        return labelled(name, unit)
    # Translators: what is measured, and its unit
    return tr("{name} ({unit})", name=name, unit=unit)
