"""What a link says besides the set-up: the chart beside the fit, and how the landscape is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Chart = Literal["loss", "landscape"]
Units = Literal["trained", "original"]
Shape = Literal["contours", "surface"]

VIEW: Mapping[str, tuple[str, ...]] = {
    "chart": get_args(Chart),
    "units": get_args(Units),
    "shape": get_args(Shape),
}


@dataclass(frozen=True)
class View:
    """The Lab's second chart, and the units (of w and b) and the shape of the landscape."""

    chart: Chart = "loss"
    units: Units = "trained"
    shape: Shape = "contours"

    def changes(self) -> dict[str, str]:
        """What differs from the default, by its name."""
        return {name: getattr(self, name) for name in VIEW if getattr(self, name) != getattr(View, name)}
