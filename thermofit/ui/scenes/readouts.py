"""The labelled numbers below the transport bar."""

from collections.abc import Sequence

from thermofit import Config
from thermofit.charts.bindings import Parts, column, sentence
from thermofit.data.dataset import Dataset
from thermofit.data.split import held_out_count
from thermofit.numbers import count, significant
from thermofit.stage.scene import Readout
from thermofit.ui.scenes.units import target_unit
from thermofit.words import tr


def readouts_of(config: Config, unit: str, factor: float, more: Sequence[Readout] = ()) -> list[Readout]:
    """The readouts of a set-up; `unit` is that of its loss, `factor` that of the scaling of its inputs.

    `more` of them stand before the line, the widest.
    """
    return [_epoch(config), *_losses(config, unit), *_parameters(config.dataset, factor), *more, _line()]


def _epoch(config: Config) -> Readout:
    epochs = count(config.epochs)
    if config.updates_per_epoch == 1:
        help, below = tr("How many updates the parameters have had"), tr("of {epochs}", epochs=epochs)
        return Readout(tr("Epoch"), help, [column("epoch")], [below])
    return Readout(
        tr("Epoch"),
        tr("How often all training readings have been seen, and how many updates the parameters have had"),
        [column("epoch")],
        sentence(tr("update {update}"), update=column("update")),
    )


def _losses(config: Config, unit: str) -> list[Readout]:
    held_out = held_out_count(len(config.dataset), config.val)  # of few readings, a share may be none
    validation = tr("{unit}, held-out rows", unit=unit) if held_out else tr("no rows held out")
    return [
        Readout(
            tr("Training loss"),
            tr("How wrong the line is on the rows that train it"),
            [column("train_loss", digits=7)],
            [unit],
            "train",
        ),
        Readout(
            tr("Validation loss"),
            tr("How wrong the line is on rows that it never learns from"),
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
            tr("The slope as it is trained, on scaled inputs; below, in the readings' own units"),
            [column("w", digits=6)],
            _slope(data.short_slope_unit, factor),  # there is little room
        ),
        Readout(
            tr("Bias b"),
            tr("The intercept as it is trained, on scaled inputs; below, at a reading of zero"),
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
