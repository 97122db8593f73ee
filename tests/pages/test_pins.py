"""Pinned runs in the address: they stay what they are while the page's settings change."""

from tests.pages.test_lab import assert_calm, control, lab, param
from thermofit import Config
from thermofit.config.link import Link, write
from thermofit.config.pin import Pin
from thermofit.config.pins import read_pins

SLOW = Pin("Slow", ((0, Config(lr=0.001, epochs=500)),), 500)
CHANGED = Pin(
    "速い", ((0, Config(optimizer="Adam", lr=0.1)), (40, Config(lr=0.02))), 90, style=1, shown=False
)


def test_pins_stay_the_same_runs_when_a_setting_changes() -> None:
    link = Link(Config(lr=0.02), pins=(SLOW, CHANGED))
    at = lab(**write(link))
    assert_calm(at)
    assert not at.warning
    before = param(at, "pins")
    control(at, "optimizer").set_value("Adam").run()
    assert_calm(at)
    config = Config(lr=0.02, optimizer="Adam")
    assert param(at, "optimizer") == "Adam" and param(at, "pins") != before
    assert read_pins(param(at, "pins"), config) == ((SLOW, CHANGED), [])


def test_pins_go_along_to_the_landscape_and_back() -> None:
    at = lab(**write(Link(pins=(SLOW, CHANGED))))
    for page in ("landscape.py", "lab.py"):
        at.switch_page(f"../../pages/{page}").run()
        assert_calm(at)
        (text,) = at.session_state["query written"]["pins"]
        assert read_pins(text, Config()) == ((SLOW, CHANGED), [])


def test_pins_of_an_edited_link_are_told_and_left_out() -> None:
    at = lab(**{**write(Link(pins=(SLOW,))), "lr": "0.5"})
    assert_calm(at)
    (warning,) = at.warning
    assert "does not belong to the settings in this link" in warning.value
    assert "pins" not in at.session_state["query written"]
