"""The Lab without a browser: settings, links and messages, however hostile."""

import random
import re
from pathlib import Path
from typing import Any

import pytest
import torch
from streamlit.testing.v1 import AppTest

from tests.messages import unpack
from thermofit import Config
from thermofit.config.link import Link, write
from thermofit.config.presets import PRESETS
from thermofit.config.settings import SETTINGS, settings_for
from thermofit.data.registry import DATASETS
from thermofit.data.scaling import SCALINGS
from thermofit.optim.registry import OPTIMIZERS
from thermofit.training.assembly import prepared
from thermofit.ui.controls.fields import step_in
from thermofit.ui.controls.stability_hint import limit_on_slider
from thermofit.ui.state import keys

APP = Path(__file__).parents[2] / "thermofit" / "ui" / "main.py"


def lab(**query: str | list[str]) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def param(at: AppTest, name: str) -> str:
    """The query string; on a page that was just entered, a script has the browser complete the address."""
    value = at.query_params[name] if name in at.query_params else at.session_state["query written"][name]
    return value if isinstance(value, str) else value[0]


def control(at: AppTest, name: str) -> Any:
    """The present widget of a setting."""
    present = re.compile(rf"set {name}( \d+)?( \[\w+\])?")
    kinds = (at.selectbox, at.button_group, at.text_input, at.select_slider, at.number_input, at.toggle)
    (widget,) = [widget for kind in kinds for widget in kind if present.fullmatch(widget.key or "")]
    return widget


def header(at: AppTest) -> dict[str, Any]:
    return unpack(at.get("bidi_component")[0].proto.bytes)[0]


def assert_calm(at: AppTest) -> None:
    assert not at.exception
    assert len(at.get("bidi_component")) == 1


def test_the_page_is_complete() -> None:
    at = lab(batch="4")  # of nine rows: every setting has an effect
    assert_calm(at)
    labels = {widget.label for widget in [*at.selectbox, *at.text_input, *at.number_input, *at.slider]}
    labels |= {widget.label for widget in at.toggle}
    choosable = {setting.label for setting in SETTINGS.values() if len(setting.choices) != 1}
    assert labels >= choosable - {"Gradient"}
    first = header(at)
    assert first["scene"]["epochs"] == Config().epochs
    assert [readout["label"] for readout in first["scene"]["readouts"]][:5] == [
        "Epoch",
        "Training loss",
        "Validation loss",
        "Weight w",
        "Bias b",
    ]


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_opens(preset: str) -> None:
    at = lab(preset=preset)
    assert_calm(at)
    assert not at.warning
    assert header(at)["scene"]["epochs"] == PRESETS[preset].config.epochs
    assert param(at, "lr") == write(Link(PRESETS[preset].config))["lr"]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_shows_its_own_settings(optimizer: str) -> None:
    at = lab(optimizer=optimizer, epochs="10")
    assert_calm(at)
    labels = {widget.label for widget in [*at.number_input, *at.toggle]}
    assert labels >= {hyper.label for hyper in OPTIMIZERS[optimizer].hyper}


def test_choosing_a_preset_sets_all_controls() -> None:
    at = lab()
    control(at, "preset").select("raw-inputs").run()
    assert_calm(at)
    assert control(at, "lr").value == "0.0001"
    assert control(at, "scaling").value == "none"
    assert param(at, "preset") == "raw-inputs"


def test_slider_and_field_follow_each_other() -> None:
    at = lab()
    control(at, "lr").input("1e-4").run()
    assert control(at, "exponent").value == 40
    control(at, "exponent").set_value(100).run()
    assert control(at, "lr").value == "0.1"
    assert param(at, "lr") == "0.1"


@pytest.mark.parametrize(
    ("name", "value"), [("preset", "raw-inputs"), ("exponent", 97), ("lr", "0.0123"), ("optimizer", "Adam")]
)
def test_a_browser_that_has_not_heard_of_a_change_undoes_nothing(name: str, value: object) -> None:
    at = lab()
    control(at, name).set_value(value)
    said = at._tree.get_widget_states()
    at.run()
    shown = dict(at.query_params)
    assert shown != dict(lab().query_params)
    for _ in range(2):  # the browser says the same again when something else is pressed
        at._run(said)
        assert_calm(at)
        assert dict(at.query_params) == shown
    at.run()
    assert dict(at.query_params) == shown


@pytest.mark.parametrize("typed", ["fast", "", "99", "-1", "nan", "1e999", "0"])
def test_a_bad_rate_is_told_and_nothing_is_lost(typed: str) -> None:
    at = lab(lr="0.02")
    control(at, "lr").input(typed).run()
    assert_calm(at)
    assert "Learning rate" in at.error[0].value and "Allowed" in at.error[0].value
    assert param(at, "lr") == "0.02"
    control(at, "lr").input("0.5").run()
    assert not at.error and param(at, "lr") == "0.5"


def test_settings_that_contradict_are_told() -> None:
    at = lab()
    control(at, "SGD nesterov").set_value(True).run()
    assert_calm(at)
    assert "momentum" in at.error[0].value


def test_a_wrong_link_names_each_part() -> None:
    at = lab(optimizer="Adams", lr="99", epochs=["1", "2"], scaling="tenth", foo="bar")
    assert_calm(at)
    assert "**Optimizer, Epochs, Learning rate, foo**" in at.warning[0].value
    (why,) = (text.value.replace("\\", "") for text in at.markdown if "Adams" in text.value)
    for part in ("Optimizer = Adams: unknown name", "did you mean Adam?", "Learning rate = 99: too large"):
        assert part in why
    assert not any(f"{name} = " in why for name in ("lr", "optimizer", "epochs"))
    assert control(at, "optimizer").value == Config().optimizer


