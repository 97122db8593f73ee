"""Runs worth seeing, by name: those with published figures, and instructive accidents."""

from dataclasses import dataclass

from thermofit.config.config import Config
from thermofit.data.dataset import Dataset
from thermofit.words import mark


@dataclass(frozen=True)
class Preset:
    """A set-up with a name and a description of what to watch for, on the thermometer's readings.

    `anywhere` says whether the description holds for other readings as well.
    """

    key: str
    label: str
    description: str
    config: Config
    anywhere: bool = False

    def fits(self, data: str | Dataset) -> bool:
        """Whether it shows on these readings what it promises."""
        return self.anywhere or data == self.config.data

    def on(self, data: str | Dataset) -> Config:
        """Its set-up on these readings, which it fits."""
        return self.config.replace(data=data)


_RAW = Config(gradient="manual", optimizer="by-hand", scaling="none", lr=1e-4, epochs=100, val=0.0)
_SINGLE = Config(scaling="standardize", lr=0.05, val=0.0, epochs=200, batch=1)
_TENTH = _RAW.replace(scaling="tenth", lr=1e-2, epochs=5000)


def preset_of(config: Config) -> str | None:
    """The preset that a set-up is, if it is one."""
    fitting = (preset for preset in PRESETS.values() if preset.fits(config.data))
    return next((preset.key for preset in fitting if preset.on(config.data) == config), None)


PRESETS = {
    preset.key: preset
    for preset in (
        Preset(
            "raw-inputs",
            mark("Raw inputs, lr 1e-4: slow in b"),
            mark("The rate that raw readings bear. w settles at once, b has hardly moved after 100 epochs."),
            _RAW,
        ),
        Preset(
            "raw-explodes",
            mark("Raw inputs, lr 1e-2: explodes"),
            mark("Each step jumps farther across the valley. The same rate works on scaled readings."),
            _RAW.replace(lr=1e-2),
        ),
        Preset(
            "scaled-by-hand",
            mark("Inputs times 0.1, all by hand"),
            mark("Dividing the readings by ten is enough for lr 1e-2, and now b finds its way."),
            _TENTH,
        ),
        Preset(
            "scaled-autograd",
            mark("Inputs times 0.1, autograd"),
            mark("The same run with loss.backward() instead of formulas: the same numbers."),
            _TENTH.replace(gradient="autograd"),
        ),
        Preset(
            "train-validation",
            mark("Train and validation"),
            mark(
                "Two of eleven readings are held back. The validation loss is lower here: luck of"
                " a small split."
            ),
            Config(),
        ),
        Preset(
            "adam-raw",
            mark("Adam on raw inputs"),
            mark("A step length for each parameter replaces scaling: Adam finds the line on raw readings."),
            Config(optimizer="Adam", scaling="none", lr=0.1, val=0.0, epochs=5000),
        ),
        Preset(
            "momentum",
            mark("SGD with momentum"),
            mark("The ball rolls: it overshoots, swings back, and is there ten times sooner."),
            Config(lr=0.01, hyper={"momentum": 0.9}, val=0.0, epochs=500),
        ),
        Preset(
            "standardized",
            mark("Standardized, a large rate"),
            mark(
                "In a round bowl the steepest way leads straight to the bottom: lr 0.4 needs a dozen epochs."
            ),
            Config(scaling="standardize", lr=0.4, val=0.0, epochs=30),
            anywhere=True,
        ),
        Preset(
            "standardized-edge",
            mark("Standardized, at the edge"),
            mark(
                "lr 0.98, just below the limit of 1: the line swings from side to side, a little "
                "less each time."
            ),
            Config(scaling="standardize", lr=0.98, val=0.0, epochs=300),
            anywhere=True,
        ),
        Preset(
            "lbfgs",
            mark("LBFGS: a handful of epochs"),
            mark("It guesses the curvature from a few gradients and is at the bottom almost at once."),
            Config(optimizer="LBFGS", lr=1.0, val=0.0, epochs=20),
        ),
        Preset(
            "mae-hops",
            mark("Absolute error hops"),
            mark("The slope of |error| never shrinks, so a fixed rate ends in hopping around the minimum."),
            Config(loss="mae", lr=0.1, val=0.0, epochs=5000),
        ),
        Preset(
            "mini-batches",
            mark("Mini-batches of four"),
            mark(
                "Each step sees four of the eleven readings: the line is soon near the best one, "
                "and trembles."
            ),
            _SINGLE.replace(batch=4),
        ),
        Preset(
            "single-readings",
            mark("Single readings, constant rate"),
            mark(
                "Each step follows one reading. The line is quickly near the best one, and never "
                "comes to rest."
            ),
            _SINGLE,
        ),
        Preset(
            "single-falling",
            mark("Single readings, falling rate"),
            mark(
                "The same steps at first. As the rate falls they become smaller, and the line comes to rest."
            ),
            _SINGLE.replace(schedule="ExponentialLR", schedule_hyper={"gamma": 0.98}),
        ),
        Preset(
            "single-average",
            mark("Single readings, averaged"),
            mark(
                "The line trembles to the end. The average of the lines from epoch 50 on lies "
                "where it does not."
            ),
            _SINGLE.replace(average=50),
        ),
        Preset(
            "warm-up-cosine",
            mark("Warm-up and cosine"),
            mark("The rate rises for three tenths of the run and then falls along a cosine, in one cycle."),
            _SINGLE.replace(batch=4, lr=0.2, schedule="OneCycleLR", schedule_hyper={"cycle_momentum": False}),
        ),
    )
}
