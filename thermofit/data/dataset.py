"""The data: what was read, what belongs to each reading, and what a text has to know about both.

A data set is a pair of columns and their description; how it is split and scaled is decided elsewhere.
"""

import hashlib
from dataclasses import dataclass, field, fields

import torch
from torch import Tensor

LARGEST_READING = 1e6  # beyond it, squared residuals could leave float32 before training has begun
COLUMNS = ("t_u", "t_c")
OF_INPUT = " of t_u"  # after "unit", where the input has none of its own


@dataclass(frozen=True)
class KnownLine:
    """The line that the readings should follow: target = slope * input + intercept, without noise."""

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

    Two data sets are equal if everything in them is: the readings, and what is said of them.

    Raises ValueError if the columns differ in shape, are empty, or hold anything but finite
    numbers of at most 1e6 in magnitude.
    """

    name: str
    t_u: Tensor
    t_c: Tensor
    input_name: str = "Reading t_u"
    input_unit: str = ""
    target_name: str = "Target t_c"
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
    def input_label(self) -> str:
        """The input with its unit, as the title of an axis."""
        return labelled(self.input_name, self.input_unit)

    @property
    def target_label(self) -> str:
        """The target with its unit, as the title of an axis."""
        return labelled(self.target_name, self.target_unit)

    @property
    def slope_unit(self) -> str:
        """The unit of a line's slope in original units: "°C per unit of t_u", "mpg per 1000 lb"."""
        per = self.input_unit or f"unit{OF_INPUT}"
        return f"{self.target_unit} per {per}".strip()

    @property
    def scaled_slope_unit(self) -> str:
        """The unit of the weight as it is trained on scaled inputs."""
        return f"{self.target_unit} per scaled unit".strip()


def labelled(name: str, unit: str) -> str:
    """The name with its unit in brackets, if it has one; in square ones if the unit has round ones itself."""
    if not unit:
        return name
    return f"{name} [{unit}]" if "(" in unit else f"{name} ({unit})"
