import pytest

from thermofit import Run, Status
from thermofit.config.presets import PRESETS


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
