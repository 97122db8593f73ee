import pytest

from thermofit import Run, Status, train
from thermofit.config.link import read
from thermofit.config.presets import PRESETS, preset_of
from thermofit.data.own import own_dataset
from thermofit.data.registry import DATASETS
from thermofit.theory.least_squares import least_squares
from thermofit.training.assembly import prepared


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_preset_runs_to_its_end(preset):
    run = Run(preset.config)
    run.advance(epochs=preset.config.epochs)
    assert run.status == (Status.DIVERGED if preset.key == "raw-explodes" else Status.FINISHED)
    assert preset.label and preset.description.endswith(".")


def test_presets_differ():
    assert len({preset.config for preset in PRESETS.values()}) == len(PRESETS)
    assert len({preset.label for preset in PRESETS.values()}) == len(PRESETS)


def test_the_runs_of_the_book_are_there():
    assert {"raw-inputs", "raw-explodes", "scaled-by-hand", "scaled-autograd", "train-validation"} <= set(
        PRESETS
    )


@pytest.mark.parametrize("key", ["adam-raw", "momentum", "standardized", "standardized-edge", "lbfgs"])
def test_what_the_description_promises_to_reach_is_reached(key):
    run = Run(PRESETS[key].config)
    run.advance(epochs=run.config.epochs)
    assert run.history.row(run.epoch)["train_loss"] == pytest.approx(2.927646, rel=1e-5)


@pytest.mark.parametrize(
    "preset", [preset for preset in PRESETS.values() if preset.anywhere], ids=lambda p: p.key
)
@pytest.mark.parametrize("data", DATASETS)
def test_what_fits_anywhere_shows_the_same_everywhere(data, preset):
    """The bowl of standardized inputs is round: each epoch multiplies the error by 1 - 2 lr."""
    config = preset.on(data)
    rows = prepared(config)
    best = least_squares(rows.train_scaled, rows.train_targets)
    above = [row["train_loss"] - best.mse for row in map(train(config).row, (0, 3))]
    assert above[1] / above[0] == pytest.approx((1 - 2 * config.lr) ** 6, rel=1e-2)
    link, problems = read({"preset": [preset.key], "data": [data]})
    assert (link.config, link.preset, problems) == (config, preset.key, [])


def test_presets_fit_where_their_description_holds():
    own = own_dataset([1.0, 2.0], [3.0, 5.0], "x", "y")
    for data in ("thermometer", "hubble", own):
        fitting = [preset for preset in PRESETS.values() if preset.fits(data)]
        assert len(fitting) == (len(PRESETS) if data == "thermometer" else 2)
        assert [preset_of(preset.on(data)) for preset in fitting] == [preset.key for preset in fitting]
    assert preset_of(PRESETS["momentum"].config.replace(data=own)) is None
