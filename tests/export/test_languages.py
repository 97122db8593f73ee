"""Exported code in another language: comments and titles are translated, and nothing else is."""

import json
import sys
from collections.abc import Iterator
from io import StringIO
from tokenize import COMMENT, NL, generate_tokens
from typing import Any
from unittest.mock import MagicMock

import pytest
import torch

from tests.fake_language import SHOUTED, spoken
from thermofit import Config
from thermofit.config.presets import PRESETS
from thermofit.data.registry import DATASETS
from thermofit.export.script import notebook, script
from thermofit.loop.mistakes import MISTAKES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.optim.schedules import SCHEDULES
from thermofit.words import speaking

FORMULAS = {"# dt_p/dw = t", "# dt_p/db = 1"}
OTHERS = (
    Config(batch=4, tolerance=0.01, average=3, epochs=5),
    Config(optimizer="Adam", gradient="manual", val=0.0, epochs=5),
    Config(gradient="manual", loss="mae", epochs=5),
    Config(optimizer="by-hand", schedule="StepLR", epochs=5),
    Config(mistake="no-no_grad", optimizer="by-hand"),
)
CONFIGS = (
    *OTHERS,
    *(Config(data=name) for name in DATASETS),
    *(Config(optimizer=name, epochs=5) for name in OPTIMIZERS),
    *(Config(schedule=name, epochs=5) for name in SCHEDULES),
    *(Config(mistake=name) for name in MISTAKES if name != "no-no_grad"),
    *(preset.config for preset in PRESETS.values()),
)


def code(text: str) -> list[tuple[int, str]]:
    """Every token that is not a comment."""
    tokens = generate_tokens(StringIO(text).readline)
    return [(token.type, token.string) for token in tokens if token.type not in (COMMENT, NL)]


def comments(text: str) -> Iterator[str]:
    for token in generate_tokens(StringIO(text).readline):
        if token.type == COMMENT:
            yield token.string


@pytest.mark.parametrize("config", CONFIGS, ids=range(len(CONFIGS)))
def test_comments_are_translated_and_code_is_not(config: Config) -> None:
    english = script(config)
    with speaking(SHOUTED):
        translated = script(config)
    assert code(translated) == code(english)
    source = f"Source: {config.dataset.source}."  # who measured is told alike in every language
    same = {*comments(translated)} & {*comments(english)} - FORMULAS
    assert all(line.removeprefix("# ") in source for line in same)


def test_a_catalogue_gives_the_comments() -> None:
    texts = {
        "Model": "Modell",
        "a straight line.": "eine Gerade, in\nzwei Zeilen.",
        "MISTAKE: the validation loss trains, too": "FEHLER: der Validierungsfehler\ntrainiert mit",
    }
    with speaking(spoken(texts)):
        translated = script(Config(mistake="validation-leak"))
    assert "# Modell: eine Gerade, in zwei Zeilen.\ndef model(t, w, b):\n" in translated
    assert "# FEHLER: der Validierungsfehler trainiert mit\n" in translated
    assert "# Loss: " in translated  # what has no translation stays


@pytest.mark.parametrize("config", OTHERS[:-1], ids=range(len(OTHERS) - 1))
def test_it_gives_the_same_digits(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", MagicMock())
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", MagicMock())
    english = _run(script(config))
    with speaking(SHOUTED):
        translated = _run(script(config))
    for name in ("params", "train_loss"):
        assert torch.equal(english[name], translated[name])


def _run(text: str) -> dict[str, Any]:
    left: dict[str, Any] = {}
    exec(compile(text, "exported.py", "exec"), left)
    return left


def test_the_notebook_has_the_same_cells_with_other_words() -> None:
    english = json.loads(notebook(Config()))["cells"]
    with speaking(SHOUTED):
        translated = json.loads(notebook(Config()))["cells"]
    assert [cell["id"] for cell in translated] == [cell["id"] for cell in english]
    for one, other in zip(english, translated, strict=True):
        if one["cell_type"] == "code":
            assert code("".join(one["source"])) == code("".join(other["source"]))
        else:
            assert other["source"][0] == one["source"][0].upper() and other["source"] != one["source"]
