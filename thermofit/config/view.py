"""What a link says besides the set-up: the chart beside the fit, and how losses and landscape are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Chart = Literal["loss", "landscape"]
Units = Literal["trained", "original"]
Shape = Literal["contours", "surface"]
Axis = Literal["epochs", "evaluations", "time"]

VIEW: Mapping[str, tuple[str, ...]] = {
    "chart": get_args(Chart),
    "units": get_args(Units),
    "shape": get_args(Shape),
    "axis": get_args(Axis),
}


@dataclass(frozen=True)
class View:
    """The Lab's second chart, units and shape of the landscape (w and b), and what losses are drawn over."""

    chart: Chart = "loss"
    units: Units = "trained"
    shape: Shape = "contours"
    axis: Axis = "epochs"

    def changes(self) -> dict[str, str]:
        """What differs from the default, by its name."""
        return {name: getattr(self, name) for name in VIEW if getattr(self, name) != getattr(View, name)}
