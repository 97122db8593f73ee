"""The end of a run and a change of settings are described in whole sentences, one for each case."""

from typing import Any

import pytest

from thermofit import Config, Run
from thermofit.live.outcome import ending
from thermofit.live.setting_change import continue_note, restart_note


@pytest.mark.parametrize(
    "settings, kind, text",
    [
        ({"epochs": 1}, "good", "Finished: 1 epoch."),
        ({"epochs": 2}, "good", "Finished: 2 epochs."),
        (
            {"scaling": "none", "lr": 1.0, "val": 0.0},
            "bad",
            "Try a smaller learning rate, or scale the inputs.",
        ),
        ({"scaling": "tenth", "lr": 1.0, "val": 0.0}, "bad", "Try a smaller learning rate."),
    ],
)
def test_the_end_of_a_run(settings: dict[str, Any], kind: str, text: str) -> None:
    run = Run(Config(**settings))
    run.advance(epochs=run.config.epochs)
    found, sentence = ending(run)
    assert found == kind and sentence.endswith(text)


@pytest.mark.parametrize(
    "changes, restarted, continued",
    [
        ({"lr": 0.5}, "New run with learning rate 0.5. Press Play.", "Learning rate 0.5 from epoch 7 on."),
        (
            {"optimizer": "Adam"},
            "New run: optimizer changed. Press Play.",
            "Optimizer changed from epoch 7 on.",
        ),
        (
            {"optimizer": "Adam", "gradient": "manual"},
            "New run: the settings changed. Press Play.",
            "The settings changed from epoch 7 on.",
        ),
        (
            {"loss": "mae"},
            "New run: loss changed. Press Play.",
            "Loss changed from epoch 7 on. Earlier losses are measured the new way, too.",
        ),
    ],
)
def test_what_a_change_is_called(changes: dict[str, Any], restarted: str, continued: str) -> None:
    old = Config()
    new = old.replace(**changes)
    assert (restart_note(old, new), continue_note(old, new, 7)) == (restarted, continued)


def test_the_words_for_an_explosion_explain_both_epochs() -> None:
    run = Run(Config(scaling="none", lr=1.0, val=0.0))
    run.advance(epochs=run.config.epochs)
    _, sentence = ending(run)
    assert f"Diverged at epoch {run.diverged_at}" in sentence
    assert f"(shown: epoch {run.epoch})" in sentence


def test_counts_have_thin_spaces() -> None:
    run = Run(Config(epochs=1200))
    run.advance(epochs=1200)
    assert ending(run) == ("good", "Finished: 1\u202f200 epochs.")