KEYS = [
    *SETTINGS,
    "beta1",
    "momentum",
    "preset",
    "speed",
    "play",
    "epoch",
    "chart",
    "units",
    "shape",
    "axis",
    "",
    "x" * 500,
    "🧨",
    "<script>",
    "hyper",
    "\x00",
    "a b",
]
VALUES = [
    "",
    "0",
    "-1",
    "1e400",
    "nan",
    "inf",
    "Adam",
    "max",
    "1",
    "0.3",
    "9" * 4000,
    "💥",
    "\x00",
    "[a](b)",
    "landscape",
    "original",
    "surface",
    "time",
    "$x$",
    ":red[a]",
]


def _random_query(rng: random.Random) -> dict[str, str | list[str]]:
    def value() -> str | list[str]:
        picked = [rng.choice(VALUES) for _ in range(rng.choice([1, 1, 1, 2]))]
        return picked if len(picked) > 1 else picked[0]

    return {rng.choice(KEYS): value() for _ in range(rng.randint(0, 8))}


@pytest.mark.parametrize("seed", range(20))
def test_random_links(seed: int) -> None:
    """500 hostile query strings through the page itself: no traceback, and a stage every time."""
    rng = random.Random(seed)
    for _ in range(25):
        query = _random_query(rng)
        at = AppTest.from_file(APP, default_timeout=60)
        for key, value in query.items():
            at.query_params[key] = value
        assert_calm(at.run())


def test_an_address_that_comes_late_undoes_nothing() -> None:
    """The browser may be some changes behind with the address that it sends along."""
    at = lab()
    seen = []
    for epochs in (100, 200, 300):
        control(at, "epochs").set_value(epochs).run()
        seen.append(dict(at.query_params))
    for late in seen:
        for key, value in late.items():
            at.query_params[key] = value
        assert_calm(at.run())
        assert control(at, "epochs").value == 300


def test_an_unknown_key_alone_leaves_the_set_up() -> None:
    at = lab(epochs="700")
    at.query_params.clear()
    at.query_params["colour"] = "red"
    at.run()
    assert control(at, "epochs").value == 700
    assert "colour" in at.warning[0].value


def test_the_numbers_of_the_run_can_be_taken_home() -> None:
    at = lab(epochs="30")
    at.toggle(key=keys.SHOW_CODE).set_value(True).run()
    assert_calm(at)
    labels = [button.proto.label for button in at.get("download_button")]
    assert labels[-3:] == ["Readings (CSV)", "Every epoch (CSV)", "Set-up and result (JSON)"]


@pytest.mark.parametrize("data", DATASETS)
@pytest.mark.parametrize("scaling", SCALINGS)
def test_the_slider_tells_where_the_stable_limit_lies(data: str, scaling: str) -> None:
    config = Config(data=data, scaling=scaling, optimizer="SGD")
    inputs = prepared(config).train_scaled.double()
    design = torch.stack([inputs, torch.ones_like(inputs)], dim=1)
    largest = 2 / torch.linalg.eigvalsh(2 / len(inputs) * design.T @ design).max().item()
    setting = settings_for(data, scaling)["lr"]
    share = limit_on_slider(config)
    assert share is not None
    told = setting.minimum * (setting.maximum / setting.minimum) ** share
    assert told == pytest.approx(largest, rel=1e-9)
    assert limit_on_slider(config.replace(optimizer="Adam")) is None


@pytest.mark.parametrize("data", DATASETS)
def test_the_steps_of_the_start_move_the_line_by_what_can_be_seen(data: str) -> None:
    targets = DATASETS[data].t_c
    for scaling in SCALINGS:
        ranged = settings_for(data, scaling)
        inputs = prepared(Config(data=data, scaling=scaling, val=0.0)).train_scaled
        spread = (targets.max() - targets.min()).item()
        across = (inputs.max() - inputs.min()).item()
        assert 0.001 * spread < step_in(ranged["b0"]) <= 0.01 * spread
        assert 0.001 * spread < step_in(ranged["w0"]) * across <= 0.0101 * spread
        assert 1e4 <= ranged["tolerance"].maximum / step_in(ranged["tolerance"]) < 1e5
    at = lab(data=data)
    now = settings_for(data, Config().scaling)
    for name in ("w0", "b0"):
        assert control(at, name).step == now[name].step


@pytest.mark.parametrize("data", DATASETS)
def test_only_presets_that_fit_are_offered_and_they_keep_the_readings(data: str) -> None:
    at = lab(data=data)
    offered = [preset for preset in PRESETS.values() if preset.fits(data)]
    assert control(at, "preset").options == ["Your own set-up", *(preset.label for preset in offered)]
    control(at, "preset").set_value(offered[-1].key).run()
    assert_calm(at)
    assert at.session_state["live runs"]["lab"].config == offered[-1].on(data)
    assert (param(at, "data"), param(at, "preset")) == (data, offered[-1].key)
    assert control(at, "preset").value == offered[-1].key


def test_the_key_for_a_projector_is_kept_and_checked() -> None:
    at = lab(large="1")
    assert not at.warning
    control(at, "lr").set_value("0.02").run()
    assert param(at, "lr") == "0.02" and param(at, "large") == "1"
    assert "Large" in lab(large="huge").warning[0].value
