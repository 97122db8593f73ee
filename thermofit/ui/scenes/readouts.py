"""The labelled numbers below the transport bar; they are explained in the glossary's words."""

from collections.abc import Sequence

from thermofit import Config
from thermofit.charts.bindings import Parts, column, sentence
from thermofit.data.dataset import Dataset
from thermofit.data.split import held_out_count
from thermofit.numbers import count, significant
from thermofit.stage.scene import Readout
from thermofit.ui.scenes.guide import meaning
from thermofit.ui.scenes.units import target_unit
from thermofit.words import together, tr


def readouts_of(config: Config, unit: str, factor: float, more: Sequence[Readout] = ()) -> list[Readout]:
    """The readouts of a set-up; `unit` is that of its loss, `factor` that of the scaling of its inputs.

    `more` of them stand before the line, the widest.
    """
    return [_epoch(config), *_losses(config, unit), *_parameters(config.dataset, factor), *more, _line()]


def _epoch(config: Config) -> Readout:
    epochs = count(config.epochs)
    if config.updates_per_epoch == 1:
        below = tr("of {epochs}", epochs=epochs)
        return Readout(tr("Epoch"), meaning("epoch"), [column("epoch")], [below])
    return Readout(
        tr("Epoch"),
        together(meaning("epoch"), tr("Below it, the number of updates so far.")),
        [column("epoch")],
        sentence(tr("update {update}"), update=column("update")),
    )


def _losses(config: Config, unit: str) -> list[Readout]:
    held_out = held_out_count(len(config.dataset), config.val)  # of few readings, a share may be none
    validation = tr("{unit}, held-out rows", unit=unit) if held_out else tr("no rows held out")
    return [
        Readout(
            tr("Training loss"),
            meaning("training-loss"),
            [column("train_loss", digits=7)],
            [unit],
            "train",
        ),
        Readout(
            tr("Validation loss"),
            meaning("validation-loss"),
            [column("val_loss", digits=7)],
            [validation],
            "validation",
        ),
    ]


def _parameters(data: Dataset, factor: float) -> list[Readout]:
    unit = target_unit(data)
    return [
        Readout(
            tr("Weight w"),
            together(meaning("weight"), tr("Here as it is trained, below in the readings' own units.")),
            [column("w", digits=6)],
            _slope(data.short_slope_unit, factor),  # there is little room
        ),
        Readout(
            tr("Bias b"),
            together(meaning("bias"), tr("Here as it is trained, below in the readings' own units.")),
            [column("b", digits=6)],
            sentence(
                tr("{intercept} {unit}at t_u = 0"),
                intercept=column("intercept", digits=6),
                unit=f"{unit} ".lstrip(),
            ),
        ),
    ]


def _line() -> Readout:
    return Readout(
        tr("Line"),
        tr("The line that is drawn, in original units"),
        sentence(
            "t_c = {slope} · t_u {intercept}",
            slope=column("slope", digits=5),
            intercept=column("intercept", digits=5, sign=True),
        ),
        [tr("in original units")],
        "line",
    )


def _slope(unit: str, factor: float) -> Parts:
    """What the weight means for a reading that is not scaled: the slope of the line in the picture."""
    slope = column("slope", digits=5)
    if factor == 1.0:
        return sentence("{slope} {unit}", slope=slope, unit=unit)
    return sentence(tr("× {factor} = slope {slope}"), factor=significant(factor, 3), slope=slope)
