"""Records landscapes in surface_examples.json, to which the stage's JavaScript is held as well.

After a new scaling or loss: `python -m tests.landscape.record_surfaces`.
"""

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import torch

from thermofit.charts.contour_image import bands
from thermofit.data.edit import values
from thermofit.data.registry import DATASETS
from thermofit.data.scaling import SCALINGS, Scale
from thermofit.landscape.axes import Units, View
from thermofit.landscape.loss_surface import LEVELS, SHALLOWEST, Surface, frame, surface
from thermofit.model.losses import LOSSES
from thermofit.theory.least_squares import least_squares

EXAMPLES = Path(__file__).with_name("surface_examples.json")
SIZE = 5  # grid points along each side
SIDE = 30  # pixels
FAR = {"thermometer": (1.0, 0.0), "anscombe-4": (-2.0, 11.0), "forbes": (1.0, -40.0)}
UNITS: tuple[Units, ...] = ("trained", "original")


def rows() -> dict[str, dict[str, list[float]]]:
    """Readings by name: a few sets, and inputs that determine no line."""
    found = {name: (values(DATASETS[name].exact_u), values(DATASETS[name].exact_c)) for name in FAR}
    found["all inputs equal"] = ([2.5, 2.5, 2.5], [1.0, 2.0, 6.0])
    return {name: {"inputs": t, "targets": t_c} for name, (t, t_c) in found.items()}


def drawn(given: dict[str, list[float]], far: tuple[float, float], key: str) -> Surface:
    """The landscape of these readings, around the least-squares line and another place."""
    loss, scaling, units = key.split()
    t_u, t_c = (torch.tensor(given[name], dtype=torch.float64) for name in ("inputs", "targets"))
    scale = SCALINGS[scaling].fit(t_u)
    t = scale.apply(t_u)
    view = View(scale if units == "original" else Scale(1.0, 0.0))
    best = view.drawn(least_squares(t, t_c).params)
    around = frame([best, (best[0] + far[0], best[1] + far[1])])
    return surface(t_u if units == "original" else t, t_c, LOSSES[loss], around, best, SIZE)


def told(found: Surface) -> dict[str, Any]:
    """The frame, and what is drawn in it."""
    return {
        "frame": {"w": found.frame.w, "b": found.frame.b},
        "heights": [float(f"{value:.9g}") for value in found.height.flatten().tolist()],
        "losses": [float(f"{value:.9g}") for value in found.losses],
        "bands": ["".join(chr(ord("a") + band) for band in line) for line in bands(found, SIDE).tolist()],
    }


def keys() -> Iterator[str]:
    """Every loss, scaling and units, as one word each."""
    for loss, scaling, units in product(LOSSES, SCALINGS, UNITS):
        yield f"{loss} {scaling} {units}"


def examples() -> dict[str, Any]:
    """The readings, and the landscape of each; its pixels only once for each set."""
    given = rows()
    found = {
        name: {key: told(drawn(given[name], FAR.get(name, (3.0, 2.0)), key)) for key in keys()}
        for name in given
    }
    for surfaces in found.values():
        for key, each in surfaces.items():
            if key != "mse none original":
                del each["bands"]
    spec = {"size": SIZE, "levels": LEVELS, "shallowest": SHALLOWEST}
    return {"spec": spec, "side": SIDE, "rows": given, "surfaces": found}


if __name__ == "__main__":
    EXAMPLES.write_text(json.dumps(examples()).replace('}, "', '},\n "') + "\n")
